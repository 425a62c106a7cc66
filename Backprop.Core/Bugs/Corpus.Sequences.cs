using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> SequenceBugs() =>
    [
        Gradient("CNV-51", Convolution, CauseCode.Flipped, "dw comes mirrored", 1, (dy, x) => Filter(dy, x).flip(0)),
        // dx of a mirrored filter is no mirror image of dx.
        Gradient("CNV-52", Convolution, CauseCode.Flipped, "dx is made with the mirrored filter", 0, (dy, x) => Overlapped(dy, x[1].flip(0))) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("CNV-53", Convolution, CauseCode.Duplicates, "dx is assigned window by window: where they overlap the last is left", 0, (dy, x) => Pasted(dy, x)),
        Gradient("CNV-54", Convolution, CauseCode.Shifted, "dx is off by one position", 0, (dy, x) => Overlapped(dy, x[1]).roll(1, 1)),
        Gradient("CNV-55", Convolution, CauseCode.Scale, "dw is averaged over the rows", 1, (dy, x) => Filter(dy, x) / dy.shape[0]),
        Gradient("CNV-56", Convolution, CauseCode.Scale, "dw is averaged over rows and positions", 1, (dy, x) => Filter(dy, x) / dy.numel()),
        Gradient("CNV-57", Convolution, CauseCode.Scale, "db is averaged over rows and positions", 2, (dy, _) => dy.mean()),
        Gradient("CNV-58", Convolution, CauseCode.Duplicates, "dw of the last row alone", 1, (dy, x) => Filter(dy.narrow(0, dy.shape[0] - 1, 1), [x[0].narrow(0, dy.shape[0] - 1, 1), x[1]])),
        Gradient("CNV-59", Convolution, CauseCode.NotReduced, "db is not summed", 2, (dy, _) => dy) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("CNV-60", Convolution, CauseCode.Shape, "dx is as long as dy", 0, (dy, x) => Overlapped(dy, x[1]).narrow(1, 0, dy.shape[1])),
        Gradient("CNV-61", Convolution, CauseCode.CotangentIgnored, "dw without dy: the sums of the windows", 1, (dy, x) => Filter(torch.ones_like(dy), x)),
        Unary("POL-51", MaxPool, CauseCode.Mask, "dy to both of a window: no mask", (dy, x) => dy.unsqueeze(2).expand(Pairs(x).shape).reshape(x.shape)),
        Unary("POL-52", MaxPool, CauseCode.Mask, "dy to the smaller of a window", (dy, x) => (dy.unsqueeze(2) * (1 - Greatest(x))).reshape(x.shape)),
        Unary("POL-53", MaxPool, CauseCode.Mask, "½ dy to both of a window: the gradient of the mean", (dy, x) => (dy.unsqueeze(2) / 2).expand(Pairs(x).shape).reshape(x.shape)),
        Unary("POL-54", MaxPool, CauseCode.Mask, "dy to the first of a window", (dy, x) => torch.stack([dy, torch.zeros_like(dy)], 2).reshape(x.shape)),
        Unary("POL-55", MaxPool, CauseCode.ExtraFactor, "dy · x at the greatest: the value where its share is meant", (dy, x) => (dy.unsqueeze(2) * Greatest(x)).reshape(x.shape) * x),
        Unary("POL-56", MaxPool, CauseCode.CotangentIgnored, "1 at the greatest, without dy", (_, x) => Greatest(x).reshape(x.shape)),
        Unary("POL-57", MeanPool, CauseCode.Scale, "½ is missing", (dy, x) => dy.unsqueeze(2).expand(Pairs(x).shape).reshape(x.shape)),
        Unary("POL-58", MeanPool, CauseCode.Mask, "½ dy to the first of a window alone", (dy, x) => torch.stack([dy / 2, torch.zeros_like(dy)], 2).reshape(x.shape)) with { AlsoAccepted = [CauseCode.Zero, CauseCode.Duplicates] },
        Unary("POL-59", MeanPool, CauseCode.WrongArgument, "windows of entries T apart instead of neighbours", (dy, x) => (dy / 2).repeat(1, 2)) with { AlsoAccepted = [CauseCode.Shifted, CauseCode.Coupling, CauseCode.Transpose] },

        Attended("ATT-51", CauseCode.Scale, "1/√D is missing", (dy, looks, x) => Back(dy.mm(x[2].t()), looks)),
        Attended("ATT-52", CauseCode.Scale, "1/D where 1/√D is meant", (dy, looks, x) => Back(dy.mm(x[2].t()), looks) / x[0].shape[1]),
        Attended("ATT-53", CauseCode.DiagonalOnly, "the Jacobian of softmax is taken as its diagonal", (dy, looks, x) => dy.mm(x[2].t()) * looks * (1 - looks) / Math.Sqrt(x[0].shape[1])),
        Attended("ATT-54", CauseCode.MissingFactor, "the Jacobian of softmax is missing", (dy, _, x) => dy.mm(x[2].t()) / Math.Sqrt(x[0].shape[1])),
        Attended("ATT-55", CauseCode.Axis, "softmax's sum is taken over the queries", (dy, looks, x) => dy.mm(x[2].t()) is var g ? looks * (g - (g * looks).sum(0L, keepdim: true)) / Math.Sqrt(x[0].shape[1]) : dy),
        Gradient("ATT-56", Attention, CauseCode.Transpose, "dv = A dy: not transposed, legal when M = N", 2, (dy, x) => Looks(x).mm(dy))
            with { Inputs = [Input.Real("q", "N", "D"), Input.Real("k", "N", "D"), Input.Real("v", "N", "E")], AlsoAccepted = [CauseCode.WrongArgument] },
        Changed("ATT-57", Attention, CauseCode.Swapped, "dq and dk in each other's place", (d, _) => [d[1], d[0], d[2]]) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("ATT-58", Attention, CauseCode.Zero, "dk is never computed", 1, (_, x) => torch.zeros_like(x[1])),
        Gradient("ATT-59", Attention, CauseCode.WrongArgument, "dv with the scores where their softmax is meant", 2, (dy, x) => (x[0].mm(x[1].t()) / Math.Sqrt(x[0].shape[1])).t().mm(dy)),
        Gradient("ATT-60", Attention, CauseCode.CotangentIgnored, "dv = the sums of A, without dy", 2, (_, x) => Looks(x).sum(0L).unsqueeze(1).expand(x[2].shape)),

        Stepped("RNN-51", CauseCode.Coupling, "no gradient is carried from a step to the one before", (dy, h, _) => dy * (1 - h * h)) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Stepped("RNN-52", CauseCode.Transpose, "u where uᵀ carries the gradient back", (dy, h, u) => Deltas(dy, h, u, y => 1 - y * y)) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Stepped("RNN-53", CauseCode.MissingFactor, "tanh′ is missing", (dy, h, u) => Deltas(dy, h, u.t(), y => torch.ones_like(y))),
        Stepped("RNN-54", CauseCode.MissingFactor, "1 − h: the square lost", (dy, h, u) => Deltas(dy, h, u.t(), y => 1 - y)),
        Gradient("RNN-55", Recurrent, CauseCode.WrongArgument, "du with h_t where h_(t−1) is meant", 2, (dy, x) => Steps(x) is var h ? h.t().mm(Deltas(dy, h, x[2].t(), y => 1 - y * y)) : dy),
        Gradient("RNN-56", Recurrent, CauseCode.Duplicates, "dw of the first step alone: assigned at every step on the way back", 1,
            (dy, x) => Steps(x) is var h ? x[0].narrow(0, 0, 1).t().mm(Deltas(dy, h, x[2].t(), y => 1 - y * y).narrow(0, 0, 1)) : dy),
        Gradient("RNN-57", Recurrent, CauseCode.Scale, "db is averaged over the steps", 3, (dy, x) => Recurrent.Backward(dy, x)[3] / x[0].shape[0]),
        Stepped("RNN-58", CauseCode.MissingTerm, "the loss of the last step alone is carried back", (dy, h, u) => Deltas(torch.cat([torch.zeros_like(dy.narrow(0, 0, dy.shape[0] - 1)), dy.narrow(0, dy.shape[0] - 1, 1)], 0), h, u.t(), y => 1 - y * y))
            with { AlsoAccepted = [CauseCode.Coupling, CauseCode.CotangentIgnored] },
        Stepped("RNN-59", CauseCode.MissingTerm, "the gradient is carried back for one step only", (dy, h, u) => dy * (1 - h * h) is var d
            ? (dy + torch.cat([d.narrow(0, 1, d.shape[0] - 1).mm(u.t()), torch.zeros_like(d.narrow(0, 0, 1))], 0)) * (1 - h * h) : dy) with { AlsoAccepted = [CauseCode.Coupling] },
        Stepped("RNN-60", CauseCode.ExtraFactor, "tanh′ is multiplied in twice", (dy, h, u) => Deltas(dy, h, u.t(), y => (1 - y * y).pow(2))),
    ];

    /// <summary>dq and dk from a wrong gradient of the scores.</summary>
    private static Bug Attended(string id, string cause, string summary, Func<Tensor, Tensor, IReadOnlyList<Tensor>, Tensor> scores) => Bug.Of(id, Attention, cause, summary,
        (dy, x) => scores(dy, Looks(x), x) is var ds ? [ds.mm(x[1]), ds.t().mm(x[0]), Looks(x).t().mm(dy)] : []);

    /// <summary>All gradients from wrong ones of the pre-activations.</summary>
    private static Bug Stepped(string id, string cause, string summary, Func<Tensor, Tensor, Tensor, Tensor> deltas) => Bug.Of(id, Recurrent, cause, summary, (dy, x) =>
    {
        var h = Steps(x);
        var d = deltas(dy, h, x[2]);
        return [d.mm(x[1].t()), x[0].t().mm(d), Before(h).t().mm(d), d.sum(0L)];
    });

    private static Tensor Back(Tensor g, Tensor s) => s * (g - RowDot(g, s));

    /// <summary>Where windows overlap, what the last of them wrote.</summary>
    private static Tensor Pasted(Tensor dy, IReadOnlyList<Tensor> x)
    {
        var dx = torch.zeros_like(x[0]);
        for (var t = 0L; t < dy.shape[1]; t++) dx.narrow(1, t, x[1].shape[0]).copy_(dy.narrow(1, t, 1) * x[1]);
        return dx;
    }
}
