using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>Lines 141 to 262: word vectors; a plain gradient step; sigmoid and softmax as classifiers.</summary>
internal static partial class Notes004
{
    private static readonly string[] Vocabulary = ["I", "like", "learning", "deep", "networks", "about", "words", "today", "am", "giving", "a", "lecture", "by", "heart"];

    private static IReadOnlyList<Claim> WordClaims() =>
    [
        new("004.035", 141, 145, ClaimKind.Algorithm, "w = 1, “Today I am giving a lecture”: around I stand Today and am", _ =>
        {
            string[] sentence = ["Today", "I", "am", "giving", "a", "lecture"];
            var centre = Array.IndexOf(sentence, "I");
            var window = string.Join(", ", sentence.Where((_, i) => i != centre && Math.Abs(i - centre) <= 1));
            return Comparison.True(window == "Today, am", "Today, am", window);
        }) { Rules = ["skip-gram"] },
        new("004.036", 147, 147, ClaimKind.Identity, "p(o | c) = exp(v_oᵀ v_c) / Σ_w exp(v_wᵀ v_c): a probability for each word o", t =>
        {
            var (n, d) = (t.Size("V", 2), t.Size("d"));
            var (v, c) = (t.Real("v", n, d), t.Label("c", n));
            var p = v.Times(v[c]).exp() / v.Times(v[c]).exp().sum();
            return Comparison.Each(Comparison.Equal(p, F.softmax(v.Times(v[c]), -1)), Comparison.Equal(p.sum().item<double>(), 1));
        })
        {
            Why = "The notes sum over nothing in particular, and use one table of vectors for centre and outside words; p(o|c) was read as p(old).",
            Rules = ["skip-gram"],
        },
        new("004.037", 151, 151, ClaimKind.Algorithm, "θ_new = θ_old − ∇_θ J(θ) lowers J", t => QuadraticStep(t, 6, 1))
        {
            Condition = new("J is no steeper than a step of 1 can bear (no curvature above 2)", t => QuadraticStep(t, 1.9, 1)),
            Correction = new("θ_new = θ_old − α ∇_θ J(θ) with a step size α at most 1 / (the greatest curvature) does not raise J", t => QuadraticStep(t, 6, 1.0 / 6)),
            Cause = Culprit.Author,
            Harm = Harm.Reader,
            Why = "The step size is left out; notes 003, line 178, has it.",
        },
        new("004.038", 153, 153, ClaimKind.Algorithm, "Use SGD instead of batch gradient descent", null) { Why = "Advice." },
        new("004.039", 154, 154, ClaimKind.Algorithm, "Use small random numbers as initial values: equal ones keep all hidden units equal", t =>
        {
            var (dx, dh, dy) = (t.Size("D_x"), t.Size("D_h", 2), t.Size("D_y", 2));
            var (x, y) = (t.Positive("x", 1, dx), t.OneHot("y", 1, dy));
            var equal = Apart(torch.full(dx, dh, 0.1, dtype: torch.float64), torch.full(dh, dy, 0.1, dtype: torch.float64));
            var random = Apart(t.Uniform("w₁", -0.1, 0.1, dx, dh), t.Uniform("w₂", -0.1, 0.1, dh, dy));
            return Comparison.True(equal < 1e-15 && random > 1e-12, $"gradients of two hidden units apart by {equal:G3} from equal values, {random:G3} from random ones", "0, and not 0");

            double Apart(Tensor w1, Tensor w2) =>
                SlopeOf(w => -(y * F.log_softmax(x.Times(w).sigmoid().Times(w2), -1)).sum(), w1) is var g ? (g.select(1, 0) - g.select(1, 1)).abs().max().item<double>() : 0;
        })
        {
            Why = "The reason is not in the notes; it is what can be sampled.",
            Rules = NetworkRule,
        },
        new("004.040", 156, 158, ClaimKind.Qualitative, "∇J for the window “I like learning”, in the middle like, is 0 but for ∇u_like, ∇u_I, ∇u_learning", t => Blocks(t, "u_like u_I u_learning", "like I learning"))
        {
            Correction = new("It is 0 but for ∇v_like, ∇u_I, ∇u_learning and, with negative sampling, ∇u of the negative words", t => Blocks(t, "v_like u_I u_learning", "")),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "u and v are hard to tell apart here: the second reading of the page, line 184, has other letters. The middle word's vector is v, the outside words' are u.",
            Rules = ["skip-gram", "negative-sampling"],
        },
        SparseGradient("004.041", 158),
        new("004.042", 160, 164, ClaimKind.Bound, "σ(x) = 1 / (1 + e^{−x}), −∞ ≤ x ≤ +∞: 0 ≤ σ(x) ≤ 1", LogisticBounds) { Rules = ["sigmoid"] },
        new("004.043", 177, 204, ClaimKind.Algorithm, "CBOW: average all outside words and predict the centre word (continuous bag of words)", null) { Why = "A definition, on lines 177 and 201.", Rules = ["cbow"] },
        new("004.044", 182, 184, ClaimKind.Qualitative, "∇J for the window “I like learning”, in the middle like, is 0 but for ∇v_like, ∇u_I, ∇v_learning", t => Blocks(t, "v_like u_I v_learning", "like I learning"))
        {
            Correction = new("It is 0 but for ∇v_like, ∇u_I, ∇u_learning and, with negative sampling, ∇u of the negative words", t => Blocks(t, "v_like u_I u_learning", "")),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "The same page was read with other letters on line 158; both outside words' vectors are u.",
            Rules = ["skip-gram", "negative-sampling"],
        },
        SparseGradient("004.045", 184),
        new("004.046", 185, 188, ClaimKind.Bound, "σ(x) = 1 / (1 + e^{−x}), −∞ ≤ x ≤ +∞: 0 ≤ σ(x) ≤ 1", LogisticBounds) { Rules = ["sigmoid"] },
        new("004.047", 206, 218, ClaimKind.Qualitative, "SVD and skip-gram together: GloVe, which is scalable", null) { Why = "A remark.", Rules = ["glove"] },
        new("004.048", 213, 216, ClaimKind.Identity, "GloVe, for every pair of words: Ĵ(θ) = ½ Σ_{i,j=1}^W f(P_ij) (u_iᵀ v_j − P_ij)²", t => Ratios(t, p => p))
        {
            Correction = new("J(θ) = ½ Σ_{i,j=1}^W f(P_ij) (u_iᵀ v_j − log P_ij)²", t => Ratios(t, p => p.log())),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The log is forgotten. What GloVe is for is compared: where J = 0, differences of word vectors give ratios of co-occurrence, exp((u_i − u_j)ᵀ v_k) = P_ik / P_jk.",
            Rules = ["glove", "plain-glove"],
        },
        new("004.049", 216, 216, ClaimKind.Bound, "Ĵ(θ) ≥ 0, and 0 where the predicted u_iᵀ v_j are the actual P_ij", t =>
        {
            var (n, d) = (t.Size("W"), t.Size("d"));
            var (u, v, p, f) = (t.Real("u", n, d), t.Real("v", n, d), t.Probabilities("P", n, n), t.Positive("f(P)", n, n));
            return Comparison.Each(
                Comparison.AtMost(0, Cost(u.Times(v.t()), p, f)),
                Comparison.Equal(Cost(p, p, f), 0));

            static double Cost(Tensor predicted, Tensor actual, Tensor weights) => 0.5 * (weights * (predicted - actual).pow(2)).sum().item<double>();
        }) { Rules = ["glove"] },
        new("004.050", 222, 228, ClaimKind.Qualitative, "Hyperparameters: d ≈ 300, w ≈ 8, time", null) { Why = "Advice." },

        new("004.051", 232, 232, ClaimKind.Identity, "Sigmoid: classification into 2 classes", t =>
        {
            var z = t.Real("z", t.Size("N"));
            return Comparison.Equal(torch.stack([z.sigmoid(), 1 - z.sigmoid()], 1), F.softmax(torch.stack([z, torch.zeros_like(z)], 1), 1), "softmax over the scores z and 0");
        }) { Rules = ["sigmoid", "logistic-regression"] },
        new("004.052", 234, 234, ClaimKind.Identity, "Softmax: classification into many classes", t =>
        {
            var (n, c) = (t.Size("N"), t.Size("C"));
            var p = Textbook.Softmax(t.Real("scores", n, c));
            return Comparison.Each(Comparison.AtMost(torch.zeros_like(p), p), Comparison.Equal(p.sum(1L), torch.ones(n, dtype: torch.float64)));
        })
        {
            Why = "For each example a distribution over the classes.",
            Rules = ["softmax", "linear-softmax"],
        },
        new("004.053", 236, 238, ClaimKind.Identity, "σ(x) = 1 / (1 + e^{−x}), σ(θᵀx) = 1 / (1 + e^{−θᵀx})", t =>
        {
            var d = t.Size("d");
            var score = t.Real("θ", d, 1).t().Times(t.Real("x", d, 1));
            return Comparison.Equal(1 / (1 + (-score).exp()), score.sigmoid());
        }) { Rules = ["sigmoid", "logistic-regression"] },
        new("004.054", 240, 248, ClaimKind.Identity, "P(y | x) = exp(w_y x) / Σ_{c=1}^C exp(w_c·x)", ClassProbability) { Rules = ["linear-softmax"] },
        new("004.055", 252, 254, ClaimKind.Shape, "w ∈ R^{C×d}: Wx is a score for each of the C classes", ClassScores) { Rules = ["linear-softmax"] },
        new("004.056", 260, 262, ClaimKind.Algorithm, "Max p(y|x), or min −p(y|x), or min −log p(y|x)", t =>
        {
            var (n, c) = (t.Size("candidates", 2), t.Size("C", 2));
            var p = F.softmax(t.Uniform("scores", -2, 2, n, c), 1).select(1, t.Label("y", c));
            var (greatest, least, likeliest) = (p.argmax().item<long>(), (-p).argmin().item<long>(), (-p.log()).argmin().item<long>());
            return Comparison.True(greatest == least && least == likeliest, $"max p at {greatest}, min −p at {least}", $"min −log p at {likeliest}");
        })
        {
            Why = "For one example. Summed over examples −p and −log p have their minima in different places.",
            Rules = ["negative-log-likelihood"],
        },
    ];

