using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Linear softmax classification of word vectors: f = Wx, P(y | x) = e^(f_y) / Σ_c e^(f_c), J = (1/N) Σ_i −log P(y_i | x_i) + λ Σ W².</summary>
/// <remarks>
/// Shapes: W: C×d, X: N×d, one word vector a row, labels: N (int64), λ: a plain number ≥ 0 → J: scalar.
/// Backward: dF = dJ · (P − Y) / N; dW = dFᵀX + dJ · 2λW; dX = dF · W, that is −(W_y − Σ_c p_c W_c) / N for each word.
/// Edges: those of <see cref="SoftmaxCrossEntropy"/>; the mean over no example is undefined and refused.
/// Source: notes 004, lines 240–254, 640–680 and 845–857.
/// </remarks>
public static class LinearSoftmax
{
    /// <summary>What the product, the loss and the penalty need.</summary>
    public sealed record Saved(MatrixProduct.Saved Product, SoftmaxCrossEntropy.Saved Loss, L2Penalty.Saved Penalty);

    /// <summary>The gradients with respect to W and the word vectors.</summary>
    public sealed record Grads(Tensor DW, Tensor DX);

    /// <summary>J, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">w or x is no floating-point matrix, their columns, dtypes or devices differ, labels are not N of int64, or there is no class or no example.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or lambda is negative, infinite or NaN.</exception>
    public static Primal<Saved> Forward(Tensor w, Tensor x, Tensor labels, double lambda)
    {
        var f = Scores(w, x);
        if (w.shape[0] == 0) throw new ArgumentException($"w: expected at least one class, a row each, got shape {Expect.Show(w.shape)}.", nameof(w));
        Expect.Labels(labels, nameof(labels), x.shape[0], w.shape[0]);
        _ = BatchReduction.Mean.Factor(x, nameof(x));
        var loss = SoftmaxCrossEntropy.Forward(f.Y, labels, BatchReduction.Mean);
        var penalty = L2Penalty.Forward(w, lambda);
        return new(loss.Y + penalty.Y, new(f.Saved, loss.Saved, penalty.Saved));
    }

    /// <summary>dW, C×d, and dX, N×d.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var product = MatrixProduct.Backward(SoftmaxCrossEntropy.Backward(dy, saved.Loss).DLogits, saved.Product);
        return new(product.DW.t() + L2Penalty.Backward(dy, saved.Penalty).DTheta, product.DX);
    }

    /// <summary>P(y | x) of each row, N×C.</summary>
    public static Tensor Probabilities(Tensor w, Tensor x) => Softmax.Forward(Scores(w, x).Y).Y;

    /// <summary>f = Wx for each word vector: XWᵀ, N×C.</summary>
    private static Primal<MatrixProduct.Saved> Scores(Tensor w, Tensor x)
    {
        Expect.Form(w, nameof(w), "C×d");
        Expect.Form(x, nameof(x), "N×d");
        Expect.SameKind(x, nameof(x), w, nameof(w));
        Expect.Size(x, nameof(x), 1, w.shape[1], "the columns of w");
        return MatrixProduct.Forward(x, w.t());
    }
}
