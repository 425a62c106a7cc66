using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    private static IReadOnlyList<Bug> MeanSquaredErrorBugs() =>
    [
        Residual("MSE-01", CauseCode.Scale, "2 missing", x => (x[0] - x[1]) / x[0].numel()),
        Residual("MSE-02", CauseCode.Scale, "the mean is over the rows alone", x => (x[0] - x[1]) * 2 / x[0].shape[0]),
        Residual("MSE-04", CauseCode.MissingTerm, "the target is forgotten: 2x", x => x[0] * 2 / x[0].numel()),
        Residual("MSE-05", CauseCode.WrongArgument, "the sign of the difference, as for the absolute error", x => (x[0] - x[1]).sign() / x[0].numel()) with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraFactor] },

        Residual("MSE-51", CauseCode.Scale, "the sum's gradient, not the mean's", x => (x[0] - x[1]) * 2),
        Residual("MSE-52", CauseCode.Sign, "t − x", x => (x[1] - x[0]) * 2 / x[0].numel()),
        Residual("MSE-53", CauseCode.Scale, "the mean is over the columns alone", x => (x[0] - x[1]) * 2 / x[0].shape[1]),
        Residual("MSE-54", CauseCode.ExtraTerm, "x + t", x => (x[0] + x[1]) * 2 / x[0].numel()) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.MissingTerm] },
        Residual("MSE-55", CauseCode.ExtraFactor, "the difference is squared", x => (x[0] - x[1]).pow(2) * 2 / x[0].numel()),
        Elsewhere("MSE-56", Mse, CauseCode.CotangentIgnored, "dy is not looked at", (dy, _) => torch.ones_like(dy)),
        Residual("MSE-57", CauseCode.Scale, "divided by the number of rows once more", x => (x[0] - x[1]) * 2 / x[0].numel() / x[0].shape[0]),
        Residual("MSE-58", CauseCode.ExtraFactor, "the gradient of the root of it", x => (x[0] - x[1]) is var d ? d / x[0].numel() / d.pow(2).mean().sqrt() : x[0]) with { AlsoAccepted = [CauseCode.Scale] },
        Residual("MSE-59", CauseCode.Constant, "the mean difference, in every entry", x => (x[0] - x[1]).mean().expand(x[0].shape) * 2 / x[0].numel()) with { AlsoAccepted = [CauseCode.Coupling, CauseCode.Axis] },
        Stale("MSE-60", Mse, "the target is that of the call before", 0, 1, (dy, x) => Mse.Backward(dy, x)[0]),
        Residual("MSE-61", CauseCode.Mask, "the difference is clipped at ±1, as Huber's is", x => (x[0] - x[1]).clamp(-1, 1) * 2 / x[0].numel()) with { AlsoAccepted = [CauseCode.WrongArgument, CauseCode.Approximate] },
        Residual("MSE-62", CauseCode.MissingTerm, "the prediction is forgotten: −2t", x => x[1] * -2 / x[0].numel()),
        Residual("MSE-63", CauseCode.ExtraFactor, "σ′ of an output layer that is not there", x => (x[0] - x[1]) * x[0].sigmoid() * (1 - x[0].sigmoid()) * 2 / x[0].numel()),
        Bug.Of("MSE-64", Mse, CauseCode.Shape, "the gradient comes averaged over the rows", (dy, x) => [(x[0] - x[1]).mean([0L]) * dy * 2]) with { AlsoAccepted = [CauseCode.Axis] },
        Bug.Of("MSE-65", Mse, CauseCode.Count, "the constant target gets a gradient too", (dy, x) => Mse.Backward(dy, x) is var g ? [g[0], -g[0]] : []),
        Residual("MSE-66", CauseCode.Scale, "divided by N − 1, as a variance is", x => (x[0] - x[1]) * 2 / x[0].shape[1] / (x[0].shape[0] - 1 + (x[0].shape[0] == 1 ? 1 : 0))) with { AlsoAccepted = [CauseCode.ExtraFactor] },

        Changed("SQE-51", SquaredError, CauseCode.Sign, "∂E/∂z = d − z", (g, _) => [-g[0], g[1]]) with { AlsoAccepted = [CauseCode.Swapped] },
        Changed("SQE-52", SquaredError, CauseCode.Sign, "the label's gradient has the prediction's sign", (g, _) => [g[0], -g[1]]) with { AlsoAccepted = [CauseCode.Swapped] },
        Elsewhere("SQE-53", SquaredError, CauseCode.Scale, "a 2 from the square, which the ½ has taken already", (dy, _) => dy * 2),
        Gradient("SQE-54", SquaredError, CauseCode.MissingTerm, "the label is forgotten", 0, (dy, x) => dy * x[0]),
        Elsewhere("SQE-55", SquaredError, CauseCode.Scale, "averaged over the rows, though the forward pass sums", (dy, x) => dy / x[0].shape[0]),
    ];

    private static IReadOnlyList<Bug> EmbeddingBugs() =>
    [
        Bug.Of("EMB-01", Embedding, CauseCode.Duplicates, "rows are assigned: of a word that comes twice the last is left", (dy, x) => [Repeats.LastWins(x[1], dy, x[0].shape[0])]),
        Bug.Of("EMB-02", Embedding, CauseCode.Duplicates, "rows of the same word are averaged", (dy, x) => [Repeats.Averaged(x[1], dy, x[0].shape[0])]),
        Bug.Of("EMB-04", Embedding, CauseCode.Mask, "row 0 gets nothing, as if it were padding", (dy, x) => [Looked(dy, x) * Gate(Places(x[0].shape[0], dy).ne(0), dy).unsqueeze(1)]),
        Bug.Of("EMB-05", Embedding, CauseCode.WrongArgument, "rows go where they stand in the batch, not to their index", (dy, x) => [Repeats.Added(Places(x[1].shape[0], dy).remainder(x[0].shape[0]), dy, x[0].shape[0])])
            with { AlsoAccepted = [CauseCode.Shifted, CauseCode.Duplicates] },

        Bug.Of("EMB-51", Embedding, CauseCode.Shifted, "every index is one too great", (dy, x) => [Looked(dy, x).roll(1, 0)]) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Bug.Of("EMB-52", Embedding, CauseCode.Duplicates, "words seen before are skipped: the first is left", (dy, x) => [Repeats.FirstWins(x[1], dy, x[0].shape[0])]),
        Bug.Of("EMB-53", Embedding, CauseCode.Shape, "dy itself, K×D: never scattered", (dy, _) => [dy]),
        Bug.Of("EMB-54", Embedding, CauseCode.Scale, "divided by the number of indices", (dy, x) => [Looked(dy, x) / x[1].shape[0]]),
        Bug.Of("EMB-55", Embedding, CauseCode.Transpose, "the gradient comes as D×V", (dy, x) => [Looked(dy, x).t()]) with { AlsoAccepted = [CauseCode.Shape] },
        Bug.Of("EMB-56", Embedding, CauseCode.Sign, "the gradient of descent: its sign is already turned", (dy, x) => [-Looked(dy, x)]),
        Bug.Of("EMB-57", Embedding, CauseCode.ExtraFactor, "multiplied by the row that was looked up", (dy, x) => [Looked(dy, x) * x[0]]),
        Elsewhere("EMB-58", Embedding, CauseCode.CotangentIgnored, "counts: how often each word comes", (dy, _) => torch.ones_like(dy)),
        Bug.Of("EMB-59", Embedding, CauseCode.WrongArgument, "indices are sorted, the rows of dy are not", (dy, x) => [Repeats.Added(x[1].sort().Values, dy, x[0].shape[0])]) with { AlsoAccepted = [CauseCode.Coupling, CauseCode.Shifted] },
        Bug.Of("EMB-60", Embedding, CauseCode.Mask, "the last row gets nothing", (dy, x) => [Looked(dy, x) * Gate(Places(x[0].shape[0], dy).ne(x[0].shape[0] - 1), dy).unsqueeze(1)]),
        Bug.Of("EMB-61", Embedding, CauseCode.Mask, "every row gets the sum, whether its word came or not", (dy, x) => [dy.sum(0L, keepdim: true).expand(x[0].shape)]) with { AlsoAccepted = [CauseCode.Coupling, CauseCode.Axis] },
        Bug.Of("EMB-62", Embedding, CauseCode.Flipped, "the columns come in reverse order", (dy, x) => [Looked(dy, x).flip(1)]),
        Bug.Of("EMB-63", Embedding, CauseCode.Zero, "the table is taken for a constant", (_, x) => [torch.zeros_like(x[0])]),
        Accumulating("EMB-64", Embedding, "the table's gradient is never cleared", 0),
        Bug.Of("EMB-65", Embedding, CauseCode.ExtraFactor, "a word's sum is multiplied by how often it comes", (dy, x) => [Looked(dy, x) * Repeats.Added(x[1], torch.ones_like(dy), x[0].shape[0])]) with { AlsoAccepted = [CauseCode.Duplicates] },
        Bug.Of("EMB-66", Embedding, CauseCode.Shape, "only the rows that came, without the zeros between them", (dy, x) => [Rules.SparseRows.Accumulate(x[1], dy).Rows]),
        Bug.Of("EMB-67", Embedding, CauseCode.InputMutated, "the table is stepped in its place", (dy, x) =>
        {
            var gradient = Looked(dy, x);
            x[0].sub_(gradient * 0.01);
            return [gradient];
        }),
    ];

    /// <summary>A wrong dx / dy of the mean squared error.</summary>
    private static Bug Residual(string id, string cause, string summary, Func<IReadOnlyList<Tensor>, Tensor> slope) => Bug.Of(id, Mse, cause, summary, (dy, x) => [dy * slope(x)]);

    private static Tensor Places(long count, Tensor like) => torch.arange(count, torch.int64, like.device);

    private static Tensor Looked(Tensor dy, IReadOnlyList<Tensor> x) => Embedding.Backward(dy, x)[0];
}
