using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Of the paper's inputs: w, w̃, b, b̃, rows, columns, counts.</summary>
    private static IReadOnlyList<Bug> GloveBugs() =>
    [
        Elsewhere("GLV-01", GlovePaper, CauseCode.Scale, "as if the objective had a ½", (dy, _) => dy / 2),
        Fit("GLV-02", CauseCode.MissingFactor, "f(X) is missing", x => GloveDifference(x)),
        Changed("GLV-04", GlovePaper, CauseCode.Scale, "the biases' steps are not multiplied by η", (g, _) => [g[0], g[1], g[2] / GloveRate, g[3] / GloveRate]),
        Changed("GLV-05", GlovePaper, CauseCode.Swapped, "dw and dw̃ are exchanged", (g, _) => [g[1], g[0], g[2], g[3]]),
        Gradient("GLV-07", GlovePaper, CauseCode.Duplicates, "dw is assigned: of a word that comes twice the last is left", 0,
            (dy, x) => Repeats.LastWins(x[4], Pull(dy, x).unsqueeze(1) * x[1].index_select(0, x[5]), x[0].shape[0])),
        Fit("GLV-08", CauseCode.Mask, "f's condition is inverted: common pairs weigh (X / x_max)^α, rare ones 1", x => (x[6] / GloveMost).clamp_min(1).pow(GlovePower) * GloveDifference(x))
            with { AlsoAccepted = [CauseCode.WrongArgument] },

        Fit("GLV-51", CauseCode.WrongArgument, "X where log X is meant", x => GloveWeight(x[6]) * (GloveDifference(x) + x[6].log() - x[6])) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Fit("GLV-52", CauseCode.WrongArgument, "log(1 + X) where log X is meant", x => GloveWeight(x[6]) * (GloveDifference(x) + x[6].log() - (x[6] + 1).log())) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm, CauseCode.Approximate] },
        Fit("GLV-53", CauseCode.WrongArgument, "f′ where f is meant", x => Gate(x[6].lt(GloveMost), x[6]) * (x[6] / GloveMost).pow(GlovePower - 1) * (GlovePower / GloveMost) * GloveDifference(x))
            with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor, CauseCode.Mask] },
        Changed("GLV-54", GlovePaper, CauseCode.Swapped, "db and db̃ are exchanged", (g, _) => [g[0], g[1], g[3], g[2]]),
        Fit("GLV-55", CauseCode.ExtraFactor, "the difference is squared", x => GloveWeight(x[6]) * GloveDifference(x).pow(2)),
        Fit("GLV-56", CauseCode.MissingTerm, "the difference lacks the biases", x => GloveWeight(x[6]) * (GloveDifference(x) - x[2].index_select(0, x[4]) - x[3].index_select(0, x[5]))),
        Fit("GLV-57", CauseCode.ExtraFactor, "f is squared", x => GloveWeight(x[6]).pow(2) * GloveDifference(x)),
        Fit("GLV-58", CauseCode.Mask, "f has no greatest value", x => (x[6] / GloveMost).pow(GlovePower) * GloveDifference(x)) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.MissingFactor, CauseCode.WrongArgument] },
        Gradient("GLV-59", GlovePaper, CauseCode.Zero, "b̃ is never trained", 3, (_, x) => torch.zeros_like(x[3])),
        Elsewhere("GLV-60", GlovePaper, CauseCode.Sign, "log X minus the scores", (dy, _) => -dy),
        Gradient("GLV-61", GlovePaper, CauseCode.Duplicates, "db is assigned: of a word that comes twice the last is left", 2, (dy, x) => Repeats.LastWins(x[4], Pull(dy, x).unsqueeze(1), x[0].shape[0]).squeeze(1)),
        Gradient("GLV-62", GlovePaper, CauseCode.WrongArgument, "dw uses w where w̃ is meant", 0, (dy, x) => Repeats.Added(x[4], Pull(dy, x).unsqueeze(1) * x[0].index_select(0, x[4]), x[0].shape[0])),
        Changed("GLV-63", GlovePaper, CauseCode.ExtraTerm, "w and w̃ get the sum of both gradients, as if they were one table", (g, _) => [g[0] + g[1], g[0] + g[1], g[2], g[3]]) with { AlsoAccepted = [CauseCode.Coupling] },
        Elsewhere("GLV-64", GlovePaper, CauseCode.Scale, "η twice: in the objective and in the step", (dy, _) => dy * GloveRate),
        Fit("GLV-65", CauseCode.MissingFactor, "α is forgotten: f = X / x_max", x => (x[6] / GloveMost).clamp_max(1) * GloveDifference(x)) with { AlsoAccepted = [CauseCode.ExtraFactor, CauseCode.WrongArgument] },
        Fit("GLV-66", CauseCode.Mask, "pairs beyond x_max are left out", x => GloveWeight(x[6]) * Gate(x[6].lt(GloveMost), x[6]) * GloveDifference(x)),
        Gradient("GLV-67", GlovePaper, CauseCode.WrongArgument, "db goes to the columns' words", 2, (dy, x) => SumByWord(x[5], Pull(dy, x), x[2].shape[0])) with { AlsoAccepted = [CauseCode.Swapped] },
        Elsewhere("GLV-68", GlovePaper, CauseCode.Scale, "divided by the number of pairs, though the objective sums", (dy, x) => dy / x[6].shape[0]),
        Fit("GLV-69", CauseCode.MissingTerm, "the difference lacks log X", x => GloveWeight(x[6]) * (GloveDifference(x) + x[6].log())),
        Gradient("GLV-70", GlovePaper, CauseCode.MissingFactor, "db lacks f(X)", 2, (dy, x) => SumByWord(x[4], dy * (2 * GloveRate) * GloveDifference(x), x[2].shape[0])),

        Changed("GLV-71", Glove, CauseCode.Scale, "a 2 from the square, which the ½ has taken already", (g, _) => [.. g.Select(one => one * 2)]),
        Gradient("GLV-72", Glove, CauseCode.Shape, "db comes as V where b is V×1", 2, (dy, x) => Glove.Backward(dy, x)[2].squeeze(1)),
        Changed("GLV-73", Glove, CauseCode.Swapped, "du and dv are exchanged", (g, _) => [g[1], g[0], g[2], g[3]]),
        Elsewhere("GLV-74", Glove, CauseCode.MissingTerm, "the biases are left out of the difference", (dy, _) => dy, (_, x) => [x[0], x[1], torch.zeros_like(x[2]), torch.zeros_like(x[3]), x[4], x[5], x[6]])
            with { AlsoAccepted = [CauseCode.WrongArgument] },
        Changed("GLV-75", Glove, CauseCode.Sign, "db is ascent", (g, _) => [g[0], g[1], -g[2], g[3]]),

        Changed("PGL-51", PlainGlove, CauseCode.Sign, "dp has the scores' sign", (g, _) => [g[0], g[1], -g[2]]),
        Elsewhere("PGL-52", PlainGlove, CauseCode.ExtraFactor, "f is squared", (dy, _) => dy, (_, x) => [.. x.Take(5), x[5] * x[5]]),
        Gradient("PGL-53", PlainGlove, CauseCode.MissingFactor, "dp lacks f", 2, (dy, x) => dy * (x[4] - (x[2].index_select(0, x[0]) * x[3].index_select(0, x[1])).sum(1L))),
        Elsewhere("PGL-54", PlainGlove, CauseCode.Scale, "a 2 from the square, which the ½ has taken already", (dy, _) => dy * 2),
        Changed("PGL-55", PlainGlove, CauseCode.Swapped, "du and dv are exchanged", (g, _) => [g[1], g[0], g[2]]),
    ];

    /// <summary>A wrong f(X) times the difference, in all four gradients.</summary>
    private static Bug Fit(string id, string cause, string summary, Func<IReadOnlyList<Tensor>, Tensor> weighted) => Bug.Of(id, GlovePaper, cause, summary, (dy, x) =>
    {
        var pull = dy * (2 * GloveRate) * weighted(x);
        var count = x[0].shape[0];
        return
        [
            Repeats.Added(x[4], pull.unsqueeze(1) * x[1].index_select(0, x[5]), count),
            Repeats.Added(x[5], pull.unsqueeze(1) * x[0].index_select(0, x[4]), count),
            SumByWord(x[4], pull, count),
            SumByWord(x[5], pull, count),
        ];
    });

    /// <summary>dJ / d(the score of each pair), as it is right.</summary>
    private static Tensor Pull(Tensor dy, IReadOnlyList<Tensor> x) => dy * (2 * GloveRate) * GloveWeight(x[6]) * GloveDifference(x);
}