    /// <summary>J(θ) = ½ Σ a_i θ_i², with curvatures a up to the given one, after a step against the gradient and before.</summary>
    private static Comparison QuadraticStep(Trial t, double curvature, double step)
    {
        var d = t.Size("d");
        var (a, theta) = (t.Uniform("curvatures", 0.5, curvature, d), t.Real("θ", d));
        var next = theta - step * SlopeOf(J, theta);
        return Comparison.AtMost(J(next).item<double>(), J(theta).item<double>(), "J after the step, J before");

        Tensor J(Tensor at) => 0.5 * (a * at.pow(2)).sum();
    }

    /// <summary>The blocks of ∇J that are not 0 for one window, with negative sampling; the window's blocks only, and one negative word that is none of them.</summary>
    private static Comparison Blocks(Trial t, string stated, string note)
    {
        var found = NonZero(t, t.Size("V", 5), 1, negatives: true);
        var expected = string.Join(' ', stated.Split(' ').Order(StringComparer.Ordinal));
        var window = string.Join(' ', found.Where(block => block.StartsWith("v_", StringComparison.Ordinal) || block is "u_I" or "u_like" or "u_learning").Order(StringComparer.Ordinal));
        return new(window == expected, stated, window, note.Length > 0 ? "the blocks of the window's words that are not 0" : "");
    }

