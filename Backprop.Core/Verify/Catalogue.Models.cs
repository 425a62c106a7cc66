using Backprop.Models;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    private static IReadOnlyList<Subject> Models() =>
    [
        // Logits of 10⁴ and more round by more than the probabilities can bear, so the model is not asked about extremes.
        Subject.Of("softmax-classifier", "J = −Σ log softmax(XW + b) of the true classes",
            [Input.Real("x", "N", "D"), Input.Real("w", "D", "C"), Input.Real("b", "C"), Input.Labels("target", "N", "C")],
            x => SoftmaxClassifier.Forward(x[0], x[1], x[2], x[3]),
            (dy, saved) => SoftmaxClassifier.Backward(dy, saved) is var g ? [g.DX, g.DW, g.DB] : [],
            x => F.cross_entropy(F.linear(x[0], x[1].t(), x[2]), x[3], reduction: torch.nn.Reduction.Sum)) with { Values = [Values.Ordinary, Values.Ties] },
    ];
}
