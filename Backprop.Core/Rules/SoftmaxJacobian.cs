using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>Jacobian of softmax at a vector: D_xσ = diag σ − σᵀσ, with σ a row.</summary>
/// <remarks>
/// Shapes: x: N → D_xσ: N×N; v: N → v · D_xσ: N.
/// Backward: v · D_xσ is softmax's, which <see cref="Softmax"/> computes without the matrix; this is the matrix, for reading and comparing.
/// Edges: symmetric, positive semi-definite, its rows sum to 0; a σ that has saturated to a corner gives 0.
/// Source: notes 002, question 1 (a) and (b).
/// </remarks>
public static class SoftmaxJacobian
{
    /// <summary>∂σ_i/∂x_j: σ_i(1 − σ_i) on the diagonal, −σ_i σ_j elsewhere.</summary>
    /// <exception cref="ArgumentException">x is no floating-point vector with at least one entry.</exception>
    public static Tensor Of(Tensor x)
    {
        Expect.Form(x, nameof(x), "N");
        var y = Softmax.Forward(x).Y;
        return torch.diag(y) - y.outer(y);
    }

    /// <summary>z = v · D_xσ, with the matrix formed.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Of"/>, or v differs from x in shape, dtype or device.</exception>
    public static Tensor Product(Tensor v, Tensor x)
    {
        Expect.Form(x, nameof(x), "N");
        Expect.Same(v, nameof(v), x, nameof(x));
        return LinearForm.Forward(v, Of(x)).Y;
    }
}
