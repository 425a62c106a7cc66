using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>One case of the scorer with two hidden layers, in columns: z² = W¹x + b¹ (h×1), z³ = W²a² + b² (k×1), s = vᵀa³, f the sigmoid.</summary>
internal sealed record TwoLayerCase(Tensor V, Tensor W2, Tensor B2, Tensor W1, Tensor B1, Tensor X)
{
    /// <summary>k, the rows of W²: 2 in the notes.</summary>
    internal long Outputs => W2.shape[0];

    /// <summary>h, the rows of W¹.</summary>
    internal long Units => W1.shape[0];

    /// <summary>d, 3 in the notes.</summary>
    internal long Inputs => W1.shape[1];

    internal Tensor Z2 => W1.mm(X) + B1;

    internal Tensor A2 => Z2.sigmoid();

    internal Tensor Z3 => W2.mm(A2) + B2;

    internal Tensor A3 => Z3.sigmoid();

    /// <summary>δ³ = v ∘ f′(z³).</summary>
    internal Tensor Delta3 => V * Slope(Z3);

    /// <summary>δ² = (W²ᵀδ³) ∘ f′(z²).</summary>
    internal Tensor Delta2 => W2.t().mm(Delta3) * Slope(Z2);

    internal Tensor S => V.t().mm(A3);

    internal static TwoLayerCase Draw(Trial t, long? outputs = null, long? units = null, long? inputs = null)
    {
        var (k, h, d) = (outputs ?? t.Size("k"), units ?? t.Size("h"), inputs ?? t.Size("d"));
        return new(t.Real("v", k, 1), t.Real("W2", k, h), t.Real("b2", k, 1), t.Real("W1", h, d), t.Real("b1", h, 1), t.Real("x", d, 1));
    }

    /// <summary>The derivative of something along w_ij of W¹, of its shape.</summary>
    internal Tensor Along(long i, long j, Func<TwoLayerCase, Tensor> f) => Derivative(w => f(this with { W1 = Replaced(W1, i, j, w) }), At(W1, i, j));

    internal static Func<Trial, Comparison> ByW1(Func<TwoLayerCase, Tensor> stated, long? outputs = null, long? units = null, long? inputs = null) =>
        Over(n => Comparison.Gradient(stated(n), w => (n with { W1 = w }).S, n.W1), outputs, units, inputs);

    internal static Func<Trial, Comparison> ByW2(Func<TwoLayerCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), w => (n with { W2 = w }).S, n.W2));

    internal static Func<Trial, Comparison> ByX(Func<TwoLayerCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), x => (n with { X = x }).S, n.X));

    /// <summary>∂s/∂z², which is what δ² means.</summary>
    internal static Func<Trial, Comparison> ByZ2(Func<TwoLayerCase, Tensor> stated) =>
        Over(n => Comparison.Gradient(stated(n), z => n.V.t().mm((n.W2.mm(z.sigmoid()) + n.B2).sigmoid()), n.Z2));

    /// <summary>∂s/∂z³, which is what δ³ means.</summary>
    internal static Func<Trial, Comparison> ByZ3(Func<TwoLayerCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), z => n.V.t().mm(z.sigmoid()), n.Z3));

    /// <summary>∂s/∂w_ij of W¹, 1×1.</summary>
    internal static Func<Trial, Comparison> ByEntry(Func<TwoLayerCase, long, long, Tensor> stated, long? outputs = null) => t =>
    {
        var n = Draw(t, outputs);
        var (i, j) = (t.Label("i", n.Units), t.Label("j", n.Inputs));
        return Comparison.Gradient(stated(n, i, j), w => (n with { W1 = Replaced(n.W1, i, j, w) }).S, At(n.W1, i, j));
    };

    /// <summary>∂s/∂w_ij of W², 1×1.</summary>
    internal static Func<Trial, Comparison> ByEntry2(Func<TwoLayerCase, long, long, Tensor> stated) => t =>
    {
        var n = Draw(t);
        var (i, j) = (t.Label("i", n.Outputs), t.Label("j", n.Units));
        return Comparison.Gradient(stated(n, i, j), w => (n with { W2 = Replaced(n.W2, i, j, w) }).S, At(n.W2, i, j));
    };

    /// <summary>Column j of ∂s/∂W¹, h×1: what a vector can be that is said to be ∂s/∂w_ij.</summary>
    internal static Func<Trial, Comparison> ByColumn(Func<TwoLayerCase, long, Tensor> stated) => t =>
    {
        var n = Draw(t);
        var j = t.Label("j", n.Inputs);
        return Comparison.Gradient(stated(n, j), column => (n with { W1 = n.W1 + (column - Column(n.W1, j)).mm(Basis(n.Inputs, j).t()) }).S, Column(n.W1, j));
    };

    /// <summary>Anything else about a case.</summary>
    internal static Func<Trial, Comparison> Over(Func<TwoLayerCase, Comparison> compare, long? outputs = null, long? units = null, long? inputs = null) =>
        t => compare(Draw(t, outputs, units, inputs));
}
