using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> NegativeSamplingBugs() =>
    [
        Table("NEG-01", CauseCode.Duplicates, "the negatives' rows are assigned by their indices: of one drawn twice the last is left",
            (e, x) => Repeats.Added(First(x[2]), Rows(First(e), x), x[1].shape[0]) + Repeats.LastWins(Others(x[2]), Rows(Others(e), x), x[1].shape[0])),
        Errors("NEG-02", CauseCode.Sign, "the negatives' signs are flipped", (s, e) => Joined(First(e), -Others(e))) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Errors("NEG-04", CauseCode.MissingTerm, "σ where σ − 1 is meant, for the true neighbour", (s, _) => s.sigmoid()),
        Centre("NEG-05", CauseCode.Duplicates, "dv is assigned in the loop: the last index is left", (e, x) => x[1].index_select(0, x[2].narrow(0, x[2].shape[0] - 1, 1)).t().mv(e.narrow(0, e.shape[0] - 1, 1)))
            with { AlsoAccepted = [CauseCode.MissingTerm] },
        Table("NEG-07", CauseCode.Sign, "−du: ascent and descent are mixed", (e, x) => -SumsOf(e, x)),
        Centre("NEG-08", CauseCode.MissingTerm, "dv is that of the true neighbour alone", (e, x) => x[1].index_select(0, First(x[2])).t().mv(First(e))),
        Table("NEG-10", CauseCode.WrongArgument, "du has u's rows where v is meant", (e, x) => Repeats.Added(x[2], e.unsqueeze(1) * x[1].index_select(0, x[2]), x[1].shape[0])),

        Errors("NEG-51", CauseCode.ExtraFactor, "the negatives are averaged", (s, e) => Joined(First(e), Others(e) / Math.Max(1, e.shape[0] - 1))) with { AlsoAccepted = [CauseCode.Scale, CauseCode.MissingFactor] },
        Errors("NEG-52", CauseCode.ExtraFactor, "the chain rule through σ a second time", (s, e) => e * s.sigmoid() * (1 - s.sigmoid())),
        Errors("NEG-53", CauseCode.WrongArgument, "the scores themselves, without σ", (s, e) => s - FirstIsTrue(s)) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Centre("NEG-54", CauseCode.Sign, "−dv", (e, x) => -x[1].index_select(0, x[2]).t().mv(e)),
        Errors("NEG-55", CauseCode.MissingTerm, "the true neighbour has no gradient", (s, e) => Joined(First(e) * 0, Others(e))),
        Table("NEG-56", CauseCode.MissingTerm, "du is that of the true neighbour alone", (e, x) => Repeats.Added(First(x[2]), Rows(First(e), x), x[1].shape[0])),
        Table("NEG-57", CauseCode.Duplicates, "du is assigned: of an index that comes twice the last is left", (e, x) => Repeats.LastWins(x[2], Rows(e, x), x[1].shape[0])),
        Errors("NEG-58", CauseCode.WrongArgument, "σ of the score where σ of minus the score is meant, twice", (s, e) => Joined(-First(s).sigmoid(), 1 - Others(s).sigmoid())) with { AlsoAccepted = [CauseCode.Sign] },
        Bug.Of("NEG-59", NegativeSamplingSingle, CauseCode.NotLinear, "dv uses u after its step", (dy, x) =>
            NegativeSamplingSingle.Backward(dy, x) is var g ? [(x[1] - g[1] * 0.1).index_select(0, x[2]).t().mv(Error(dy, x)), g[1]] : []) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Bug.Of("NEG-60", NegativeSamplingSingle, CauseCode.InputMutated, "u is stepped in its place on the way", (dy, x) =>
        {
            var g = NegativeSamplingSingle.Backward(dy, x);
            x[1].sub_(g[1] * 0.1);
            return g;
        }),
        Table("NEG-61", CauseCode.CotangentIgnored, "du does not look at dy", (_, x) => SumsOf(Error(torch.ones_like(x[0].sum()), x), x)),
        // A negative that is the true neighbour too counts in the forward pass.
        Errors("NEG-62", CauseCode.Mask, "negatives that are the true neighbour are left out", (s, e) => e, skip: true),
        Gradient("NEG-63", NegativeSamplingSingle, CauseCode.Coupling, "every row of the table is pushed away from v, drawn or not", 1, (dy, x) => SumsOf(Error(dy, x), x) + dy * x[1].mv(x[0]).sigmoid().unsqueeze(1) * x[0]) with { AlsoAccepted = [CauseCode.ExtraTerm] },
        Errors("NEG-64", CauseCode.MissingFactor, "errors of 1: no σ at all", (s, e) => 1 - 2 * FirstIsTrue(s)) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Errors("NEG-65", CauseCode.Scale, "divided by the number of indices", (s, e) => e / e.shape[0]),
        Bug.Of("NEG-66", NegativeSamplingSingle, CauseCode.Shape, "dv comes as a row, 1×D", (dy, x) => NegativeSamplingSingle.Backward(dy, x) is var g ? [g[0].unsqueeze(0), g[1]] : []),
        Table("NEG-67", CauseCode.Shape, "du comes as the rows that were used, K×D", Rows),
        Table("NEG-68", CauseCode.Shifted, "du's rows are off by one", (e, x) => SumsOf(e, x).roll(1, 0)),

        Gradient("NEG-69", NegativeSampling, CauseCode.Duplicates, "dv is assigned: of a centre that comes twice the last is left", 1,
            (dy, x) => Repeats.LastWins(x[0], Centres(dy, x), x[4].shape[0])),
        Elsewhere("NEG-70", NegativeSampling, CauseCode.Scale, "divided by the number of centres, though the forward pass sums", (dy, x) => dy / x[0].shape[0]),
        Elsewhere("NEG-71", NegativeSampling, CauseCode.Scale, "divided by the number of negatives", (dy, x) => dy / x[2].shape[1]),
        Changed("NEG-72", NegativeSampling, CauseCode.Swapped, "the tables' gradients are returned in each other's place", (g, _) => [g[1], g[0]]),
        Gradient("NEG-73", NegativeSampling, CauseCode.WrongArgument, "dv goes to the rows of the outside words", 1, (dy, x) => Repeats.Added(x[1], Centres(dy, x), x[4].shape[0])) with { AlsoAccepted = [CauseCode.Swapped, CauseCode.Shifted] },
        Gradient("NEG-74", NegativeSampling, CauseCode.WrongArgument, "the first negative's row serves for all of a centre", 0,
            (dy, x) => NegativeSampling.Backward(dy, [x[0], x[1], x[2].narrow(1, 0, 1).expand(x[2].shape), x[3], x[4]])[0]) with { AlsoAccepted = [CauseCode.Duplicates] },
        Elsewhere("NEG-75", NegativeSamplingMean, CauseCode.Scale, "the mean's 1/N is missing", (dy, x) => dy * x[0].shape[0]),
        Gradient("NEG-76", NegativeSamplingMean, CauseCode.Coupling, "all centres are pushed with the gradient of their mean", 1, (dy, x) =>
            Centres(dy / x[0].shape[0], x) is var rows ? Repeats.Added(x[0], rows.mean([0L], true).expand(rows.shape), x[4].shape[0]) : dy) with { AlsoAccepted = [CauseCode.Axis] },
    ];

    /// <summary>Wrong dJ/ds for one centre: from the scores and what is right.</summary>
    private static Bug Errors(string id, string cause, string summary, Func<Tensor, Tensor, Tensor> error, bool skip = false) =>
        Bug.Of(id, NegativeSamplingSingle, cause, summary, (dy, x) =>
        {
            var rows = x[1].index_select(0, x[2]);
            var scores = rows.mv(x[0]);
            var e = dy * error(scores, scores.sigmoid() - FirstIsTrue(scores));
            if (skip) e = Joined(First(e), Others(e).masked_fill(Others(x[2]).eq(First(x[2])), 0));
            return [rows.t().mv(e), SumsOf(e, x)];
        });

    /// <summary>A wrong dv, from dJ/ds.</summary>
    private static Bug Centre(string id, string cause, string summary, Func<Tensor, IReadOnlyList<Tensor>, Tensor> gradient) =>
        Gradient(id, NegativeSamplingSingle, cause, summary, 0, (dy, x) => gradient(Error(dy, x), x));

    /// <summary>A wrong du, from dJ/ds.</summary>
    private static Bug Table(string id, string cause, string summary, Func<Tensor, IReadOnlyList<Tensor>, Tensor> gradient) =>
        Gradient(id, NegativeSamplingSingle, cause, summary, 1, (dy, x) => gradient(Error(dy, x), x));

    /// <summary>dJ/ds for one centre, as it is right.</summary>
    private static Tensor Error(Tensor dy, IReadOnlyList<Tensor> x) => x[1].index_select(0, x[2]).mv(x[0]) is var scores ? dy * (scores.sigmoid() - FirstIsTrue(scores)) : dy;

    private static Tensor Rows(Tensor e, IReadOnlyList<Tensor> x) => e.unsqueeze(1) * x[0];

    private static Tensor SumsOf(Tensor e, IReadOnlyList<Tensor> x) => Repeats.Added(x[2], Rows(e, x), x[1].shape[0]);

    private static Tensor First(Tensor all) => all.narrow(0, 0, 1);

    private static Tensor Others(Tensor all) => all.narrow(0, 1, all.shape[0] - 1);

    private static Tensor Joined(Tensor first, Tensor others) => torch.cat([first, others], 0);

    /// <summary>What each centre of a batch gets, before rows of the same word are added up.</summary>
    private static Tensor Centres(Tensor dy, IReadOnlyList<Tensor> x)
    {
        var words = torch.cat([x[1].unsqueeze(1), x[2]], 1);
        var rows = x[3].index_select(0, words.flatten()).reshape([.. words.shape, x[3].shape[1]]);
        var scores = rows.matmul(x[4].index_select(0, x[0]).unsqueeze(-1)).squeeze(-1);
        var error = dy * (scores.sigmoid() - FirstIsTrue(scores.t()).t());
        return (error.unsqueeze(-1) * rows).sum(1L);
    }
}
