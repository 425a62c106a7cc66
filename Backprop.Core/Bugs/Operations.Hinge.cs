using Backprop.Rules;
using Backprop.Verify;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>The hinge and what is made of it.</summary>
    internal static IReadOnlyList<Operation> Hinges() => [MultiClassHingeSum, MultiClassHingeMean, HingeL2];

    /// <summary>Its λ: neither a size nor a power of 2, so that a factor that is lost shows.</summary>
    internal const double HingeLambda = 0.1;

    /// <summary>The multi-class hinge, summed over the rows.</summary>
    public static Operation MultiClassHingeSum { get; } = Rule("multi-class-hinge");

    /// <summary>The multi-class hinge, averaged over the rows.</summary>
    public static Operation MultiClassHingeMean { get; } = Rule("multi-class-hinge-mean");

    /// <summary>A linear classifier with the mean hinge and a regulariser on W alone.</summary>
    public static Operation HingeL2 { get; } = new()
    {
        Name = "hinge-l2",
        Summary = "J = (1/N) Σ_n Σ_(j≠y_n) max(0, s_nj − s_(n,y_n) + 1) + λ Σ W², s = xW + b",
        Inputs = [Input.Real("x", "N", "D"), Input.Real("w", "D", "C"), Input.Real("b", "C"), Input.Labels("labels", "N", "C")],
        // libtorch divides by the number of classes.
        Forward = x => F.multi_margin_loss(x[0].matmul(x[1]) + x[2], x[3]) * x[1].shape[1] + x[1].pow(2).sum() * HingeLambda,
        Backward = (dy, x) =>
        {
            var scores = Rules.Linear.Forward(x[0], x[1], x[2]);
            var data = Rules.Linear.Backward(Rules.MultiClassHinge.Backward(dy, Rules.MultiClassHinge.Forward(scores.Y, x[3], BatchReduction.Mean).Saved).DScores, scores.Saved);
            return [data.DX, data.DW + Rules.L2Penalty.Backward(dy, new(x[1], HingeLambda)).DTheta, data.DB];
        },
        Constants = [new("λ", HingeLambda)],
    };
}
