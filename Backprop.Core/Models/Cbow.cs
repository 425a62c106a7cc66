using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Which gradient the words of a context get.</summary>
public enum CbowGradient
{
    /// <summary>The derivative: each of the C words gets 1/C of the mean's gradient.</summary>
    Exact,

    /// <summary>As word2vec.c does it: each word gets the whole gradient of the mean, which is C times the derivative.</summary>
    Word2VecC,
}

/// <summary>Continuous bag of words: the mean of the words around predicts the word in the middle, J = −Σ log softmax(U h)_c, h = (1/C) Σ_k v_(o_k).</summary>
/// <remarks>
/// Shapes: u: V×d, v: V×d, contexts: N×C (int64), centres: N (int64) → J: scalar.
/// Backward: as for <see cref="SkipGram"/> with h in place of v_c, and dv_(o_k) = dh / C, added up over every place where the word stands.
/// Edges: a word that comes twice in a context gets its share twice; a context of no words has no mean and is refused.
/// Source: notes 004, lines 177–180 and 201–204 ("Avg all outside words &amp; predict center word"); word2vec.c for the other gradient.
/// </remarks>
public static class Cbow
{
    /// <summary>The contexts, and what the scores and the loss need.</summary>
    public sealed record Saved(Tensor Contexts, MatrixProduct.Saved Scores, SoftmaxCrossEntropy.Saved Loss);

    /// <summary>The gradients with respect to u, V×d, and v, of which only the rows of the contexts are there.</summary>
    public sealed record Grads(Tensor DU, SparseRows DV);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">u or v is no floating-point matrix, the two differ in shape, dtype or device, contexts are not N×C of int64 with C ≥ 1, or centres not N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The id of a word is out of range.</exception>
    public static Primal<Saved> Forward(Tensor u, Tensor v, Tensor contexts, Tensor centres, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(u, nameof(u), "V×d");
        Expect.Same(v, nameof(v), u, nameof(u));
        Expect.IndexRows(contexts, nameof(contexts), "N×C", 1, v.shape[0]);
        Expect.Labels(centres, nameof(centres), contexts.shape[0], u.shape[0]);
        var around = v.index_select(0, contexts.flatten()).reshape([.. contexts.shape, v.shape[1]]);
        var scores = MatrixProduct.Forward(around.mean([1L]), u.t());
        var loss = SoftmaxCrossEntropy.Forward(scores.Y, centres, reduction);
        return new(loss.Y, new(contexts, scores.Saved, loss.Saved));
    }

    /// <summary>du, V×d, and the rows of dv.</summary>
    public static Grads Backward(Tensor dy, Saved saved, CbowGradient gradient = CbowGradient.Exact)
    {
        var scores = MatrixProduct.Backward(SoftmaxCrossEntropy.Backward(dy, saved.Loss).DLogits, saved.Scores);
        var (n, c) = (saved.Contexts.shape[0], saved.Contexts.shape[1]);
        var share = gradient switch
        {
            CbowGradient.Exact => scores.DX / c,
            CbowGradient.Word2VecC => scores.DX,
            _ => throw new ArgumentOutOfRangeException(nameof(gradient), gradient, "gradient: expected Exact or Word2VecC."),
        };
        var rows = share.unsqueeze(1).expand(n, c, share.shape[1]).reshape(n * c, share.shape[1]);
        return new(scores.DW.t(), SparseRows.Accumulate(saved.Contexts.flatten(), rows));
    }
}
