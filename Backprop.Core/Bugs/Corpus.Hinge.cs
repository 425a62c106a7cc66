using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> HingeBugs() =>
    [
        Hinge("SVM-01", CauseCode.MissingTerm, "the true class gets nothing", x => Open(x)),
        Hinge("SVM-02", CauseCode.MissingFactor, "the true class gets −1 where minus the number of open margins is meant", x => Open(x) - TrueClass(x) * Open(x).amax([1L], true))
            with { AlsoAccepted = [CauseCode.Mask, CauseCode.MissingTerm] },
        Hinge("SVM-04", CauseCode.Scale, "1/N missing", x => Slope(x, Open(x)) * x[0].shape[0]),
        Hinge("SVM-05", CauseCode.Mask, "the margins themselves in place of the gate: the squared hinge's", x => Slope(x, Margins(x).relu())) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Hinge("SVM-07", CauseCode.Mask, "only the worst of the open margins counts", x => Slope(x, Open(x) * Gate(Margins(x).eq(Margins(x).amax([1L], true)), x[0])))
            with { AlsoAccepted = [CauseCode.MissingTerm] },
        Hinge("SVM-08", CauseCode.Sign, "the sign is lost", x => -Slope(x, Open(x))),
        Hinge("SVM-10", CauseCode.Mask, "no gate: every wrong class pushes", x => Slope(x, 1 - TrueClass(x))),

        Hinge("SVM-51", CauseCode.Scale, "1/C in place of 1/N", x => Slope(x, Open(x)) * x[0].shape[0] / x[0].shape[1]),
        Hinge("SVM-52", CauseCode.Scale, "divided by the number of classes too, as some libraries do", x => Slope(x, Open(x)) / x[0].shape[1]),
        Hinge("SVM-53", CauseCode.Mask, "the gate looks at the scores, not at the margins", x => Slope(x, Gate(x[0].gt(0), x[0]) * (1 - TrueClass(x)))),
        Hinge("SVM-54", CauseCode.Mask, "the gate forgets the margin of 1", x => Slope(x, Gate((Margins(x) - 1).gt(0), x[0]) * (1 - TrueClass(x)))),
        Hinge("SVM-55", CauseCode.Mask, "the gate is inverted", x => Slope(x, (1 - Open(x)) * (1 - TrueClass(x)))),
        Hinge("SVM-56", CauseCode.ExtraTerm, "the true class is counted among those that violate its margin", x => Slope(x, Open(x)) - TrueClass(x)),
        Elsewhere("SVM-57", MultiClassHingeMean, CauseCode.CotangentIgnored, "dy is not looked at", (dy, _) => torch.ones_like(dy)),
        Hinge("SVM-58", CauseCode.Mask, "the gate has its difference the wrong way round", x => Slope(x, Gate((2 - Margins(x)).gt(0), x[0]) * (1 - TrueClass(x)))),
        Elsewhere("SVM-59", MultiClassHingeMean, CauseCode.WrongArgument, "labels are taken to count from 1", (dy, _) => dy, (_, x) => [x[0], (x[1] + x[0].shape[1] - 1).remainder(x[0].shape[1])])
            with { AlsoAccepted = [CauseCode.Shifted] },
        Hinge("SVM-60", CauseCode.Scale, "divided by N in the loss and again in the gradient", x => Slope(x, Open(x)) / x[0].shape[0]),
        Hinge("SVM-61", CauseCode.Coupling, "the true class counts the open margins of the whole batch", x => Open(x) - TrueClass(x) * Open(x).sum()),
        Hinge("SVM-62", CauseCode.ExtraFactor, "the true class takes the mean of its margins in place of their number", x => Open(x) - TrueClass(x) * Open(x).sum(1L, keepdim: true) / x[0].shape[1])
            with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.Scale] },
        Stale("SVM-63", MultiClassHingeMean, "the gate is that of the scores before", 0, 0, (dy, x) => MultiClassHingeMean.Backward(dy, x)[0]),
        Hinge("SVM-64", CauseCode.Mask, "rows whose true class has the greatest score get nothing, as in a perceptron",
            x => Slope(x, Open(x)) * (1 - (TrueClass(x) * Gate(x[0].eq(x[0].amax([1L], true)), x[0])).sum(1L, keepdim: true))),
        Hinge("SVM-65", CauseCode.Sign, "the true class is pushed down with the others", x => Open(x) + TrueClass(x) * Open(x).sum(1L, keepdim: true)) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Hinge("SVM-66", CauseCode.MissingTerm, "only the true class gets a gradient", x => Slope(x, Open(x)) * TrueClass(x)) with { AlsoAccepted = [CauseCode.Mask] },
        Hinge("SVM-67", CauseCode.ExtraFactor, "the gradient of the squared hinge, with its 2", x => Slope(x, Margins(x).relu()) * 2) with { AlsoAccepted = [CauseCode.Mask] },
        Elsewhere("SVM-68", MultiClassHingeSum, CauseCode.Scale, "divided by N though the forward pass sums", (dy, x) => dy / x[0].shape[0]),
        Elsewhere("SVM-69", MultiClassHingeSum, CauseCode.Zero, "the gate is closed for good", (dy, _) => torch.zeros_like(dy)),
    ];

    private static IReadOnlyList<Bug> RegularisedBugs() =>
    [
        Regularised("REG-01", CauseCode.MissingTerm, "λ w where 2λ w is meant", (dy, w, n) => dy * -HingeLambda * w),
        Regularised("REG-02", CauseCode.MissingTerm, "the regulariser has no gradient", (dy, w, n) => dy * (-2 * HingeLambda) * w),
        Regularised("REG-04", CauseCode.MissingTerm, "2λ w / N, though the regulariser is outside the mean", (dy, w, n) => dy * (2 * HingeLambda) * w * (1.0 / n - 1)),
        Gradient("REG-05", HingeL2, CauseCode.ExtraTerm, "the bias is regularised too, whatever dy is", 2, (dy, x) => HingeL2.Backward(dy, x)[2] + x[2] * (2 * HingeLambda))
            with { AlsoAccepted = [CauseCode.NotLinear] },
        Regularised("REG-07", CauseCode.MissingFactor, "the number 2λ is added where 2λ w is meant", (dy, w, n) => dy * (2 * HingeLambda) * (1 - w)) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.MissingTerm] },
        Regularised("REG-08", CauseCode.NotLinear, "the regulariser's gradient is not multiplied by dy", (dy, w, n) => (1 - dy) * (2 * HingeLambda) * w) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraTerm, CauseCode.MissingTerm] },
        Regularised("REG-10", CauseCode.ExtraTerm, "the regulariser's gradient is added once a row", (dy, w, n) => dy * (2 * HingeLambda) * w * (n - 1)) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Gradient("REG-11", HingeL2, CauseCode.Scale, "all of dw is divided by N again, the regulariser's part too", 1, (dy, x) => HingeL2.Backward(dy, x)[1] / x[0].shape[0]),

        Regularised("REG-51", CauseCode.MissingTerm, "λ is squared", (dy, w, n) => dy * (2 * HingeLambda) * w * (HingeLambda - 1)),
        Regularised("REG-52", CauseCode.MissingTerm, "the regulariser's gradient is taken away where it is to be added", (dy, w, n) => dy * (-4 * HingeLambda) * w) with { AlsoAccepted = [CauseCode.ExtraTerm, CauseCode.Sign] },
        Regularised("REG-53", CauseCode.ExtraFactor, "2λ w²", (dy, w, n) => dy * (2 * HingeLambda) * (w * w - w)) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Regularised("REG-54", CauseCode.WrongArgument, "λ sign(w): the other regulariser's", (dy, w, n) => dy * HingeLambda * (w.sign() - 2 * w)) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Gradient("REG-55", HingeL2, CauseCode.ExtraTerm, "dx is regularised", 0, (dy, x) => HingeL2.Backward(dy, x)[0] + dy * (2 * HingeLambda) * x[0]),
        Gradient("REG-56", HingeL2, CauseCode.ExtraTerm, "db is regularised", 2, (dy, x) => HingeL2.Backward(dy, x)[2] + dy * (2 * HingeLambda) * x[2]),
        Gradient("REG-57", HingeL2, CauseCode.MissingTerm, "dw is the regulariser's alone", 1, (dy, x) => dy * (2 * HingeLambda) * x[1]),
        Regularised("REG-58", CauseCode.MissingTerm, "the gradient of λ times the norm, not of its square", (dy, w, n) => dy * HingeLambda * w * (1 / w.norm() - 2)) with { AlsoAccepted = [CauseCode.ExtraTerm, CauseCode.ExtraFactor] },
        Gradient("REG-59", HingeL2, CauseCode.Scale, "db is averaged over the rows once more", 2, (dy, x) => HingeL2.Backward(dy, x)[2] / x[0].shape[0]),
        Regularised("REG-60", CauseCode.MissingTerm, "2λ w divided by the number of weights", (dy, w, n) => dy * (2 * HingeLambda) * w * (1.0 / w.numel() - 1)),
        Gradient("REG-61", HingeL2, CauseCode.Scale, "1/N of the mean is missing in dx", 0, (dy, x) => HingeL2.Backward(dy, x)[0] * x[0].shape[0]),
        Regularised("REG-62", CauseCode.MissingTerm, "the regulariser is not applied to the last column of w", (dy, w, n) => dy * (-2 * HingeLambda) * w * Gate(Places(w.shape[1], w).eq(w.shape[1] - 1), w))
            with { AlsoAccepted = [CauseCode.Mask] },
        Bug.Of("REG-63", HingeL2, CauseCode.ExtraTerm, "everything decays, not w alone", (dy, x) =>
            HingeL2.Backward(dy, x) is var g ? [g[0] + dy * (2 * HingeLambda) * x[0], g[1], g[2] + dy * (2 * HingeLambda) * x[2]] : []),
        Gradient("REG-64", HingeL2, CauseCode.Mask, "the margins in dx have no gate", 0, (dy, x) => (dy / x[0].shape[0] * (1 - TrueClass(Scored(x)) * x[1].shape[1])).mm(x[1].t())),
        Gradient("REG-65", HingeL2, CauseCode.WrongArgument, "the gate in dw is of scores without their bias", 1, (dy, x) => HingeL2.Backward(dy, [x[0], x[1], torch.zeros_like(x[2]), x[3]])[1]) with { AlsoAccepted = [CauseCode.Mask] },
    ];

    /// <summary>A wrong slope of the losses' mean, from scores and labels.</summary>
    private static Bug Hinge(string id, string cause, string summary, Func<IReadOnlyList<Tensor>, Tensor> slope) =>
        Bug.Of(id, MultiClassHingeMean, cause, summary, (dy, x) => [dy / x[0].shape[0] * slope(x)]);

    /// <summary>dw with something added: from dy, w and N.</summary>
    private static Bug Regularised(string id, string cause, string summary, Func<Tensor, Tensor, long, Tensor> added) =>
        Gradient(id, HingeL2, cause, summary, 1, (dy, x) => HingeL2.Backward(dy, x)[1] + added(dy, x[1], x[0].shape[0]));

    private static IReadOnlyList<Tensor> Scored(IReadOnlyList<Tensor> x) => [x[0].mm(x[1]) + x[2], x[3]];

    private static Tensor TrueClass(IReadOnlyList<Tensor> x) => Rules.OneHot.Of(x[1], x[0].shape[1], x[0].dtype);

    /// <summary>The margins of the wrong classes; 0 in the place of the true one.</summary>
    private static Tensor Margins(IReadOnlyList<Tensor> x) => (x[0] - x[0].gather(1, x[1].unsqueeze(1)) + 1) * (1 - TrueClass(x));

    /// <summary>1 where a wrong class violates its margin.</summary>
    private static Tensor Open(IReadOnlyList<Tensor> x) => Gate(Margins(x).gt(0), x[0]);

    /// <summary>What each wrong class gets, and the true class minus their sum.</summary>
    private static Tensor Slope(IReadOnlyList<Tensor> x, Tensor pushes) => pushes - TrueClass(x) * pushes.sum(1L, keepdim: true);
}
