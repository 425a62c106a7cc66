using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Skip-gram: a word predicts each word beside it, J = −Σ log p(o|c), p(o|c) = exp(u_oᵀv_c) / Σ_w exp(u_wᵀv_c).</summary>
/// <remarks>
/// Shapes: u (outside vectors): V×d, v (centre vectors): V×d, centres: N (int64), outsides: N (int64) → J: scalar.
/// Backward: dv_c = dJ · Σ_w (p_w − 1(w = o)) u_w; du_w = dJ · (p_w − 1(w = o)) v_c for every w of the vocabulary: the sum in p makes du dense.
/// Edges: those of <see cref="SoftmaxCrossEntropy"/>; a vocabulary of one word has p = 1 and no gradient; rows of v that are no centre are not touched.
/// Source: notes 004, lines 141–199. They write v for both tables and leave the sum under the fraction open.
/// </remarks>
public static class SkipGram
{
    /// <summary>The centres, and what the scores and the loss need.</summary>
    public sealed record Saved(Tensor Centres, MatrixProduct.Saved Scores, SoftmaxCrossEntropy.Saved Loss);

    /// <summary>The gradients with respect to u, V×d, and v, of which only the rows of the centres are there.</summary>
    public sealed record Grads(Tensor DU, SparseRows DV);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point matrix, the two differ in shape, dtype or device, there is no word, or centres and outsides are not N of int64 each.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The id of a word is out of range.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor centres, Tensor outsides, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(u, nameof(u), "V×d");
        Expect.Same(v, nameof(v), u, nameof(u));
        Expect.Indices(centres, nameof(centres), v.shape[0]);
        Expect.Labels(outsides, nameof(outsides), centres.shape[0], u.shape[0]);
        var scores = MatrixProduct.Forward(v.index_select(0, centres), u.t());
        var loss = SoftmaxCrossEntropy.Forward(scores.Y, outsides, reduction);
        return new(loss.Y, new(centres, scores.Saved, loss.Saved));
    }

    /// <summary>du, V×d, and the rows of dv.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var scores = MatrixProduct.Backward(SoftmaxCrossEntropy.Backward(dy, saved.Loss).DLogits, saved.Scores);
        return new(scores.DW.t(), SparseRows.Accumulate(saved.Centres, scores.DX));
    }

    /// <summary>p(o|c) of every word o of the vocabulary beside each of these centres, N×V.</summary>
    public static Tensor Probabilities(Tensor u, Tensor v, Tensor centres) =>
        Softmax.Forward(MatrixProduct.Forward(v.index_select(0, centres), u.t()).Y).Y;
}
