using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>One case of the window scorer s = vᵀf(Wx + b), f the sigmoid, in columns: x d×1, W h×d, b and v h×1.</summary>
internal sealed record ScorerCase(Tensor V, Tensor W, Tensor B, Tensor X)
{
    internal long Units => W.shape[0];

    internal long Inputs => W.shape[1];

    internal Tensor Z => W.mm(X) + B;

    internal Tensor A => Z.sigmoid();

    /// <summary>δ = v ∘ f′(z).</summary>
    internal Tensor Delta => V * Slope(Z);

    internal Tensor S => V.t().mm(A);

    internal static ScorerCase Draw(Trial t, long? units = null, long? inputs = null)
    {
        var (h, d) = (units ?? t.Size("h"), inputs ?? t.Size("d"));
        return new(t.Real("v", h, 1), t.Real("W", h, d), t.Real("b", h, 1), t.Real("x", d, 1));
    }

    /// <summary>The derivative of something along w_ij, of its shape.</summary>
    internal Tensor AlongW(long i, long j, Func<ScorerCase, Tensor> f) => Derivative(w => f(this with { W = Replaced(W, i, j, w) }), At(W, i, j));

    /// <summary>The derivative of something along b_i.</summary>
    internal Tensor AlongB(long i, Func<ScorerCase, Tensor> f) => Derivative(b => f(this with { B = Replaced(B, i, 0, b) }), At(B, i));

    /// <summary>The derivative of something along x_j.</summary>
    internal Tensor AlongX(long j, Func<ScorerCase, Tensor> f) => Derivative(x => f(this with { X = Replaced(X, j, 0, x) }), At(X, j));

    internal static Func<Trial, Comparison> ByV(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), v => (n with { V = v }).S, n.V), units, inputs);

    internal static Func<Trial, Comparison> ByW(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), w => (n with { W = w }).S, n.W), units, inputs);

    internal static Func<Trial, Comparison> ByB(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), b => (n with { B = b }).S, n.B), units, inputs);

    internal static Func<Trial, Comparison> ByX(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), x => (n with { X = x }).S, n.X), units, inputs);

    /// <summary>With x and its gradient written as rows, 1×d.</summary>
    internal static Func<Trial, Comparison> ByRowX(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), x => (n with { X = x.t() }).S, n.X.t()), units, inputs);

    /// <summary>∂s/∂z.</summary>
    internal static Func<Trial, Comparison> ByZ(Func<ScorerCase, Tensor> stated, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), z => n.V.t().mm(z.sigmoid()), n.Z), units, inputs);

    /// <summary>∂s/∂w_ij, 1×1.</summary>
    internal static Func<Trial, Comparison> ByEntry(Func<ScorerCase, long, long, Tensor> stated, long? units = null, long? inputs = null) => t =>
    {
        var n = Draw(t, units, inputs);
        var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
        return n.Entry(i, j, stated(n, i, j));
    };

    /// <summary>∂s/∂b_i, 1×1.</summary>
    internal static Func<Trial, Comparison> ByBias(Func<ScorerCase, long, Tensor> stated) => t =>
    {
        var n = Draw(t);
        var i = t.Label("i", n.Units);
        return Comparison.Gradient(stated(n, i), b => (n with { B = Replaced(n.B, i, 0, b) }).S, At(n.B, i));
    };

    /// <summary>∂s/∂x_j, 1×1.</summary>
    internal static Func<Trial, Comparison> ByInput(Func<ScorerCase, long, Tensor> stated, long? units = null, long? inputs = null) => t =>
    {
        var n = Draw(t, units, inputs);
        var j = t.Label("j", n.Inputs);
        return Comparison.Gradient(stated(n, j), x => (n with { X = Replaced(n.X, j, 0, x) }).S, At(n.X, j));
    };

    /// <summary>Anything else about a case.</summary>
    internal static Func<Trial, Comparison> Over(Func<ScorerCase, Comparison> compare, long? units = null, long? inputs = null) => t => compare(Draw(t, units, inputs));

    internal Comparison Entry(long i, long j, Tensor stated) => Comparison.Gradient(stated, w => (this with { W = Replaced(W, i, j, w) }).S, At(W, i, j));
}
