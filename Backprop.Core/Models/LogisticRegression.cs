using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Logistic regression, two classes: P(1 | x) = σ(θᵀx), J = −Σ log P of the true classes, summed or averaged over the rows.</summary>
/// <remarks>
/// Shapes: X: N×D (a column of ones makes a bias), θ: D, labels: N of 0 and 1 (int64) → J: scalar.
/// Backward: r = dJ · (σ(Xθ) − label), divided by N for the mean; dθ = Xᵀr; dX = r θᵀ.
/// Edges: those of <see cref="SigmoidCrossEntropy"/>: finite at any finite logits.
/// Source: notes 004, lines 225–238 (sigmoid: 2-class classification, σ(θᵀx) = 1 / (1 + e^(−θᵀx))).
/// </remarks>
public static class LogisticRegression
{
    /// <summary>What the linear form and the loss need.</summary>
    public sealed record Saved(LinearForm.Saved Form, SigmoidCrossEntropy.Saved Loss);

    /// <summary>The gradients with respect to X and θ.</summary>
    public sealed record Grads(Tensor DX, Tensor DTheta);

    /// <summary>J, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">x is no floating-point matrix, theta has not one entry for each of its columns, labels are not N of int64, or the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static Primal<Saved> Forward(Tensor x, Tensor theta, Tensor labels, BatchReduction reduction = BatchReduction.Sum)
    {
        var logits = LinearRegression.Hypothesis(x, theta);
        Expect.Labels(labels, nameof(labels), x.shape[0], 2);
        _ = reduction.Factor(x, nameof(x));
        var loss = SigmoidCrossEntropy.Forward(logits.Y, labels.to_type(x.dtype), reduction);
        return new(loss.Y, new(logits.Saved, loss.Saved));
    }

    /// <summary>dX, N×D, and dθ, of size D.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var dLogits = SigmoidCrossEntropy.Backward(dy, saved.Loss).DLogits;
        var form = LinearForm.Backward(dLogits, saved.Form);
        return new(form.DA.t(), form.DX);
    }

    /// <summary>P(1 | x) of each row, of size N.</summary>
    public static Tensor Probabilities(Tensor x, Tensor theta) => Sigmoid.Forward(LinearRegression.Hypothesis(x, theta).Y).Y;

    /// <summary>The more probable class of each row, 0 or 1 (int64); 0 of equals.</summary>
    public static Tensor Predict(Tensor x, Tensor theta) => LinearRegression.Hypothesis(x, theta).Y.gt(0).to_type(torch.int64);
}
