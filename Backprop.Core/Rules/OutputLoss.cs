using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>What the output of a network is judged by.</summary>
public enum Loss
{
    /// <summary>−Σ t log softmax(θ): <see cref="Rules.SoftmaxCrossEntropy"/>, against labels or distributions.</summary>
    SoftmaxCrossEntropy,

    /// <summary>½ Σ (t − θ)²: <see cref="RegressionError"/>, against numbers.</summary>
    SquaredError,

    /// <summary>Σ max(0, θ_j − θ_y + 1): <see cref="MultiClassHinge"/>, against labels.</summary>
    Hinge,
}

/// <summary>A loss by name, on the output θ of a network, one example a row: L = the chosen loss of θ and the target, summed or averaged over the rows.</summary>
/// <remarks>
/// Shapes: output: N×C; target: N labels (int64), or N×C → L: scalar.
/// Backward: doutput as <see cref="SoftmaxCrossEntropy"/>, <see cref="RegressionError"/> and <see cref="MultiClassHinge"/> have it; divided by N for the mean.
/// Edges: those of the chosen loss; an empty batch has no mean.
/// Source: notes 004, lines 90–132 (cross-entropy), 669–670 ("squared error doesn't work well with NNs"); notes 000, lines 78–105 (hinge).
/// </remarks>
public static class OutputLoss
{
    /// <summary>What the chosen loss needs.</summary>
    public sealed record Saved(object Chosen);

    /// <summary>The gradient with respect to the output.</summary>
    public sealed record Grads(Tensor DOutput);

    /// <summary>The loss, a scalar (0-dimensional).</summary>
    /// <exception cref="ArgumentException">As for the chosen loss; the mean of an empty batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range, or loss is none of the three.</exception>
    public static Primal<Saved> Forward(Tensor output, Tensor target, Loss loss, BatchReduction reduction = BatchReduction.Sum)
    {
        Expect.Form(output, nameof(output), "N×C");
        switch (loss)
        {
            case Loss.SoftmaxCrossEntropy:
                var entropy = SoftmaxCrossEntropy.Forward(output, target, reduction);
                return new(entropy.Y, new(entropy.Saved));
            case Loss.SquaredError:
                var error = RegressionError.Forward(output, target, reduction == BatchReduction.Mean ? ErrorScale.HalfMean : ErrorScale.Half);
                return new(error.Y, new(error.Saved));
            case Loss.Hinge:
                var hinge = MultiClassHinge.Forward(output, target, reduction);
                return new(hinge.Y, new(hinge.Saved));
            default:
                throw new ArgumentOutOfRangeException(nameof(loss), loss, $"loss: expected {string.Join(", ", Enum.GetNames<Loss>())}, got {loss}.");
        }
    }

    /// <summary>doutput, N×C.</summary>
    public static Grads Backward(Tensor dy, Saved saved) => new(saved.Chosen switch
    {
        SoftmaxCrossEntropy.Saved entropy => SoftmaxCrossEntropy.Backward(dy, entropy).DLogits,
        RegressionError.Saved error => RegressionError.Backward(dy, error).DH,
        MultiClassHinge.Saved hinge => MultiClassHinge.Backward(dy, hinge).DScores,
        var other => throw new ArgumentException($"saved: expected what Forward saved, got {other?.GetType().Name ?? "null"}.", nameof(saved)),
    });
}
