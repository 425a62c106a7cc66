using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>A window should score higher than a corrupt one: J = Σ max(0, 1 − s + s_c), s = vᵀ f(Wx + b), s_c = vᵀ f(Wx_c + b), with the same v, W, b.</summary>
/// <remarks>
/// Shapes: v, W, b, x as for <see cref="WindowScorer"/>, x_c: as x → J: scalar.
/// Backward: ds = −dJ and ds_c = dJ where the gate is open, else 0; dv, dW and db are the sums of both passes', dx and dx_c each its own.
/// Edges: those of <see cref="MaxMargin"/>: where the gate is shut all gradients are 0.
/// Source: notes 004, lines 945–1030, 1107–1193, 1555–1571, 1897–1905 (∂J/∂W = −δxᵀ + δ_c x_cᵀ).
/// </remarks>
public static class WindowRanking
{
    /// <summary>What the passes of both windows and the loss need.</summary>
    public sealed record Saved(WindowScorer.Saved True, WindowScorer.Saved Corrupt, MaxMargin.Saved Loss);

    /// <summary>The gradients with respect to v, W, b and both windows.</summary>
    public sealed record Grads(Tensor DV, Tensor DW, Tensor DB, Tensor DX, Tensor DXCorrupt);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the scorer; xCorrupt differs from x in shape, dtype or device; the mean of no windows.</exception>
    public static Primal<Saved> Forward(Tensor v, Tensor w, Tensor b, Tensor x, Tensor xCorrupt,
        Activation activation = Activation.Sigmoid, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Floating(x, nameof(x));
        Expect.Same(xCorrupt, nameof(xCorrupt), x, nameof(x));
        var score = WindowScorer.Forward(v, w, b, x, activation);
        var corrupt = WindowScorer.Forward(v, w, b, xCorrupt, activation);
        var loss = MaxMargin.Forward(score.Y, corrupt.Y, reduction);
        return new(loss.Y, new(score.Saved, corrupt.Saved, loss.Saved));
    }

    /// <summary>dv, dW, db, dx and dxCorrupt, each of its input's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var scores = MaxMargin.Backward(dy, saved.Loss);
        var score = WindowScorer.Backward(scores.DTrueScore, saved.True);
        var corrupt = WindowScorer.Backward(scores.DCorruptScore, saved.Corrupt);
        return new(score.DV + corrupt.DV, score.DW + corrupt.DW, score.DB + corrupt.DB, score.DX, corrupt.DX);
    }
}
