using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>GloVe as the notes have it, a weighted least-squares factorisation: J = ½ Σ_n f_n (u_(i_n)ᵀ v_(j_n) − P_n)².</summary>
/// <remarks>
/// Shapes: u: V×d, v: V×d, rows i: N (int64), columns j: N (int64), p (P_ij): N, weights (f(P_ij)): N → J: scalar.
/// Backward: with r_n = f_n (s_n − P_n), row i_n of du gets dJ · r_n v_(j_n), row j_n of dv gets dJ · r_n u_(i_n); dp_n = −dJ · r_n.
/// Edges: a weight of 0 leaves its pair out; weights are constants here, and must not be negative.
/// Source: notes 004, lines 206–218: no bias, no logarithm. <see cref="Glove"/> is what was published, and is this with another target.
/// </remarks>
public static class PlainGlove
{
    /// <summary>√f, and what the scores and the squared error need.</summary>
    public sealed record Saved(Tensor Root, PairProduct.Saved Scores, SquaredError.Saved Error);

    /// <summary>The gradients with respect to u and v, the rows that occur, and the target.</summary>
    public sealed record Grads(SparseRows DU, SparseRows DV, Tensor DP);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for <see cref="PairProduct"/>, or p or weights are not N of u's dtype and device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range, or a weight is negative or NaN.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor rows, Tensor columns, Tensor p, Tensor weights)
    {
        var scores = PairProduct.Forward(u, v, rows, columns);
        Expect.Same(p, nameof(p), scores.Y, "the scores of the pairs");
        Expect.Same(weights, nameof(weights), scores.Y, "the scores of the pairs");
        Expect.NonNegative(weights, nameof(weights));
        // ½ f (s − P)² = ½ (√f s − √f P)², which there is a rule for.
        var root = weights.sqrt();
        var error = SquaredError.Forward(root * scores.Y, root * p);
        return new(error.Y, new(root, scores.Saved, error.Saved));
    }

    /// <summary>The rows of du and dv, and dp, N.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var error = SquaredError.Backward(dy, saved.Error);
        var scores = PairProduct.Backward(saved.Root * error.DZ, saved.Scores);
        return new(scores.DU, scores.DV, saved.Root * error.DD);
    }
}
