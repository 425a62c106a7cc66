using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Skip-gram with negative sampling: J = −Σ_n [log σ(u_oᵀv_c) + Σ_k log σ(−u_kᵀv_c)], tell the true neighbour from K drawn ones.</summary>
/// <remarks>
/// Shapes: u: V×d, v: V×d, centres: N (int64), outsides: N (int64), negatives: N×K (int64) → J: scalar.
/// Backward: with s = uᵀv for each pair, ds = dJ · (σ(s) − t), t = 1 for the outside word and 0 for a negative; by <see cref="SigmoidCrossEntropy"/>; then as for <see cref="PairProduct"/>.
/// Edges: finite at any scores; a negative drawn twice counts twice, one that is the outside word too gets both gradients; K = 0 is the first term alone.
/// Source: notes 004, lines 169–173 and 193–197, which name it; Mikolov et al., Distributed Representations of Words and Phrases (2013), equation 4.
/// </remarks>
public static class NegativeSampling
{
    /// <summary>What the scores and the loss need.</summary>
    public sealed record Saved(PairProduct.Saved Scores, SigmoidCrossEntropy.Saved Loss);

    /// <summary>The gradients with respect to u and v: the rows of the words that occur, no others.</summary>
    public sealed record Grads(SparseRows DU, SparseRows DV);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point matrix, the two differ in shape, dtype or device, or the ids have other shapes than N, N and N×K of int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The id of a word is out of range.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor centres, Tensor outsides, Tensor negatives, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(u, nameof(u), "V×d");
        Expect.Same(v, nameof(v), u, nameof(u));
        Expect.Indices(centres, nameof(centres), v.shape[0]);
        Expect.Labels(outsides, nameof(outsides), centres.shape[0], u.shape[0]);
        Expect.IndexRows(negatives, nameof(negatives), "N×K", 0, u.shape[0]);
        Expect.Size(negatives, nameof(negatives), 0, centres.shape[0], "one row for each centre");
        _ = reduction.Factor(centres, nameof(centres));
        var words = torch.cat([outsides.unsqueeze(1), negatives], 1);
        var truth = torch.cat([torch.ones_like(outsides.unsqueeze(1)), torch.zeros_like(negatives)], 1).to_type(u.dtype);
        var scores = PairProduct.Forward(u, v, words.flatten(), centres.unsqueeze(1).expand(words.shape).flatten());
        var loss = SigmoidCrossEntropy.Forward(scores.Y.reshape(words.shape), truth, reduction);
        return new(loss.Y, new(scores.Saved, loss.Saved));
    }

    /// <summary>The rows of du and those of dv.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var scores = PairProduct.Backward(SigmoidCrossEntropy.Backward(dy, saved.Loss).DLogits.flatten(), saved.Scores);
        return new(scores.DU, scores.DV);
    }
}
