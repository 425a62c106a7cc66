using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> ScorerBugs() =>
    [
        Changed("MRG-51", MaxMargin, CauseCode.Sign, "both scores are pushed the same way", (g, _) => [g[1], g[1]]),
        Gradient("MRG-52", MaxMargin, CauseCode.Mask, "no gate", 0, (dy, x) => -dy.expand(x[0].shape)) with { AlsoAccepted = [CauseCode.Constant] },
        Gradient("MRG-53", MaxMargin, CauseCode.Mask, "the gate is on the scores' order, without the margin", 1, (dy, x) => dy * Gate((x[1] - x[0]).gt(0), x[0])),
        Changed("MRG-54", MaxMargin, CauseCode.Swapped, "the scores' gradients are exchanged", (g, _) => [g[1], g[0]]) with { AlsoAccepted = [CauseCode.Sign] },
        Elsewhere("MRG-55", MaxMarginMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Gradient("MRG-56", MaxMargin, CauseCode.ExtraFactor, "the margin in place of the gate", 1, (dy, x) => dy * (1 - x[0] + x[1]).relu()) with { AlsoAccepted = [CauseCode.Mask] },
        Gradient("MRG-57", MaxMarginMean, CauseCode.Coupling, "one gate for the batch: that of the mean margin", 0, (dy, x) => -dy / x[0].shape[0] * Gate((1 - x[0] + x[1]).mean().gt(0), x[0]).expand(x[0].shape))
            with { AlsoAccepted = [CauseCode.Mask, CauseCode.Constant] },
        Gradient("MRG-58", MaxMargin, CauseCode.Mask, "the gate is inverted", 0, (dy, x) => -dy * Gate((1 - x[0] + x[1]).le(0), x[0])),

        Gradient("WIN-51", WindowConcatenation, CauseCode.Duplicates, "rows are assigned: of a word that comes twice the last is left", 0, (dy, x) => Repeats.LastWins(x[1].flatten(), Slices(dy, x), x[0].shape[0])),
        Gradient("WIN-52", WindowConcatenation, CauseCode.Shifted, "the slices go to the words one place on", 0,
            (dy, x) => Repeats.Added(x[1].flatten(), Slices(dy, x).reshape([.. x[1].shape, x[0].shape[1]]).roll(1, 1).flatten(0, 1), x[0].shape[0])) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("WIN-53", WindowConcatenation, CauseCode.Flipped, "the slices go to the words in reverse order", 0, (dy, x) => WindowConcatenation.Backward(dy, [x[0], x[1].flip(1)])[0]) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("WIN-54", WindowConcatenation, CauseCode.Transpose, "windows are read as rows where they are columns", 0,
            (dy, x) => Repeats.Added(x[1].flatten(), dy.reshape(x[1].numel(), x[0].shape[1]), x[0].shape[0])) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Coupling] },
        Gradient("WIN-55", WindowConcatenation, CauseCode.Duplicates, "slices of the same word are averaged", 0, (dy, x) => Repeats.Averaged(x[1].flatten(), Slices(dy, x), x[0].shape[0])),
        Gradient("WIN-56", WindowConcatenation, CauseCode.MissingTerm, "only the first word of each window is trained", 0,
            (dy, x) => Repeats.Added(x[1].select(1, 0), dy.narrow(0, 0, x[0].shape[1]).t(), x[0].shape[0])) with { AlsoAccepted = [CauseCode.Mask, CauseCode.Duplicates] },

        Gradient("WSC-51", WindowScorer, CauseCode.MissingFactor, "dx lacks σ′", 3, (dy, x) => Back(dy, x, a => torch.ones_like(a))[3]),
        Bug.Of("WSC-52", WindowScorer, CauseCode.WrongArgument, "σ′ of σ: applied twice", (dy, x) => Back(dy, x, a => a.sigmoid() * (1 - a.sigmoid()))),
        Gradient("WSC-53", WindowScorer, CauseCode.NotReduced, "db comes as H×N, one column a window", 2, (dy, x) => x[0].unsqueeze(1) * Activations(x) * (1 - Activations(x)) * dy) with { AlsoAccepted = [CauseCode.Shape] },
        Changed("WSC-54", WindowScorer, CauseCode.Scale, "dw is averaged over the windows", (g, x) => [g[0], g[1] / x[3].shape[1], g[2], g[3]]),
        Gradient("WSC-55", WindowScorer, CauseCode.MissingFactor, "v is missing on the way to x", 3, (dy, x) => Back(dy, [torch.ones_like(x[0]), x[1], x[2], x[3]], a => a * (1 - a))[3]) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("WSC-56", WindowScorer, CauseCode.WrongArgument, "dv has the pre-activations", 0, (dy, x) => ((x[1] / 8).mm(x[3]) + x[2].unsqueeze(1)).mv(dy)) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Changed("WSC-57", WindowScorer, CauseCode.Sign, "dv is ascent", (g, _) => [-g[0], g[1], g[2], g[3]]),
        Elsewhere("WSC-58", WindowScorer, CauseCode.Duplicates, "the last window's gradient is left in dv, dw and db", (dy, _) => dy * Gate(Places(dy.shape[0], dy).eq(dy.shape[0] - 1), dy))
            with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.Mask, CauseCode.Zero] },
        Changed("WSC-59", WindowScorerSingle, CauseCode.Scale, "W's eighth is missing in dw", (g, _) => [g[0], g[1] * 8, g[2], g[3]]),
        Changed("WSC-60", WindowScorerSingle, CauseCode.Zero, "x is taken for data", (g, _) => [g[0], g[1], g[2], torch.zeros_like(g[3])]),
        Changed("WSC-61", WindowScorerSingle, CauseCode.Swapped, "dv and db are exchanged", (g, _) => [g[2], g[1], g[0], g[3]]),

        Changed("TLS-51", TwoLayerWindowScorer, CauseCode.Zero, "the first layer's weights are never reached", (g, _) => [g[0], g[1], g[2], torch.zeros_like(g[3]), g[4], g[5]]),
        Changed("TLS-52", TwoLayerWindowScorer, CauseCode.Scale, "the second layer's bias is averaged over the windows", (g, x) => [g[0], g[1], g[2] / x[5].shape[1], g[3], g[4], g[5]]),
        Gradient("TLS-53", TwoLayerWindowScorer, CauseCode.MissingFactor, "dx lacks the first layer's σ′", 5, (dy, x) => TwoLayers(dy, x) is var (d2, _) ? x[3].t().mm(x[1].t().mm(d2)) : dy),
        Gradient("TLS-54", TwoLayerWindowScorer, CauseCode.WrongArgument, "dw₂ has the first layer's pre-activations", 1, (dy, x) => TwoLayers(dy, x) is var (d2, _) ? d2.mm((x[3].mm(x[5]) + x[4]).t()) : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Gradient("TLS-55", TwoLayerWindowScorer, CauseCode.WrongArgument, "the second σ′ is used for both layers' weights: dw₁ by the first layer's own a, applied twice", 3,
            (dy, x) => TwoLayers(dy, x) is var (d2, a1) ? (x[1].t().mm(d2) * a1.sigmoid() * (1 - a1.sigmoid())).mm(x[5].t()) : dy) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },

        Changed("WRK-51", WindowRanking, CauseCode.Sign, "the corrupt window's gradient has the true one's sign", (g, _) => [g[0], g[1], g[2], g[3], -g[4]]),
        Changed("WRK-52", WindowRanking, CauseCode.Swapped, "the windows' gradients are exchanged", (g, _) => [g[0], g[1], g[2], g[4], g[3]]),
        Changed("WRK-53", WindowRanking, CauseCode.Zero, "the corrupt window is taken for a constant", (g, _) => [.. g.Take(4), torch.zeros_like(g[4])]),
        Gradient("WRK-54", WindowRanking, CauseCode.MissingTerm, "dw is that of the true window alone", 1, (dy, x) => OneSide(dy, x, -1, 3)[1]),
        Gradient("WRK-55", WindowRanking, CauseCode.MissingTerm, "dv is that of the corrupt window alone", 0, (dy, x) => OneSide(dy, x, 1, 4)[0]),
        Gradient("WRK-56", WindowRanking, CauseCode.ExtraTerm, "db adds both windows where one is to be taken away", 2, (dy, x) => OneSide(dy, x, 1, 4)[2] - OneSide(dy, x, -1, 3)[2]) with { AlsoAccepted = [CauseCode.Sign, CauseCode.MissingTerm] },

        Changed("WMD-51", WindowModel, CauseCode.Zero, "the table is not learned", (g, _) => [torch.zeros_like(g[0]), .. g.Skip(1)]),
        Elsewhere("WMD-52", WindowModel, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[4].shape[0]),
        Changed("WMD-53", WindowModel, CauseCode.Sign, "dv is ascent", (g, _) => [g[0], -g[1], g[2], g[3]]),
        Changed("WMD-54", WindowModel, CauseCode.Scale, "W's eighth is missing in dw", (g, _) => [g[0], g[1], g[2] * 8, g[3]]),
        Changed("WMD-55", WindowModel, CauseCode.Shifted, "the table's rows are off by one", (g, _) => [g[0].roll(1, 0), g[1], g[2], g[3]]),
        Gradient("WMD-56", WindowModel, CauseCode.WrongArgument, "the true and the corrupt ids are exchanged on the way to the table", 0, (dy, x) => WindowModel.Backward(dy, [.. x.Take(4), x[5], x[4]])[0]) with { AlsoAccepted = [CauseCode.Sign] },
    ];

    /// <summary>What each word of each window gets, window after window.</summary>
    private static Tensor Slices(Tensor dy, IReadOnlyList<Tensor> x) => dy.t().reshape(x[1].numel(), x[0].shape[1]);

    private static Tensor Activations(IReadOnlyList<Tensor> x) => ((x[1] / 8).mm(x[3]) + x[2].unsqueeze(1)).sigmoid();

    /// <summary>window-scorer's gradients with another σ′.</summary>
    private static IReadOnlyList<Tensor> Back(Tensor dy, IReadOnlyList<Tensor> x, Func<Tensor, Tensor> slope)
    {
        var a = Activations(x);
        var dz = x[0].unsqueeze(1) * slope(a) * dy;
        return [a.mv(dy), dz.mm(x[3].t()) / 8, dz.sum(1L), (x[1] / 8).t().mm(dz)];
    }

    /// <summary>The second layer's dz, and the first layer's activations.</summary>
    private static (Tensor DZ, Tensor A) TwoLayers(Tensor dy, IReadOnlyList<Tensor> x)
    {
        var a1 = (x[3].mm(x[5]) + x[4]).sigmoid();
        var a2 = (x[1].mm(a1) + x[2].unsqueeze(1)).sigmoid();
        return (x[0].unsqueeze(1) * a2 * (1 - a2) * dy, a1);
    }

    /// <summary>dv, dw, db and dx of one window of a ranking, the true or the corrupt one, with this sign.</summary>
    private static IReadOnlyList<Tensor> OneSide(Tensor dy, IReadOnlyList<Tensor> x, double sign, int window)
    {
        Tensor[] inputs = [x[0], x[1] * 8, x[2]];
        var (s, c) = (WindowScorer.Forward([.. inputs, x[3]]), WindowScorer.Forward([.. inputs, x[4]]));
        var right = WindowScorer.Backward(dy * sign * Gate((1 - s + c).gt(0), s), [.. inputs, x[window]]);
        return [right[0], right[1] * 8, right[2], right[3]];
    }
}
