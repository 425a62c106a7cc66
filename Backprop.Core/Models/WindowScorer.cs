using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Score of a window of words: s = vᵀ f(Wx + b), one hidden layer and one linear unit.</summary>
/// <remarks>
/// Shapes: v: H or H×1, W: H×D, b: H or H×1, x: D, or D×N for N windows (notes: D = 5d = 20, H = 8) → s: scalar or N.
/// Backward: with δ = v ∘ f′(z): dv = ds · a; dW = ds · δxᵀ; db = ds · δ; dx = ds · Wᵀδ; for a batch, summed over the windows but for dx.
/// Edges: those of <see cref="Layer"/>; an empty batch gives gradients of 0.
/// Source: notes 004, lines 774–791, 945–1353, 1555–1640, 1699–1712, 1887–1991.
/// </remarks>
public static class WindowScorer
{
    /// <summary>What the hidden layer and the product vᵀa need, and the shapes that v came in and s went out in.</summary>
    public sealed record Saved(Layer.Saved Hidden, MatrixProduct.Saved Score, IReadOnlyList<long> VShape, IReadOnlyList<long> HiddenShape);

    /// <summary>The gradients with respect to v, W, b and x.</summary>
    public sealed record Grads(Tensor DV, Tensor DW, Tensor DB, Tensor DX);

    /// <summary>The score: a scalar for one window, N scores for N of them.</summary>
    /// <exception cref="ArgumentException">W is no floating-point matrix; v, b or x does not fit it, or is of another dtype or device.</exception>
    public static Primal<Saved> Forward(Tensor v, Tensor w, Tensor b, Tensor x, Activation activation = Activation.Sigmoid)
    {
        var hidden = Layer.Forward(w, x, b, activation);
        Expect.OneOf(v, nameof(v), "the rows of w", [w.shape[0]], [w.shape[0], 1]);
        var score = MatrixProduct.Forward(v.reshape(1, -1), hidden.Y.reshape(w.shape[0], -1));
        return new(score.Y.reshape(hidden.Y.shape[1..]), new(hidden.Saved, score.Saved, v.shape, hidden.Y.shape));
    }

    /// <summary>dv, dW, db and dx, each of its input's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        ArgumentNullException.ThrowIfNull(dy);
        var score = MatrixProduct.Backward(dy.reshape(1, -1), saved.Score);
        var hidden = Layer.Backward(score.DW.reshape([.. saved.HiddenShape]), saved.Hidden);
        return new(score.DX.reshape([.. saved.VShape]), hidden.DW, hidden.DB, hidden.DX);
    }
}
