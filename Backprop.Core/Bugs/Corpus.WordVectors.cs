using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Of cbow's inputs: contexts, centres, u and v.</summary>
    private static IReadOnlyList<Bug> CbowBugs() =>
    [
        Gradient("CBW-01", Cbow, CauseCode.Scale, "1/C missing: each word of the context gets all of dh", 1, (dy, x) => Cbow.Backward(dy, x)[1] * x[0].shape[1]),
        Gradient("CBW-02", Cbow, CauseCode.Duplicates, "a word that comes twice in a context gets one share", 1, (dy, x) =>
            Enumerable.Range(0, (int)x[0].shape[0]).Select(n => Repeats.LastWins(x[0].select(0, n), Shares(dy, x).select(0, n), x[3].shape[0])).Aggregate(torch.zeros_like(x[3]), (sum, one) => sum + one)),

        Gradient("CBW-51", Cbow, CauseCode.Scale, "du is that of the sum of the context, not of its mean", 0, (dy, x) => Cbow.Backward(dy, x)[0] * x[0].shape[1]),
        Gradient("CBW-52", Cbow, CauseCode.WrongArgument, "dv goes to the row of the centre", 1, (dy, x) => Repeats.Added(x[1], Shares(dy, x).sum(1L), x[3].shape[0])) with { AlsoAccepted = [CauseCode.Swapped] },
        Gradient("CBW-53", Cbow, CauseCode.MissingTerm, "only the first word of the context gets its share", 1, (dy, x) => Repeats.Added(x[0].select(1, 0), Shares(dy, x).select(1, 0), x[3].shape[0]))
            with { AlsoAccepted = [CauseCode.Duplicates, CauseCode.Mask] },
        Bug.Of("CBW-54", Cbow, CauseCode.MissingTerm, "p, without the 1 of the true word", (dy, x) => Through(dy * Hidden(x).mm(x[2].t()).softmax(-1), x)),
        Bug.Of("CBW-55", Cbow, CauseCode.Sign, "1 − p: the true minus the predicted", (dy, x) => Through(-Mistake(dy, x), x)),
        Changed("CBW-56", Cbow, CauseCode.Swapped, "the tables' gradients are returned in each other's place", (g, _) => [g[1], g[0]]),
        Gradient("CBW-57", Cbow, CauseCode.Mask, "only the row of the true word gets a gradient in du", 0, (dy, x) => (Mistake(dy, x) * Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype)).t().mm(Hidden(x)))
            with { AlsoAccepted = [CauseCode.MissingTerm] },
        Gradient("CBW-58", Cbow, CauseCode.WrongArgument, "du uses the first word of the context where the mean is meant", 0, (dy, x) => Mistake(dy, x).t().mm(x[3].index_select(0, x[0].select(1, 0)))),
        Elsewhere("CBW-59", Cbow, CauseCode.Scale, "divided by the batch, though the forward pass sums", (dy, x) => dy / x[0].shape[0]),
        Gradient("CBW-60", Cbow, CauseCode.Duplicates, "dv is assigned for the whole batch: of a word that comes twice the last is left", 1,
            (dy, x) => Repeats.LastWins(x[0].flatten(), Shares(dy, x).flatten(0, 1), x[3].shape[0])),
        Elsewhere("CBW-61", CbowMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Gradient("CBW-62", Cbow, CauseCode.Transpose, "du comes as D×V", 0, (dy, x) => Cbow.Backward(dy, x)[0].t()) with { AlsoAccepted = [CauseCode.Shape] },
        Gradient("CBW-63", Cbow, CauseCode.Scale, "1/C twice", 1, (dy, x) => Cbow.Backward(dy, x)[1] / x[0].shape[1]),
        Gradient("CBW-64", Cbow, CauseCode.WrongArgument, "dh goes through v where u is meant", 1, (dy, x) => Spread(Mistake(dy, x).mm(x[3]), x)),
        Bug.Of("CBW-65", Cbow, CauseCode.ExtraFactor, "the diagonal of softmax's Jacobian on top of p − t", (dy, x) => Hidden(x).mm(x[2].t()).softmax(-1) is var p ? Through(Mistake(dy, x) * p * (1 - p), x) : []),
        Elsewhere("CBW-66", Cbow, CauseCode.CotangentIgnored, "dy is not looked at", (dy, _) => torch.ones_like(dy)),
        Bug.Of("CBW-67", Cbow, CauseCode.Coupling, "softmax is taken over the batch", (dy, x) => Through(dy * (Hidden(x).mm(x[2].t()).softmax(0) - Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype)), x)) with { AlsoAccepted = [CauseCode.Axis] },
        Stale("CBW-68", Cbow, "h is that of the table before", 0, 3, (dy, x) => Cbow.Backward(dy, x)[0]),
        Gradient("CBW-69", Cbow, CauseCode.ExtraTerm, "the centre's row of dv gets dh too", 1, (dy, x) => Cbow.Backward(dy, x)[1] + Repeats.Added(x[1], Mistake(dy, x).mm(x[2]), x[3].shape[0])),
        Elsewhere("CBW-70", Cbow, CauseCode.WrongArgument, "the centre's index is one too great", (dy, _) => dy, (_, x) => [x[0], (x[1] + 1).remainder(x[2].shape[0]), x[2], x[3]]) with { AlsoAccepted = [CauseCode.Shifted] },
        Elsewhere("CBW-71", CbowMean, CauseCode.Scale, "divided by the words of the context as well as by the batch, in both tables", (dy, x) => dy / x[0].shape[1]),
    ];

    /// <summary>Of skip-gram's inputs: centres, outsides, u and v; of pair-product's: rows, columns, u and v.</summary>
    private static IReadOnlyList<Bug> PairBugs() =>
    [
        Gradient("SKG-51", SkipGram, CauseCode.Duplicates, "dv is assigned: of a centre that comes twice the last is left", 1, (dy, x) => Repeats.LastWins(x[0], Unlikely(dy, x).mm(x[2]), x[3].shape[0])),
        Gradient("SKG-52", SkipGram, CauseCode.Mask, "only the outside words' rows get a gradient in du", 0, (dy, x) => (Unlikely(dy, x) * Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype)).t().mm(x[3].index_select(0, x[0])))
            with { AlsoAccepted = [CauseCode.MissingTerm] },
        Gradient("SKG-53", SkipGram, CauseCode.MissingTerm, "dv = −u_o, without the expected vector", 1, (dy, x) => Repeats.Added(x[0], -dy * x[2].index_select(0, x[1]), x[3].shape[0])),
        Gradient("SKG-54", SkipGram, CauseCode.Sign, "dv = u_o − Σ p u: ascent", 1, (dy, x) => -SkipGram.Backward(dy, x)[1]),
        Gradient("SKG-55", SkipGram, CauseCode.MissingTerm, "dv = Σ p u, without u_o", 1, (dy, x) => Repeats.Added(x[0], (Unlikely(dy, x) + dy * Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype)).mm(x[2]), x[3].shape[0])),
        Changed("SKG-56", SkipGram, CauseCode.Swapped, "the tables' gradients are returned in each other's place", (g, _) => [g[1], g[0]]),
        Gradient("SKG-57", SkipGram, CauseCode.WrongArgument, "dv uses v's rows where u's are meant", 1, (dy, x) => Repeats.Added(x[0], Unlikely(dy, x).mm(x[3]), x[3].shape[0])),
        Elsewhere("SKG-58", SkipGram, CauseCode.Swapped, "centres and outside words are exchanged", (dy, _) => dy, (_, x) => [x[1], x[0], x[2], x[3]]) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Elsewhere("SKG-59", SkipGramMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Elsewhere("SKG-60", SkipGramMean, CauseCode.Scale, "1/V in place of 1/N", (dy, x) => dy * x[0].shape[0] / x[2].shape[0]),
        Gradient("SKG-61", SkipGram, CauseCode.WrongArgument, "dv goes to the rows of the outside words", 1, (dy, x) => Repeats.Added(x[1], Unlikely(dy, x).mm(x[2]), x[3].shape[0])) with { AlsoAccepted = [CauseCode.Swapped] },
        Gradient("SKG-62", SkipGram, CauseCode.WrongArgument, "du uses the outside word's vector of v", 0, (dy, x) => Unlikely(dy, x).t().mm(x[3].index_select(0, x[1]))) with { AlsoAccepted = [CauseCode.Swapped] },

        Changed("PAR-51", PairProduct, CauseCode.Sign, "du has the sign of a distance", (g, _) => [-g[0], g[1]]),
        Gradient("PAR-53", PairProduct, CauseCode.WrongArgument, "dv uses v where u is meant", 1, (dy, x) => Repeats.Added(x[1], dy.unsqueeze(1) * x[3].index_select(0, x[1]), x[3].shape[0])),
        Gradient("PAR-55", PairProduct, CauseCode.CotangentIgnored, "dv does not look at dy", 1, (dy, x) => Repeats.Added(x[1], x[2].index_select(0, x[0]), x[3].shape[0])) with { AlsoAccepted = [CauseCode.MissingFactor] },
    ];

    /// <summary>Of word-mean's inputs: ids, last places and the table.</summary>
    private static IReadOnlyList<Bug> WordMeanBugs() =>
    [
        Gradient("WMN-51", WordMean, CauseCode.Scale, "divided by the places of a row, padding and all", 0, (dy, x) => WordMean.Backward(dy * WordCounts(x) / x[0].shape[1], x)[0]) with { AlsoAccepted = [CauseCode.ExtraFactor] },
        Gradient("WMN-52", WordMean, CauseCode.ExtraTerm, "the padding counts as word 0", 0, (dy, x) => WordMean.Backward(dy, x)[0]
            + Repeats.Added(torch.zeros([x[0].shape[0]], torch.int64, dy.device), dy / WordCounts(x) * (x[0].shape[1] - WordCounts(x)), x[2].shape[0])) with { AlsoAccepted = [CauseCode.Coupling] },
        Gradient("WMN-53", WordMean, CauseCode.Duplicates, "of a word that comes twice the last share is left", 0, (dy, x) =>
        {
            var there = torch.arange(x[0].shape[1], torch.int64, dy.device).le(x[1].unsqueeze(1));
            var shares = (dy / WordCounts(x)).unsqueeze(1).expand(x[0].shape[0], x[0].shape[1], dy.shape[1]).masked_select(there.unsqueeze(2)).reshape(-1, dy.shape[1]);
            return Repeats.LastWins(x[0].masked_select(there), shares, x[2].shape[0]);
        }),
        Gradient("WMN-54", WordMean, CauseCode.Scale, "1/K missing: each word gets all of dy", 0, (dy, x) => WordMean.Backward(dy * WordCounts(x), x)[0]) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Elsewhere("WMN-55", WordMean, CauseCode.CotangentIgnored, "dy is not looked at", (dy, _) => torch.ones_like(dy)),
    ];

    /// <summary>How many words each sentence has, N×1.</summary>
    private static Tensor WordCounts(IReadOnlyList<Tensor> x) => (x[1] + 1).unsqueeze(1);

    /// <summary>cbow's h.</summary>
    private static Tensor Hidden(IReadOnlyList<Tensor> x) => x[3].index_select(0, x[0].flatten()).reshape([.. x[0].shape, x[3].shape[1]]).mean([1L]);

    /// <summary>cbow's dJ / d logits.</summary>
    private static Tensor Mistake(Tensor dy, IReadOnlyList<Tensor> x) => dy * (Hidden(x).mm(x[2].t()).softmax(-1) - Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype));

    /// <summary>cbow's du and dv from dJ / d logits.</summary>
    private static IReadOnlyList<Tensor> Through(Tensor mistake, IReadOnlyList<Tensor> x) => [mistake.t().mm(Hidden(x)), Spread(mistake.mm(x[2]), x)];

    /// <summary>What each word of each context gets, N×C×D.</summary>
    private static Tensor Shares(Tensor dy, IReadOnlyList<Tensor> x) => (Mistake(dy, x).mm(x[2]) / x[0].shape[1]).unsqueeze(1).expand(x[0].shape[0], x[0].shape[1], x[3].shape[1]);

    private static Tensor Spread(Tensor dh, IReadOnlyList<Tensor> x) =>
        Repeats.Added(x[0].flatten(), (dh / x[0].shape[1]).unsqueeze(1).expand(x[0].shape[0], x[0].shape[1], x[3].shape[1]).flatten(0, 1), x[3].shape[0]);

    /// <summary>skip-gram's dJ / d logits.</summary>
    private static Tensor Unlikely(Tensor dy, IReadOnlyList<Tensor> x) => dy * (x[3].index_select(0, x[0]).mm(x[2].t()).softmax(-1) - Rules.OneHot.Of(x[1], x[2].shape[0], dy.dtype));
}
