namespace Backprop.Claims;

/// <summary>Lines 1107 to 1199: the max-margin loss, and derivatives by several variables at once.</summary>
internal static partial class Notes004
{
    private static IReadOnlyList<Claim> MarginClaims() =>
    [
        new("004.272", 1107, 1109, ClaimKind.Algorithm, "J = max(0, 1 − s + s_c); minimize J: s rises above s_c", MinimiseMargin) { Why = "What is sampled: a small step against ∇J, where J > 0, raises s − s_c.", Rules = MaxMargin },
        SumOfPartials("004.273", 1111, 1111),
        SlackSum("004.274", 1113, "∂J/∂(s, s_c) = ∂J(s, s_c)/∂s + ∂J(s, s_c)/∂s_c", "Concatenate, do not add: −1 + 1 = 0 says that J cannot be lowered."),
        SlackSum("004.275", 1115, "∂(1 − s + s_c)/∂(s, s_c) = ∂(1 − s + s_c)/∂s + ∂(1 − s + s_c)/∂s_c", "As on line 1113."),
        Gated("004.276", 1119, 1119, "∂J/∂(v, w, x, b) = ∂(1 − s + s_c)/∂(v, w, x, b)", HingeByAll, s => SlopeOf(all => s.Unpacked(all).Margin, s.Packed)),
        new("004.277", 1121, 1123, ClaimKind.Identity, "J = 1 − s + s_c", t => Given(Scoring.Ranked(t), s => Comparison.Equal(s.Margin, s.Cost)))
        {
            Condition = new("1 − s + s_c ≥ 0", t => Given(Scoring.Open(t), s => Comparison.Equal(s.Margin, s.Cost))),
            Correction = new("J = max(0, 1 − s + s_c)", t => Given(Scoring.Ranked(t), s => Comparison.Equal(torch.maximum(s.Margin, torch.zeros_like(s.Margin)), s.Cost))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Without the max J falls without end.",
            Rules = MaxMargin,
        },
        new("004.278", 1125, 1127, ClaimKind.Identity, "s = vᵀa", t => InWindow(t, s => Comparison.Equal(s.V.t().Times(s.A), s.Score))) { Rules = ScorerRule },
        new("004.279", 1129, 1129, ClaimKind.Identity, "a = f(wx + b) − f(z)", t => InWindow(t, s => Comparison.Equal((s.W.Times(s.X) + s.B).sigmoid() - s.Z.sigmoid(), s.A)))
        {
            Correction = new("a = f(wx + b) = f(z)", t => InWindow(t, s => Comparison.Each(Comparison.Equal(Textbook.Sigmoid(s.W.Times(s.X) + s.B), s.A), Comparison.Equal(Textbook.Sigmoid(s.Z), s.A)))),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "An equals sign read as a minus: as it stands a would be 0.",
            Rules = ScorerRule,
        },
        new("004.280", 1137, 1137, ClaimKind.Gradient, "d/dx [f(θ(s, s_c))] = ∂f/∂z (z)·∂θ/∂x (s, s_c), z = θ(s, s_c)", t => HingeByX(Scoring.Ranked(t), s => SlopeOf(z => z.relu(), s.Margin) * SlopeOf(x => (s with { X = x }).Margin, s.X)))
        {
            Why = "f is max(0, ·), θ is 1 − s + s_c.",
            Rules = MaxMargin,
        },
        new("004.281", 1145, 1151, ClaimKind.Identity, "θ(z) = max(0, 1 − s + s_c), z = 1 − s + s_c", t => Given(Scoring.Ranked(t), s => Comparison.Equal(torch.maximum(s.Margin, torch.zeros_like(s.Margin)), s.Cost))) { Rules = MaxMargin },
        new("004.282", 1153, 1155, ClaimKind.Gradient, "∂θ/∂x = ∂θ/∂z·[∂z(s)/∂s + ∂z(s_c)/∂s_c]", t => HingeBySharedInput(Scoring.Open(t), s => torch.full_like(s.X, -1 + 1)))
        {
            Correction = new("∂θ/∂x = ∂θ/∂z·[∂z/∂s·∂s/∂x + ∂z/∂s_c·∂s_c/∂x]", BothPaths),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "The second half of each path is missing, so that −1 + 1 = 0 is left. x is taken to be in both windows.",
            Rules = [.. MaxMargin, "fan-out"],
        },
        new("004.283", 1157, 1157, ClaimKind.Gradient, "∂θ/∂x = 1·[∂z(s)/∂s·∂s(x)/∂x + ∂z(s_c)/∂s_c + ∂s_c(x)/∂x]",
            t => HingeBySharedInput(Scoring.Open(t), s => -1 * InputSlope(s) + 1 + CorruptInputSlope(s)))
        {
            Correction = new("∂θ/∂x = 1·[∂z/∂s·∂s/∂x + ∂z/∂s_c·∂s_c/∂x], where 1 − s + s_c > 0", BothPaths),
            Cause = Culprit.Ocr,
            Harm = Harm.Silent,
            Why = "A dot read as a plus (the first dot came out as a comma).",
            Rules = [.. MaxMargin, "fan-out"],
        },
        new("004.284", 1157, 1157, ClaimKind.Gradient, "∂θ/∂z = 1", t => Given(Scoring.Ranked(t), s => Comparison.Gradient(torch.ones_like(s.Margin), z => z.relu(), s.Margin)))
        {
            Condition = new("z > 0", t => Given(Scoring.Open(t), s => Comparison.Gradient(torch.ones_like(s.Margin), z => z.relu(), s.Margin))),
            Correction = new("∂θ/∂z = 1[z > 0]", t => Given(Scoring.Ranked(t), s => Comparison.Gradient(Textbook.Positive(s.Margin), z => z.relu(), s.Margin))),
            Cause = Culprit.Author,
            Harm = Harm.Silent,
            Why = "Where the margin is reached the derivative is 0.",
            Rules = MaxMargin,
        },
        new("004.285", 1159, 1161, ClaimKind.Gradient, "∂/∂x [f(x) + g(x)] = ∂/∂x f(x) + ∂/∂x g(x)", t => EntryByEntry(t, x => x.sin() + G(x), x => SlopeOf(torch.sin, x) + SlopeOf(G, x))),
        new("004.286", 1163, 1165, ClaimKind.Algorithm, "J = max(0, 1 − s + s_c); minimize J: s rises above s_c", MinimiseMargin) { Rules = MaxMargin },
        SumOfPartials("004.287", 1169, 1169),
        new("004.288", 1171, 1171, ClaimKind.Gradient, "∂/∂x f(g(x)) = ∂/∂z f(z) · ∂/∂x g(x)", ChainRule),
        Gated("004.289", 1173, 1173, "∂J/∂x = ∂/∂x (1 − s + s_c)", HingeByX, s => SlopeOf(x => (s with { X = x }).Margin, s.X)),
        Gated("004.290", 1175, 1175, "∂J/∂x = 0 − ∂s/∂x + ∂s_c/∂x", HingeByX, s => 0 - InputSlope(s) + SlopeOf(x => (s with { X = x }).CorruptScore, s.X)),
        TransposedW("004.291", 1179, 1181, "a = f(z), z = wᵀx + b, w ∈ R^{8×20}"),
        new("004.292", 1183, 1183, ClaimKind.Gradient, "∂s/∂x = ∂s(a)/∂a · ∂a(z)/∂z · ∂z(x)/∂x", t => ScoreByInput(t, s => ScoreByA(s).Times(AByZ(s)).Times(ZByInput(s)).t())) { Rules = ScorerRule },
        new("004.293", 1185, 1185, ClaimKind.Gradient, "∂s/∂x = v·σ′(z)·wᵀ", t => ScoreByInput(t, s => (s.V * s.Gate).Times(s.W.t())))
        {
            Correction = new("∂s/∂x = wᵀ·(v ∘ σ′(z))", t => ScoreByInput(t, s => s.W.t().Times(s.V * s.Gate))),
            Cause = Culprit.Author,
            Harm = Harm.Loud,
            Why = "v ∘ σ′(z) is a column, 2×1, and wᵀ is 3×2: the factors are in the wrong order.",
            Rules = ScorerRule,
        },
        new("004.294", 1187, 1187, ClaimKind.Gradient, "∂J/∂x = 0 − ∂/∂(u, w, x, b) (+ ∂/∂(u, w, x, b) s_c)", null) { Why = "Not readable as it stands; line 1193 has what is meant.", Rules = MaxMargin },
        SumOfBlocks("004.295", 1189, "d/d(v, w, x, b) s = ds/dv + ds/dw + ds/dx + ds/db", s => s),
        SumOfBlocks("004.296", 1191, "d/d(v, w, x, b) s_c = ds_c/dv + ds_c/dw + ds_c/dx + ds_c/db", s => s.Corrupt),
        Gated("004.297", 1193, 1193, "dJ/d(v, w, x, b) = −ds/d(v, w, x, b) + ds_c/d(v, w, x, b)", HingeByAll, CorruptLessTrue),
        new("004.298", 1195, 1195, ClaimKind.Identity, "s = vᵀa = vᵀf(z) = vᵀf(wx + b)", t => InWindow(t, s => Comparison.Equal(s.V.t().Times(Textbook.Sigmoid(s.W.Times(s.X) + s.B)), s.Score))) { Rules = ScorerRule },
        new("004.299", 1197, 1199, ClaimKind.Gradient, "ds/dv = d/dv vᵀa = d/dv Σ_i v_i a_i = [a₁, …, a_n] = a", t => ScoreByV(t, s => s.A)) { Rules = ScorerRule },
    ];

    /// <summary>f(x, y) = Σ sin x · Σ y², by (x, y): a derivative for each entry of x and of y.</summary>
    private static Claim SumOfPartials(string id, int from, int to) => new(id, from, to, ClaimKind.Gradient, "∂/∂(x, y) f(x, y) = ∂/∂x f(x, y) + ∂/∂y f(x, y)", t => ByPairOfVectors(t, (byX, byY) => byX + byY))
    {
        Correction = new("∂/∂(x, y) f(x, y) = [∂/∂x f(x, y); ∂/∂y f(x, y)]", t => ByPairOfVectors(t, (byX, byY) => torch.cat([byX, byY]))),
        Cause = Culprit.Author,
        Harm = Harm.SilentAtEqualSizes,
        Why = "The sum is the derivative where x and y are one variable, d/dt f(t, t); for two variables the derivatives are put one below the other.",
        Rules = ["fan-out"],
    };

    private static Comparison ByPairOfVectors(Trial t, Func<Tensor, Tensor, Tensor> stated)
    {
        var (m, n) = (t.Size("M"), t.Size("N"));
        var (x, y) = (t.Real("x", m), t.Real("y", n));
        return Comparison.Gradient(stated(SlopeOf(one => F(one, y), x), SlopeOf(one => F(x, one), y)), all => F(all.narrow(0, 0, m), all.narrow(0, m, n)), torch.cat([x, y]));

        static Tensor F(Tensor x, Tensor y) => x.sin().sum() * y.pow(2).sum();
    }

    /// <summary>∂(1 − s + s_c) by s and s_c, for an example whose margin is not reached.</summary>
    private static Claim SlackSum(string id, int line, string statement, string why) => new(id, line, line, ClaimKind.Gradient, statement, t => BySlack(t, by => by[0] + by[1]))
    {
        Correction = new("[∂J/∂s; ∂J/∂s_c] = [−1; 1], where 1 − s + s_c > 0", t => BySlack(t, by => torch.stack([by[0], by[1]]))),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = why,
        Rules = MaxMargin,
    };

    private static Comparison BySlack(Trial t, Func<Tensor, Tensor> stated)
    {
        var scores = Vector(t.Scalar("s", -2, 0), t.Scalar("s_c", 0, 2));
        return Comparison.Gradient(stated(SlopeOf(Cost, scores)), Cost, scores);

        static Tensor Cost(Tensor both) => (1 - both[0] + both[1]).relu();
    }

    /// <summary>A gradient of J that forgets the gate.</summary>
    private static Claim Gated(string id, int from, int to, string statement, Func<Scoring, Func<Scoring, Tensor>, Comparison> by, Func<Scoring, Tensor> stated) => new(id, from, to, ClaimKind.Gradient, statement, t => by(Scoring.Ranked(t), stated))
    {
        Condition = new("1 − s + s_c > 0", t => by(Scoring.Open(t), stated)),
        Correction = new("… times 1[1 − s + s_c > 0]", t => by(Scoring.Ranked(t), s => Textbook.Positive(s.Margin).reshape(1) * stated(s))),
        Cause = Culprit.Author,
        Harm = Harm.Silent,
        Why = "Where the margin is reached J is 0, and so is its gradient.",
        Rules = ["max-margin", "window-scorer"],
    };

    private static Comparison HingeByAll(Scoring s, Func<Scoring, Tensor> stated) => Comparison.Gradient(stated(s), all => s.Unpacked(all).Cost, s.Packed);

    private static Tensor CorruptLessTrue(Scoring s) => SlopeOf(all => s.Unpacked(all).CorruptScore, s.Packed) - SlopeOf(all => s.Unpacked(all).Score, s.Packed);

    /// <summary>The blocks of the gradient by v, w, x, b added up.</summary>
    private static Claim SumOfBlocks(string id, int line, string statement, Func<Scoring, Scoring> which) => new(id, line, line, ClaimKind.Gradient, statement, t => InWindow(t, s => ScoreByAll(which(s), one =>
        SlopeOf(v => (one with { V = v }).Score, one.V) + SlopeOf(w => (one with { W = w }).Score, one.W) + SlopeOf(x => (one with { X = x }).Score, one.X) + SlopeOf(b => (one with { B = b }).Score, one.B))))
    {
        Correction = new("The blocks ds/dv, ds/dw, ds/dx, ds/db one below the other", t => InWindow(t, s => ScoreByAll(which(s), one => torch.cat(
        [
            one.A.reshape(-1), one.Delta.Times(one.X.t()).reshape(-1), one.W.t().Times(one.Delta).reshape(-1), one.Delta.reshape(-1),
        ])))),
        Cause = Culprit.Author,
        Harm = Harm.SilentAtEqualSizes,
        Why = "The four have different shapes; where they happen to fit, the sum mixes up parameters.",
        Rules = ScorerRule,
    };

    private static Comparison ScoreByAll(Scoring s, Func<Scoring, Tensor> stated) => Comparison.Gradient(stated(s), all => s.Unpacked(all).Score, s.Packed);

    private static Comparison HingeByX(Scoring s, Func<Scoring, Tensor> stated) => Comparison.Gradient(stated(s), x => (s with { X = x }).Cost, s.X);

    /// <summary>∂θ/∂x where x is a part of both windows: the corrupt window is x + (x_c − x).</summary>
    private static Comparison HingeBySharedInput(Scoring s, Func<Scoring, Tensor> stated) =>
        Given(s.XC - s.X, shift => Comparison.Gradient(stated(s), x => (s with { X = x, XC = x + shift }).Cost, s.X));

    private static Comparison BothPaths(Trial t) => HingeBySharedInput(Scoring.Open(t), s => -1 * InputSlope(s) + 1 * CorruptInputSlope(s));

    private static Tensor InputSlope(Scoring s) => s.W.t().Times(s.Delta);

    private static Tensor CorruptInputSlope(Scoring s) => s.W.t().Times(s.Corrupt.Delta);

    /// <summary>A small step against ∇J: s − s_c before, and after.</summary>
    private static Comparison MinimiseMargin(Trial t)
    {
        var s = Scoring.Open(t);
        var after = s.Unpacked(s.Packed - 1e-4 * SlopeOf(all => s.Unpacked(all).Cost, s.Packed));
        return Comparison.AtMost((s.Score - s.CorruptScore).item<double>(), (after.Score - after.CorruptScore).item<double>(), "s − s_c before and after a step");
    }
}