    private static Claim SparseGradient(string id, int line) => new(id, line, line, ClaimKind.Qualitative, "∇_θ J(θ) is very sparse: of 2·|V| word vectors only those of the window have a gradient", t =>
        Comparison.AtMost(NonZero(t, t.Size("V", 5), 0, negatives: false).Count, 3, "vectors with a gradient, words in the window; full softmax"))
    {
        Condition = new("the loss sees the window and a few negative words only, as negative sampling does", t =>
            Comparison.AtMost(NonZero(t, t.Size("V", 5), 1, negatives: true).Count, 4, "vectors with a gradient, words in the window and negative words")),
        Correction = new("With the full softmax of line 147 every outside vector u has a gradient, and of the v only the centre word's", t =>
            Comparison.Equal(NonZero(t, t.Size("V", 5), 0, negatives: false).Count, t.Size("V") + 1, "vectors with a gradient")),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "The denominator of line 147 runs over all words. It is true with negative sampling, which the page goes on to.",
        Rules = ["skip-gram", "negative-sampling"],
    };

    /// <summary>The names of the word vectors that have a gradient, for the window “I like learning”.</summary>
    private static IReadOnlyList<string> NonZero(Trial t, long words, int count, bool negatives)
    {
        var d = t.Size("d");
        var (u, v) = (t.Uniform("u", -1, 1, words, d), t.Uniform("v", -1, 1, words, d));
        var negative = 3 + t.Random.NextInt64(words - 3);
        return [.. Named("u", SlopeOf(one => J(one, v), u)), .. Named("v", SlopeOf(one => J(u, one), v))];

        Tensor J(Tensor outside, Tensor centre)
        {
            var scores = outside.Times(centre[1]);
            if (!negatives) return 2 * scores.logsumexp(-1) - scores[0] - scores[2];
            return -(scores[0].sigmoid().log() + scores[2].sigmoid().log() + 2 * count * (-scores[negative]).sigmoid().log());
        }

        IEnumerable<string> Named(string letter, Tensor gradient) =>
            Enumerable.Range(0, (int)words).Where(row => gradient[row].abs().max().item<double>() > 0).Select(row => $"{letter}_{(row < Vocabulary.Length ? Vocabulary[row] : row)}");
    }

    /// <summary>The objective with <paramref name="target"/>(P_ij) for P_ij, at a zero of it: there ratios of co-occurrence are what vectors should give.</summary>
    private static Comparison Ratios(Trial t, Func<Tensor, Tensor> target)
    {
        var n = t.Size("W", 2);
        var p = t.Probabilities("P", n, n);
        var (u, v) = (target(p), torch.eye(n, dtype: torch.float64));
        return Comparison.Each(
            Comparison.Equal((u.Times(v.t()) - target(p)).pow(2).sum().item<double>(), 0, "J"),
            Comparison.Equal((u[0] - u[1]).Times(v.t()).exp(), p[0] / p[1], "P_ik / P_jk"));
    }

    private static Comparison ClassProbability(Trial t)
    {
        var (c, d) = (t.Size("C"), t.Size("d"));
        var (w, x, y) = (t.Real("w", c, d), t.Real("x", d), t.Label("y", c));
        return Comparison.Equal(w[y].dot(x).exp() / w.Times(x).exp().sum(), F.softmax(w.Times(x), -1)[y]);
    }

    private static Comparison ClassScores(Trial t) => Comparison.Shape(t.Real("w", t.Size("C"), t.Size("d")).Times(t.Real("x", t.Size("d"))), t.Size("C"));
}
