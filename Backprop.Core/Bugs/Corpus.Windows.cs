using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> WindowBugs() =>
    [
        Ranked("MMW-01", CauseCode.Sign, "the corrupt window's score has the true one's sign", new() { CorruptSign = -1 }) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Ranked("MMW-02", CauseCode.MissingTerm, "only the true window goes back", new() { CorruptSign = 0 }),
        Ranked("MMW-04", CauseCode.Duplicates, "rows of the table are assigned: of a word that is in a window twice, or in both, the last is left", new() { Scatter = Repeats.LastWins }),
        Ranked("MMW-05", CauseCode.Shifted, "the slices of the window go to the words one place on", new() { Slices = slices => slices.roll(1, 0) }) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Swapped] },
        Ranked("MMW-07", CauseCode.Sign, "the whole loss has its sign turned", new() { TrueSign = 1, CorruptSign = -1 }),
        Ranked("MMW-08", CauseCode.Mask, "no gate: the margin is met and still there is a gradient", new() { Gate = _ => 1 }),

        Ranked("MMW-51", CauseCode.MissingFactor, "tanh′ is missing", new() { Slope = (_, a) => torch.ones_like(a) }),
        Ranked("MMW-52", CauseCode.Mask, "the gate is inverted", new() { Gate = margin => margin > 0 ? 0 : 1 }),
        Ranked("MMW-53", CauseCode.Flipped, "the slices of the window go to the words in reverse order", new() { Slices = slices => slices.flip(0) }) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Ranked("MMW-54", CauseCode.WrongArgument, "σ′ where tanh′ is meant", new() { Slope = (_, a) => a * (1 - a) }) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },
        Gradient("MMW-55", MaxMarginWindow, CauseCode.WrongArgument, "dw has the true window's words for both", 1, (dy, x) => Ranking.Of(dy, x, new()) is var r ? (r.DTrue + r.DCorrupt).outer(r.True) : dy),
        Gradient("MMW-56", MaxMarginWindow, CauseCode.MissingTerm, "du is that of the true window alone", 2, (dy, x) => Ranking.Of(dy, x, new()).DUTrue),
        Ranked("MMW-57", CauseCode.MissingFactor, "1 − a: the square is lost", new() { Slope = (_, a) => 1 - a }) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Ranked("MMW-58", CauseCode.Mask, "only the first word of each window is trained", new() { Slices = slices => torch.cat([slices.narrow(0, 0, 1), torch.zeros_like(slices.narrow(0, 1, slices.shape[0] - 1))], 0) })
            with { AlsoAccepted = [CauseCode.MissingTerm] },
        Ranked("MMW-59", CauseCode.Mask, "the gate forgets the margin of 1", new() { Gate = margin => margin - 1 > 0 ? 1 : 0 }),
        Gradient("MMW-60", MaxMarginWindow, CauseCode.WrongArgument, "the corrupt window's slices go to the true window's words", 0, (dy, x) => MaxMarginWindow.Backward(dy, x) is var right
            && Ranking.Of(dy, x, new()) is var r ? right[0] - Repeats.Added(x[4], r.Split(r.DCorrupt), x[0].shape[0]) + Repeats.Added(x[3], r.Split(r.DCorrupt), x[0].shape[0]) : dy),
        Changed("MMW-61", MaxMarginWindow, CauseCode.Scale, "dw is averaged over the two windows", (g, _) => [g[0], g[1] / 2, g[2]]),
        Changed("MMW-62", MaxMarginWindow, CauseCode.Sign, "dw alone is ascent", (g, _) => [g[0], -g[1], g[2]]),
        Ranked("MMW-63", CauseCode.WrongArgument, "tanh is applied twice: 1 − tanh²(a)", new() { Slope = (_, a) => 1 - a.tanh().pow(2) }) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },
        Ranked("MMW-64", CauseCode.Transpose, "the window is cut as D×K and turned", new() { Cut = (dx, k) => dx.reshape(-1, k).t() }) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Coupling] },
        Elsewhere("MMW-65", MaxMarginWindow, CauseCode.CotangentIgnored, "dy is not looked at", (dy, _) => torch.ones_like(dy)),
        Ranked("MMW-66", CauseCode.Sign, "the true window's score has the corrupt one's sign", new() { TrueSign = 1 }) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Ranked("MMW-67", CauseCode.MissingTerm, "only the corrupt window goes back", new() { TrueSign = 0 }),
        Ranked("MMW-68", CauseCode.WrongArgument, "tanh′ of both windows is that of the true one", new() { CorruptSlopeOfTrue = true }),
        Ranked("MMW-69", CauseCode.Duplicates, "of a word that is in a window twice, or in both, the slices are averaged", new() { Scatter = Repeats.Averaged }),
        Ranked("MMW-70", CauseCode.ExtraFactor, "the gate is the loss itself: a squared hinge's gradient", new() { Gate = margin => Math.Max(0, margin) }) with { AlsoAccepted = [CauseCode.Mask, CauseCode.Scale] },
        Ranked("MMW-71", CauseCode.MissingFactor, "u is missing on the way to the words and to w", new() { Output = u => torch.ones_like(u) }) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Gradient("MMW-72", MaxMarginWindow, CauseCode.Zero, "the word vectors are taken for constants", 0, (_, x) => torch.zeros_like(x[0])),
        Gradient("MMW-73", MaxMarginWindow, CauseCode.WrongArgument, "du has the pre-activations where the activations are meant", 2,
            (dy, x) => Ranking.Of(dy, x, new()) is var r ? dy * r.Open * (x[1].mv(r.Corrupt) - x[1].mv(r.True)) : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
    ];

    /// <summary>A wrong version of the ranking of two windows: what differs is in <paramref name="ways"/>.</summary>
    private static Bug Ranked(string id, string cause, string summary, Ways ways) => Bug.Of(id, MaxMarginWindow, cause, summary, (dy, x) =>
    {
        var r = Ranking.Of(dy, x, ways);
        var slices = torch.cat([ways.Slices(ways.Cut(x[1].t().mv(r.DTrue), x[3].shape[0])), ways.Slices(ways.Cut(x[1].t().mv(r.DCorrupt), x[4].shape[0]))], 0);
        return [ways.Scatter(torch.cat([x[3], x[4]], 0), slices, x[0].shape[0]), r.DTrue.outer(r.True) + r.DCorrupt.outer(r.Corrupt), r.DUTrue + r.DUCorrupt];
    });

    /// <summary>How the windows' gradient is made; each as it is right unless it is said otherwise.</summary>
    private sealed record Ways
    {
        internal double TrueSign { get; init; } = -1;

        internal double CorruptSign { get; init; } = 1;

        internal bool CorruptSlopeOfTrue { get; init; }

        internal Func<double, double> Gate { get; init; } = margin => margin > 0 ? 1 : 0;

        /// <summary>From the pre-activation and the activation.</summary>
        internal Func<Tensor, Tensor, Tensor> Slope { get; init; } = (_, a) => 1 - a * a;

        internal Func<Tensor, Tensor> Output { get; init; } = u => u;

        internal Func<Tensor, long, Tensor> Cut { get; init; } = (dx, k) => dx.reshape(k, -1);

        internal Func<Tensor, Tensor> Slices { get; init; } = slices => slices;

        internal Func<Tensor, Tensor, long, Tensor> Scatter { get; init; } = Repeats.Added;
    }

    /// <summary>Both windows on the way back: their words, the gradients of their pre-activations, and their parts of du.</summary>
    private sealed record Ranking(double Open, Tensor True, Tensor Corrupt, Tensor DTrue, Tensor DCorrupt, Tensor DUTrue, Tensor DUCorrupt, Tensor W, long Words)
    {
        internal static Ranking Of(Tensor dy, IReadOnlyList<Tensor> x, Ways ways)
        {
            var (window, corrupt) = (x[0].index_select(0, x[3]).flatten(), x[0].index_select(0, x[4]).flatten());
            var (z, zc) = (x[1].mv(window), x[1].mv(corrupt));
            var (a, ac) = (z.tanh(), zc.tanh());
            var open = ways.Gate((1 - a.dot(x[2]) + ac.dot(x[2])).ToDouble());
            var (ds, dsc) = (dy * (ways.TrueSign * open), dy * (ways.CorruptSign * open));
            var u = ways.Output(x[2]);
            return new(open, window, corrupt, ds * u * ways.Slope(z, a), dsc * u * (ways.CorruptSlopeOfTrue ? ways.Slope(z, a) : ways.Slope(zc, ac)), ds * a, dsc * ac, x[1], x[3].shape[0]);
        }

        /// <summary>The words' slices of what comes back to a window.</summary>
        internal Tensor Split(Tensor dz) => W.t().mv(dz).reshape(Words, -1);
    }
}
