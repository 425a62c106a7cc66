using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Wide enough that some probabilities come near 0 and 1.</summary>
    private static IReadOnlyList<Input> WideLogits => [Input.Range("logits", -4, 4, "N", "C"), Input.Labels("target", "N", "C")];

    private static IReadOnlyList<Bug> CrossEntropyBugs() =>
    [
        OfMean("CEN-01", CauseCode.Scale, "dy (p − Y): 1/N is missing", (dy, p, y) => dy * (p - y) * y.shape[0]),
        OfMean("CEN-02", CauseCode.Scale, "(p − Y) / N²: divided in the loss and once more", (dy, p, y) => dy * (p - y) / y.shape[0]),
        OfMean("CEN-04", CauseCode.Sign, "(p + Y) / N", (dy, p, y) => dy * (p + y)),
        OfMean("CEN-05", CauseCode.Sign, "(Y − p) / N", (dy, p, y) => dy * (y - p)),
        OfMean("CEN-07", CauseCode.CotangentIgnored, "(p − Y) / N, without dy", (_, p, y) => (p - y) / y.shape[0]),
        OfMean("CEN-08", CauseCode.WrongArgument, "softmax applied twice", (dy, p, y) => dy * (F.softmax(p, -1) - y)),
        OfMean("CEN-10", CauseCode.ExtraFactor, "(p − Y) p (1 − p) / N: the derivative of a squared error's sigmoid", (dy, p, y) => dy * (p - y) * p * (1 - p)),
        Gradient("CEN-11", CrossEntropyWeighted, CauseCode.Scale, "divided by N instead of the sum of the weights", 0,
            (dy, x) => x[2].index_select(0, x[1]) is var w ? dy * w.unsqueeze(1) * FromLabels(x) / x[0].shape[0] : dy),
        Gradient("CEN-13", CrossEntropyIgnoring, CauseCode.Mask, "an ignored row still gets p / N_kept", 0,
            (dy, x) => dy * (F.softmax(x[0], -1) - Targets(x[0], x[1].clamp_min(0)) * Kept(x).unsqueeze(1)) / KeptCount(x)),
        Gradient("CEN-14", SmoothedCrossEntropy, CauseCode.MissingTerm, "p − Y: the labels are not smoothed in the backward pass", 0, (dy, x) => dy * FromLabels(x) / x[0].shape[0])
            with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("CEN-16", CrossEntropyByRow, CauseCode.Zero, "zeros", 0, (_, x) => torch.zeros_like(x[0])),
        OfMean("CEN-17", CauseCode.Shifted, "labels are taken to count from 1: Y is off by one class", (dy, p, y) => dy * (p - y.roll(-1, 1))) with { AlsoAccepted = [CauseCode.WrongArgument] },
        OfMean("CEN-19", CauseCode.Scale, "divided by C instead of N", (dy, p, y) => dy * (p - y) * y.shape[0] / y.shape[1]),
        .. FurtherCrossEntropyBugs(),
        .. CrossEntropyVariantBugs(),
    ];

    private static IReadOnlyList<Bug> FurtherCrossEntropyBugs() =>
    [
        OfMean("CEN-51", CauseCode.MissingTerm, "p / N: Y is missing", (dy, p, _) => dy * p),
        OfMean("CEN-52", CauseCode.MissingTerm, "−Y / N: p is missing", (dy, _, y) => -dy * y),
        OfMean("CEN-53", CauseCode.MissingFactor, "−Y / (N p): the gradient of p, softmax's Jacobian missing", (dy, p, y) => -dy * y / p),
        Gradient("CEN-54", CrossEntropyMean, CauseCode.Axis, "softmax down the columns", 0, (dy, x) => dy * (F.softmax(x[0], 0) - Targets(x[0], x[1])) / x[0].shape[0]),
        Gradient("CEN-55", CrossEntropyMean, CauseCode.MissingFactor, "e^x − Y: not normalised", 0, (dy, x) => dy * (x[0].exp() - Targets(x[0], x[1])) / x[0].shape[0]) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("CEN-56", CrossEntropyMean, CauseCode.WrongArgument, "x − Y: the logits where the probabilities are meant", 0, (dy, x) => dy * (x[0] - Targets(x[0], x[1])) / x[0].shape[0]),
        OfMean("CEN-57", CauseCode.WrongArgument, "log p − Y", (dy, p, y) => dy * (p.log() - y)),
        OfMean("CEN-58", CauseCode.Approximate, "p is clamped to 0.01 … 0.99", (dy, p, y) => dy * (p.clamp(0.01, 0.99) - y)) with { Inputs = WideLogits },
        Gradient("CEN-59", CrossEntropySum, CauseCode.Scale, "divided by N, though the forward pass takes a sum", 0, (dy, x) => dy * FromLabels(x) / x[0].shape[0]),
        Gradient("CEN-60", CrossEntropySum, CauseCode.Scale, "divided by C", 0, (dy, x) => dy * FromLabels(x) / x[0].shape[1]),
        OfMean("CEN-61", CauseCode.Scale, "divided by N C: the mean of all entries", (dy, p, y) => dy * (p - y) / y.shape[1]),
        OfMean("CEN-62", CauseCode.Mask, "only the column of the label gets a gradient", (dy, p, y) => dy * (p - y) * y) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingTerm] },
        OfMean("CEN-63", CauseCode.Mask, "the column of the label gets none", (dy, p, y) => dy * p * (1 - y)) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingTerm] },
        OfMean("CEN-64", CauseCode.WrongArgument, "the likeliest class in place of the label", (dy, p, y) => dy * (p - Targets(p, p.argmax(-1L)))),
        OfMean("CEN-65", CauseCode.WrongArgument, "the label of the row before", (dy, p, y) => dy * (p - y.roll(1, 0))) with { AlsoAccepted = [CauseCode.Shifted, CauseCode.Coupling] },
        OfMean("CEN-66", CauseCode.ExtraFactor, "(p − Y) p / N", (dy, p, y) => dy * (p - y) * p),
        OfMean("CEN-67", CauseCode.ExtraFactor, "softmax's Jacobian is applied to p − Y: the chain rule twice", (dy, p, y) => dy * p * (p - y - ((p - y) * p).sum(-1L, keepdim: true))),
        Accumulating("CEN-68", CrossEntropyMean, "dlogits is added to that of the call before", 0),
        Bug.Of("CEN-69", CrossEntropyMean, CauseCode.InputMutated, "the greatest logit is taken away from the logits in their place", (dy, x) =>
        {
            var right = CrossEntropyMean.Backward(dy, x);
            x[0].sub_(x[0].amax([-1L], true));
            return right;
        }),
        Changed("CEN-70", CrossEntropyMean, CauseCode.Count, "a gradient is returned for the labels too", (d, x) => [d[0], torch.zeros_like(x[1], d[0].dtype)]),
        Changed("CEN-71", CrossEntropyMean, CauseCode.Dtype, "dlogits comes in float32", (d, _) => [d[0].to_type(torch.float32)]),
        OfMean("CEN-72", CauseCode.Mask, "no gradient where the label has already more than ½", (dy, p, y) => dy * (p - y) * Gate((p * y).sum(-1L, keepdim: true).le(0.5), p)) with { Inputs = WideLogits, AlsoAccepted = [CauseCode.ExtraFactor] },
        OfMean("CEN-73", CauseCode.Shifted, "Y is off by one class, the other way", (dy, p, y) => dy * (p - y.roll(1, 1))) with { AlsoAccepted = [CauseCode.WrongArgument] },
        OfMean("CEN-74", CauseCode.NotLinear, "dy is multiplied in twice", (dy, p, y) => dy * dy * (p - y) * y.shape[0]) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        OfMean("CEN-75", CauseCode.NotLinear, "dy is added where it is to be multiplied", (dy, p, y) => dy + (p - y) / y.shape[0]),
        OfMean("CEN-76", CauseCode.Sign, "−(p + Y) / N", (dy, p, y) => -dy * (p + y)),
        OfMean("CEN-77", CauseCode.Approximate, "e^x from a float32 table on the way", (dy, p, y) => dy * (p.to_type(torch.float32).to_type(p.dtype) - y)) with { AlsoAccepted = [CauseCode.Precision] },
        OfMean("CEN-78", CauseCode.Coupling, "every row gets the mean gradient of the batch", (dy, p, y) => dy * (p - y).mean([0L], true).expand(p.shape)) with { AlsoAccepted = [CauseCode.Axis] },
        Stale("CEN-79", CrossEntropyMean, "p is that of the call before", 0, 0, (dy, x) => dy * FromLabels(x) / x[0].shape[0]),
        OfMean("CEN-80", CauseCode.WrongArgument, "p² − Y", (dy, p, y) => dy * (p * p - y)) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Changed("CEN-81", CrossEntropyMean, CauseCode.Transpose, "dlogits comes transposed", (d, _) => [d[0].t()]) with { AlsoAccepted = [CauseCode.Shape] },
        OfMean("CEN-82", CauseCode.WrongArgument, "all other classes are taken to be labels: p − (1 − Y)", (dy, p, y) => dy * (p - (1 - y))) with { AlsoAccepted = [CauseCode.Mask] },
        OfMean("CEN-83", CauseCode.Scale, "2 (p − Y) / N: as if it were squared", (dy, p, y) => dy * 2 * (p - y)),
        OfMean("CEN-84", CauseCode.Duplicates, "only the last row of the batch is left", (dy, p, y) => torch.zeros_like(p) is var zeros
            ? torch.cat([zeros.narrow(0, 1, p.shape[0] - 1), (dy * (p - y)).narrow(0, p.shape[0] - 1, 1)], 0) : dy) with { AlsoAccepted = [CauseCode.Mask, CauseCode.Zero] },
    ];

    private static IReadOnlyList<Bug> CrossEntropyVariantBugs() =>
    [
        Gradient("CEN-85", CrossEntropyWeighted, CauseCode.MissingFactor, "the weights are missing", 0, (dy, x) => dy * FromLabels(x) / x[0].shape[0]),
        Gradient("CEN-86", CrossEntropyWeighted, CauseCode.WrongArgument, "each column has its own weight, not that of the label", 0,
            (dy, x) => dy * x[2] * FromLabels(x) / x[2].index_select(0, x[1]).sum()),
        Gradient("CEN-87", CrossEntropyWeighted, CauseCode.Scale, "not divided by the sum of the weights", 0, (dy, x) => dy * x[2].index_select(0, x[1]).unsqueeze(1) * FromLabels(x)),
        Gradient("CEN-88", CrossEntropyWeighted, CauseCode.MissingFactor, "p − w Y: p is not weighted", 0,
            (dy, x) => dy * (F.softmax(x[0], -1) - x[2] * Targets(x[0], x[1])) / x[2].index_select(0, x[1]).sum()),
        Gradient("CEN-89", CrossEntropyWeighted, CauseCode.Scale, "divided by the weights of all classes, not of the labels that occur", 0,
            (dy, x) => dy * x[2].index_select(0, x[1]).unsqueeze(1) * FromLabels(x) / x[2].sum()),
        Gradient("CEN-90", CrossEntropyIgnoring, CauseCode.Scale, "divided by N instead of the rows that are kept", 0,
            (dy, x) => dy * Kept(x).unsqueeze(1) * FromKeptLabels(x) / x[0].shape[0]),
        Gradient("CEN-91", CrossEntropyIgnoring, CauseCode.Mask, "an ignored row is taken for class 0", 0, (dy, x) => dy * FromKeptLabels(x) / KeptCount(x)),
        Gradient("CEN-92", CrossEntropyIgnoring, CauseCode.Mask, "the mask is inverted: only ignored rows get a gradient", 0, (dy, x) => dy * (1 - Kept(x)).unsqueeze(1) * FromKeptLabels(x) / KeptCount(x)),
        Gradient("CEN-93", SmoothedCrossEntropy, CauseCode.WrongArgument, "ε is shared by the other classes alone", 0,
            (dy, x) => Targets(x[0], x[1]) is var y ? dy * (F.softmax(x[0], -1) - y * (1 - Smoothing) - (1 - y) * Smoothing / (y.shape[1] - 1)) / y.shape[0] : dy)
            with { AlsoAccepted = [CauseCode.ExtraTerm, CauseCode.MissingTerm, CauseCode.Approximate] },
        Gradient("CEN-94", SmoothedCrossEntropy, CauseCode.WrongArgument, "p is smoothed instead of the labels", 0,
            (dy, x) => dy * (F.softmax(x[0], -1) * (1 - Smoothing) + Smoothing / x[0].shape[1] - Targets(x[0], x[1])) / x[0].shape[0]),
        Gradient("CEN-95", SmoothedCrossEntropy, CauseCode.MissingTerm, "(1 − ε) Y without ε/C", 0, (dy, x) => dy * (F.softmax(x[0], -1) - Targets(x[0], x[1]) * (1 - Smoothing)) / x[0].shape[0]),
        Gradient("CEN-96", SmoothedCrossEntropy, CauseCode.Scale, "1/N is missing", 0, (dy, x) => dy * (F.softmax(x[0], -1) - Smooth(x))),
        Gradient("CEN-97", CrossEntropyByRow, CauseCode.Scale, "divided by N, though each row has its own loss", 0, (dy, x) => dy.unsqueeze(1) * FromLabels(x) / x[0].shape[0]),
        Gradient("CEN-98", CrossEntropyByRow, CauseCode.Coupling, "the mean of dy for every row", 0, (dy, x) => dy.mean() * FromLabels(x)),
        Gradient("CEN-99", CrossEntropyByRow, CauseCode.CotangentIgnored, "p − Y, without dy", 0, (_, x) => FromLabels(x)),
        Gradient("CEN-100", CrossEntropyByRow, CauseCode.Coupling, "the sum of dy for every row", 0, (dy, x) => dy.sum() * FromLabels(x)) with { AlsoAccepted = [CauseCode.Axis] },
        Gradient("CEN-101", CrossEntropyTemperature, CauseCode.Scale, "1/T is missing", 0, (dy, x) => dy * Heated(x) / x[0].shape[0]) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Gradient("CEN-102", CrossEntropyTemperature, CauseCode.WrongArgument, "softmax(x) where softmax(x / T) is meant", 0, (dy, x) => dy * FromLabels(x) / (x[0].shape[0] * Temperature)),
        Gradient("CEN-103", CrossEntropyTemperature, CauseCode.Scale, "times T, as a distillation's T² leaves it", 0, (dy, x) => dy * Heated(x) * Temperature / x[0].shape[0]),
        Gradient("CEN-104", CrossEntropyDistributions, CauseCode.WrongArgument, "the likeliest class of the target in place of the target", 0,
            (dy, x) => dy * (F.softmax(x[0], -1) - Targets(x[0], x[1].argmax(-1L)))) with { Inputs = [Input.Real("logits", "N", "C"), Input.Probabilities("target", "N", "C").NoGradient()] },
        Gradient("CEN-105", CrossEntropyDistributions, CauseCode.Sign, "t − p", 0, (dy, x) => dy * (x[1] - F.softmax(x[0], -1))),
        Gradient("CEN-106", CrossEntropyDistributionsMean, CauseCode.Scale, "1/N is missing", 0, (dy, x) => dy * (F.softmax(x[0], -1) - x[1])),
        Gradient("CEN-107", CrossEntropyDistributionsMean, CauseCode.ExtraFactor, "t (p − t) / N", 0, (dy, x) => dy * x[1] * (F.softmax(x[0], -1) - x[1]) / x[0].shape[0]),
    ];

    /// <summary>From the cotangent divided by N, the probabilities, and the one-hot labels.</summary>
    private static Bug OfMean(string id, string cause, string summary, Func<Tensor, Tensor, Tensor, Tensor> gradient) =>
        Gradient(id, CrossEntropyMean, cause, summary, 0, (dy, x) => gradient(dy / x[0].shape[0], F.softmax(x[0], -1), Targets(x[0], x[1])));

    private static Tensor Targets(Tensor like, Tensor labels) => Rules.OneHot.Of(labels, like.shape[1], like.dtype);

    private static Tensor FromLabels(IReadOnlyList<Tensor> x) => F.softmax(x[0], -1) - Targets(x[0], x[1]);

    private static Tensor FromKeptLabels(IReadOnlyList<Tensor> x) => F.softmax(x[0], -1) - Targets(x[0], x[1].clamp_min(0));

    private static Tensor Heated(IReadOnlyList<Tensor> x) => F.softmax(x[0] / Temperature, -1) - Targets(x[0], x[1]);
}
