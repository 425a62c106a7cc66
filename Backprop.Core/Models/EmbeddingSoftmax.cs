using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Linear softmax classification that learns its word vectors too: x_i = L[id_i], J = (1/N) Σ_i −log softmax(Wx_i)_(y_i) + λ (Σ W² + Σ L²).</summary>
/// <remarks>
/// Shapes: W: C×d, L: V×d, one word a row (the notes' columns), ids: N (int64), labels: N (int64), λ: a plain number ≥ 0 → J: scalar.
/// Backward: dW as in <see cref="LinearSoftmax"/>; dL = the sum of dx_i over the i that looked the word up, + dJ · 2λL for every word.
/// Edges: a word that comes twice gets both gradients; one that never comes only that of the penalty. No example is refused.
/// Source: notes 004, lines 433–437 and 682–699 (θ is W and all word vectors, in R^(Cd + |V|d)).
/// </remarks>
public static class EmbeddingSoftmax
{
    /// <summary>What the classifier and the penalty on L need, and which words were looked up.</summary>
    public sealed record Saved(LinearSoftmax.Saved Classifier, L2Penalty.Saved Penalty, Tensor Ids);

    /// <summary>The gradients with respect to W and L.</summary>
    public sealed record Grads(Tensor DW, Tensor DEmbeddings);

    /// <summary>J, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">w or embeddings is no floating-point matrix, their columns, dtypes or devices differ, ids or labels are not N of int64, or there is no class or no example.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id or a label is out of range, or lambda is negative, infinite or NaN.</exception>
    public static Primal<Saved> Forward(Tensor w, Tensor embeddings, Tensor ids, Tensor labels, double lambda)
    {
        Expect.Form(w, nameof(w), "C×d");
        Expect.Form(embeddings, nameof(embeddings), "V×d");
        Expect.SameKind(embeddings, nameof(embeddings), w, nameof(w));
        Expect.Size(embeddings, nameof(embeddings), 1, w.shape[1], "the columns of w");
        Expect.Indices(ids, nameof(ids), embeddings.shape[0]);
        var classifier = LinearSoftmax.Forward(w, embeddings.index_select(0, ids), labels, lambda);
        var penalty = L2Penalty.Forward(embeddings, lambda);
        return new(classifier.Y + penalty.Y, new(classifier.Saved, penalty.Saved, ids));
    }

    /// <summary>dW, C×d, and dL, V×d: dense, since the penalty touches every word.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var classifier = LinearSoftmax.Backward(dy, saved.Classifier);
        var shrinking = L2Penalty.Backward(dy, saved.Penalty).DTheta;
        return new(classifier.DW, shrinking.index_add(0, saved.Ids, classifier.DX, 1));
    }
}
