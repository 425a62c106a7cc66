using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 640 to 735: linear softmax, its objective with a penalty, its parameters as one vector, windows.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<string> LinearSoftmax => ["linear-softmax"];

    /// <summary>N examples x (rows), w: C×d, labels, λ; f = xwᵀ.</summary>
    private sealed record Dataset(Tensor X, Tensor W, Tensor Labels, double Lambda)
    {
        internal static Dataset Of(Trial t)
        {
            var (n, c, d) = (t.Size("N"), t.Size("C", 2), t.Size("d"));
            return new(t.Real("x", n, d), t.Real("w", c, d), t.Labels("y", n, c), t.Scalar("λ", 0.1, 1));
        }

        internal long N => X.shape[0];
        internal Tensor Scores => X.Times(W.t());
        internal Tensor OwnScores => Scores.gather(1, Labels.unsqueeze(1)).squeeze(1);

        /// <summary>The mean of −log p of the true classes, from libtorch.</summary>
        internal Tensor Loss => F.cross_entropy(Scores, Labels);

        internal Tensor Regularised => Loss + Lambda * W.pow(2).sum();

        internal Comparison Mean(Tensor quotients) => Comparison.Equal(-quotients.log().mean(), Loss, "libtorch's cross-entropy");
    }

    /// <summary>What is said to be the fraction under the log, for each example.</summary>
    private static Comparison MeanLoss(Trial t, Func<Dataset, Tensor> quotients) => Given(Dataset.Of(t), s => s.Mean(quotients(s)));

    /// <summary>λ Σ_{k=1}^d θ_k², for θ ∈ R^{Cd}.</summary>
    private static Claim ShortPenalty(string id, int line, string statement) => new(id, line, line, ClaimKind.Identity, statement, t => Penalty(t, w => w.shape[1]))
    {
        Correction = new("… + λ Σ_{k=1}^{Cd} θ_k²", t => Penalty(t, w => w.numel())),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "θ has Cd entries, by lines 429 and 678: with d of them all but the first few weights go without a penalty.",
        Rules = ["l2-penalty", .. LinearSoftmax],
    };

    private static Comparison Penalty(Trial t, Func<Tensor, long> last) =>
        Given(Dataset.Of(t), s => Comparison.Equal(s.Loss + s.Lambda * StackedColumns(s.W).narrow(0, 0, last(s.W)).pow(2).sum(), s.Regularised, "the penalty on all of θ ∈ R^{Cd}"));

    private static IReadOnlyList<Claim> ObjectiveClaims() =>
    [
        new("004.157", 646, 646, ClaimKind.Identity, "P(y | x) = e^{w_y·x} / Σ_{c=1}^C e^{w_c·x}", ClassProbability) { Rules = LinearSoftmax },
        new("004.158", 648, 650, ClaimKind.Identity, "J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_c})", t => MeanLoss(t, s => s.OwnScores.exp() / s.Scores.exp().sum(1L))) { Rules = LinearSoftmax },
        new("004.159", 652, 656, ClaimKind.Identity, "f_y = w_y·x = Σ_{j=1}^d w_{yj} x_j, f = w·x", ClassScore) { Rules = LinearSoftmax },
        new("004.160", 658, 658, ClaimKind.Identity, "J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_{y_c}})", t =>
        {
            var (c, d) = (t.Size("C", 2), t.Size("d"));
            var n = c + t.Size("examples beyond C");
            var s = new Dataset(t.Real("x", n, d), t.Real("w", c, d), t.Labels("y", n, c), 0);
            return s.Mean(s.OwnScores.exp() / s.Scores.index_select(1, s.Labels.narrow(0, 0, c)).exp().sum(1L));
        })
        {
            Correction = new("J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_c})", t => MeanLoss(t, s => s.OwnScores.exp() / s.Scores.exp().sum(1L))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "y_c would be the label of example c; lines 650 and 665 have f_c.",
            Rules = LinearSoftmax,
        },
        new("004.161", 660, 665, ClaimKind.Identity, "f_y = w_y·x = Σ_{j=1}^d w_{yj} x_j, J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_c})",
            t => Comparison.Each(ClassScore(t), MeanLoss(t, s => s.OwnScores.exp() / s.Scores.exp().sum(1L)))) { Rules = LinearSoftmax },
        new("004.162", 667, 667, ClaimKind.Shape, "[w₁₁ w₁₂; w₂₁ w₂₂] [x₁ x₂] is a score for each of 2 classes", t => Comparison.Shape(t.Real("w", 2, 2).Times(t.Real("x", 1, 2)), 2, 1))
        {
            Correction = new("[w₁₁ w₁₂; w₂₁ w₂₂] [x₁ x₂]ᵀ", t => Comparison.Shape(t.Real("w", 2, 2).Times(t.Real("x", 1, 2).t()), 2, 1)),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "x is written as a row; f = w·x of line 656 needs a column.",
            Rules = LinearSoftmax,
        },
        new("004.163", 669, 670, ClaimKind.Qualitative, "Squared error doesn't work well with neural networks, therefore use cross-entropy", t =>
        {
            var z = t.Uniform("z, where the label is 1", -30, -5, t.Size("N"));
            var squared = SlopeOf(one => 0.5 * (one.sigmoid() - 1).pow(2).sum(), z).abs();
            return Comparison.AtMost(squared, 0.01 * SlopeOf(one => -one.sigmoid().log().sum(), z).abs(), "gradient of the squared error, a hundredth of cross-entropy's");
        })
        {
            Why = "What is sampled: a sigmoid unit that is sure and wrong gets next to no gradient from the squared error, and a full one from cross-entropy.",
            Rules = ["squared-error", "cross-entropy"],
        },
        new("004.164", 672, 672, ClaimKind.Qualitative, "Regularized (prevents over-fitting)", null) { Why = "A remark; nothing follows from it for every data set.", Rules = ["l2-penalty"] },
        ShortPenalty("004.165", 674, "J(θ) = (1/N) Σ_{i=1}^N −log(e^{f_{y_i}} / Σ_{c=1}^C e^{f_c}) + λ Σ_{k=1}^d θ_k²"),
        new("004.166", 678, 678, ClaimKind.Shape, "θ = [w_{1,1}; …; w_{1,d}] ∈ R^{cd}", t => Given(t.Real("w", t.Size("c", 2), t.Size("d")), w => Comparison.Shape(w[0], w.numel())))
        {
            Correction = new("θ = [w_{:,1}; …; w_{:,d}] ∈ R^{cd}", t => Given(t.Real("w", t.Size("c", 2), t.Size("d")), w => Comparison.Shape(StackedColumns(w), w.numel()))),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "A colon read as 1; line 429 has w_{:,1}. What is written is one row, d numbers.",
            Rules = LinearSoftmax,
        },
        new("004.167", 680, 680, ClaimKind.Shape, "∇_θ f(θ) = [∇_{w_{1,1}}; …; ∇_{w_{1,d}}] ∈ R^{cd}", t => Given(Dataset.Of(t), s => Comparison.Shape(GradientW(s)[0], s.W.numel())))
        {
            Correction = new("∇_θ f(θ) = [∇_{w_{:,1}}; …; ∇_{w_{:,d}}] ∈ R^{cd}", t => Given(Dataset.Of(t), s => Comparison.Shape(StackedColumns(GradientW(s)), s.W.numel()))),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "A colon read as 1; line 431 has ∇_{w_{:,1}}.",
            Rules = LinearSoftmax,
        },
        new("004.168", 684, 686, ClaimKind.Shape, "W and word vectors learned: ∇_θ f(θ) = [∇_{w_{1,1}}; …; ∇_{w_{1,d}}; ∇_{x_aardvark}; …; ∇_{x_zebra}] ∈ R^{Cd + Vd}", t => DeepVector(t, w => w[0]))
        {
            Correction = new("[∇_{w_{:,1}}; …; ∇_{w_{:,d}}; ∇_{x_aardvark}; …; ∇_{x_zebra}] ∈ R^{Cd + Vd}", t => DeepVector(t, StackedColumns)),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "A colon read as 1, as on line 678; and C as f in R^{fd + vd}.",
            Rules = LinearSoftmax,
        },
        new("004.169", 688, 691, ClaimKind.Count, "Cd + Vd: large, danger of over-fitting", t =>
        {
            var (c, d, v) = (t.Size("C"), t.Size("d"), t.Size("V"));
            return Comparison.Equal(c * d + v * d, t.Real("w", c, d).numel() + t.Real("L", d, v).numel(), "entries of w and L");
        }) { Rules = LinearSoftmax },
        new("004.170", 693, 693, ClaimKind.Qualitative, "Word vectors = word embeddings = word representations", null) { Why = "A definition." },
        new("004.171", 695, 699, ClaimKind.Shape, "L is d×|V|, its columns x_aardvark … x_zebra", Embedding),
        new("004.172", 705, 708, ClaimKind.Qualitative, "Training on single words rarely works, therefore window classification; “in” says something about location", null) { Why = "A remark.", Rules = WindowRule },
        new("004.173", 710, 714, ClaimKind.Shape, "x_window = [x_m x_in x_P x_a x_m]ᵀ ∈ R^{5d}, a column vector", ColumnsSideBySide)
        {
            Condition = new("the word vectors are rows", RowsSideBySide),
            Correction = new("x_window = [x_m; x_in; x_P; x_a; x_m], the columns of L one below the other, is 5d×1", ColumnsOneBelowTheOther),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "Line 697 makes word vectors the columns of L; side by side and transposed they are 5×d.",
            Rules = WindowRule,
        },
        new("004.174", 716, 720, ClaimKind.Count, "x = [x₁ x₂ … x₁₀]ᵀ, each of d numbers, has 15d", t => TenWords(t, 15))
        {
            Correction = new("x = [x₁ x₂ … x₁₀]ᵀ has 10d", t => TenWords(t, 10)),
            Cause = Culprit.Ocr,
            Harm = Harm.Reader,
            Why = "One of the two numbers is misread; the window on line 714 has five words and 5d.",
            Rules = WindowRule,
        },
        new("004.175", 733, 735, ClaimKind.Gradient, "δ_window = [∇x_mu; ∇x_in; …; ∇x_am] ∈ R^{5d}", t =>
        {
            var (d, h) = (t.Size("d"), t.Size("H"));
            var words = FiveWords(t, d);
            var (w, b, v) = (t.Real("w", h, 5 * d), t.Real("b", h), t.Real("v", h));
            var split = Enumerable.Range(0, 5).Select(i => SlopeOf(x => Score(torch.cat([.. words.Take(i), x, .. words.Skip(i + 1)])), words[i])).ToList();
            return Comparison.Gradient(torch.cat(split), Score, torch.cat(words));

            Tensor Score(Tensor window) => v.dot((w.Times(window) + b).sigmoid());
        })
        {
            Why = "One gradient for each place. A word that stands in the window twice gets the sum of two.",
            Rules = WindowRule,
        },
    ];

    private static Comparison ClassScore(Trial t)
    {
        var (c, d) = (t.Size("C"), t.Size("d"));
        var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
        return Comparison.Equal((w[y] * x).sum(), w.Times(x)[y]);
    }

    private static Tensor GradientW(Dataset s) => SlopeOf(w => (s with { W = w }).Loss, s.W);

    /// <summary>The gradient with respect to w and all word vectors as one vector; the words are the examples.</summary>
    private static Comparison DeepVector(Trial t, Func<Tensor, Tensor> ofW)
    {
        var (s, words) = (Dataset.Of(t), t.Size("V"));
        var table = t.Real("L", s.W.shape[1], words);
        var chosen = t.Labels("words", s.N, words);
        var ofTable = SlopeOf(one => (s with { X = one.t().index_select(0, chosen) }).Loss, table);
        return Comparison.Shape(torch.cat([ofW(GradientW(s)), StackedColumns(ofTable)]), s.W.numel() + table.numel());
    }

    private static Comparison TenWords(Trial t, long stated) => Given(t.Size("d"), d => Comparison.Shape(torch.cat(Enumerable.Range(1, 10).Select(i => t.Real($"x_{i}", d)).ToList()), stated * d));
}
