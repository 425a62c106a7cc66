using Backprop.Verify;
using static Backprop.Bugs.Operations;
using static Backprop.Bugs.Wrong;

namespace Backprop.Bugs;

public static partial class Corpus
{
    /// <summary>Of linear-regression's inputs: x, θ, y; of logistic-regression's: x, θ, labels.</summary>
    private static IReadOnlyList<Bug> RegressionBugs() =>
    [
        Changed("LIR-51", LinearRegression, CauseCode.Sign, "y − h in dθ: the error the wrong way round", (g, _) => [g[0], -g[1], g[2]]),
        Changed("LIR-52", LinearRegression, CauseCode.Sign, "dy has the sign of dh", (g, _) => [g[0], g[1], -g[2]]),
        Gradient("LIR-53", LinearRegression, CauseCode.MissingTerm, "dθ = xᵀ h: y is forgotten", 1, (dy, x) => x[0].t().mv(x[0].mv(x[1])) * dy),
        Gradient("LIR-54", LinearRegression, CauseCode.MissingTerm, "dθ = −xᵀ y: the prediction is forgotten", 1, (dy, x) => -x[0].t().mv(x[2]) * dy),
        Gradient("LIR-55", LinearRegression, CauseCode.Axis, "dx has the error summed over the examples", 0, (dy, x) => ((x[0].mv(x[1]) - x[2]).sum() * x[1] * dy).expand(x[0].shape)) with { AlsoAccepted = [CauseCode.Coupling] },
        Elsewhere("LIR-56", LinearRegressionHalfMean, CauseCode.Scale, "1/m missing", (dy, x) => dy * x[0].shape[0]),
        Elsewhere("LIR-57", LinearRegressionHalfMean, CauseCode.Scale, "2/m: the ½ is forgotten", (dy, _) => dy * 2),
        Elsewhere("LIR-58", LinearRegressionPlain, CauseCode.Scale, "2 missing", (dy, _) => dy / 2),
        Gradient("LIR-59", LinearRegression, CauseCode.MissingFactor, "dθ = Σ error, without x", 1, (dy, x) => (dy * (x[0].mv(x[1]) - x[2]).sum()).expand(x[1].shape)) with { AlsoAccepted = [CauseCode.Constant, CauseCode.Axis] },
        Gradient("LIR-60", LinearRegression, CauseCode.Duplicates, "dθ is assigned for each example: the last is left", 1, (dy, x) => x[0].select(0, x[0].shape[0] - 1) * (x[0].mv(x[1]) - x[2]).select(0, x[0].shape[0] - 1) * dy),
        Changed("LIR-61", LinearRegressionPlain, CauseCode.Scale, "dθ is averaged over the examples", (g, x) => [g[0], g[1] / x[0].shape[0], g[2]]),

        Logistic("LOG-51", CauseCode.ExtraFactor, "(p − t) p (1 − p): the squared error's", (p, t) => (p - t) * p * (1 - p)),
        Logistic("LOG-52", CauseCode.Sign, "t − p", (p, t) => t - p),
        Logistic("LOG-53", CauseCode.MissingTerm, "p alone", (p, _) => p),
        Logistic("LOG-54", CauseCode.WrongArgument, "labels are taken for −1 and 1", (p, t) => p - (2 * t - 1)) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Logistic("LOG-55", CauseCode.WrongArgument, "σ is applied twice", (p, t) => p.sigmoid() - t),
        Logistic("LOG-56", CauseCode.Mask, "only examples that are on the wrong side have a gradient, as in a perceptron", (p, t) => (p - t) * Gate((p - t).abs().gt(0.5), p)),
        Logistic("LOG-57", CauseCode.WrongArgument, "p is rounded to the class", (p, t) => Gate(p.gt(0.5), p) - t),
        Elsewhere("LOG-58", LogisticRegressionMean, CauseCode.Scale, "1/N missing", (dy, x) => dy * x[0].shape[0]),
        Changed("LOG-59", LogisticRegression, CauseCode.Zero, "x is taken for data", (g, _) => [torch.zeros_like(g[0]), g[1]]),
        Elsewhere("LOG-60", LogisticRegression, CauseCode.WrongArgument, "classes are exchanged", (dy, _) => dy, (_, x) => [x[0], x[1], 1 - x[2]]) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.ExtraTerm] },
        Gradient("LOG-61", LogisticRegressionMean, CauseCode.Duplicates, "dθ is assigned for each example: the last is left", 1, (dy, x) => LogisticRegression.Backward(dy / x[0].shape[0], [x[0].narrow(0, x[0].shape[0] - 1, 1), x[1], x[2].narrow(0, x[0].shape[0] - 1, 1)])[1]),
    ];

    /// <summary>Of linear-softmax's inputs: w, x, labels; of embedding-softmax's: w, embeddings, ids, labels.</summary>
    private static IReadOnlyList<Bug> RegularisedModelBugs() =>
    [
        Gradient("LSX-51", LinearSoftmax, CauseCode.MissingTerm, "the regulariser has no gradient", 0, (dy, x) => LinearSoftmax.Backward(dy, x)[0] - dy * (2 * Catalogue.Lambda) * x[0]),
        Gradient("LSX-52", LinearSoftmax, CauseCode.MissingTerm, "λ w where 2λ w is meant", 0, (dy, x) => LinearSoftmax.Backward(dy, x)[0] - dy * Catalogue.Lambda * x[0]),
        Gradient("LSX-53", LinearSoftmax, CauseCode.ExtraTerm, "x is regularised too", 1, (dy, x) => LinearSoftmax.Backward(dy, x)[1] + dy * (2 * Catalogue.Lambda) * x[1]),
        Gradient("LSX-54", LinearSoftmax, CauseCode.NotLinear, "the regulariser's gradient is not multiplied by dy", 0, (dy, x) => LinearSoftmax.Backward(dy, x)[0] + (1 - dy) * (2 * Catalogue.Lambda) * x[0])
            with { AlsoAccepted = [CauseCode.MissingFactor, CauseCode.ExtraTerm] },
        Gradient("LSX-55", LinearSoftmax, CauseCode.Scale, "dw is divided by N again", 0, (dy, x) => LinearSoftmax.Backward(dy, x)[0] / x[1].shape[0]),
        Gradient("LSX-56", LinearSoftmax, CauseCode.MissingTerm, "dx = p w, without the true class's row", 1, (dy, x) => dy / x[1].shape[0] * x[1].mm(x[0].t()).softmax(-1).mm(x[0])),

        Gradient("ESX-51", EmbeddingSoftmax, CauseCode.MissingTerm, "the vectors' regulariser has no gradient", 1, (dy, x) => EmbeddingSoftmax.Backward(dy, x)[1] - dy * (2 * Catalogue.Lambda) * x[1]),
        Gradient("ESX-52", EmbeddingSoftmax, CauseCode.Mask, "only the vectors that were looked up are regularised", 1, (dy, x) =>
            EmbeddingSoftmax.Backward(dy, x)[1] - dy * (2 * Catalogue.Lambda) * x[1] * Gate(Repeats.Added(x[2], torch.ones(x[2].shape[0], 1, dy.dtype, dy.device), x[1].shape[0]).eq(0), dy)) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Gradient("ESX-53", EmbeddingSoftmax, CauseCode.Duplicates, "rows are assigned: of a word that comes twice the last is left", 1,
            (dy, x) => Repeats.LastWins(x[2], VectorRows(dy, x), x[1].shape[0]) + dy * (2 * Catalogue.Lambda) * x[1]),
        Changed("ESX-54", EmbeddingSoftmax, CauseCode.Zero, "the vectors are not learned", (g, _) => [g[0], torch.zeros_like(g[1])]),
        Gradient("ESX-55", EmbeddingSoftmax, CauseCode.Shifted, "the vectors' rows are off by one, the regulariser's not", 1, (dy, x) =>
            Repeats.Added((x[2] + 1).remainder(x[1].shape[0]), VectorRows(dy, x), x[1].shape[0]) + dy * (2 * Catalogue.Lambda) * x[1]) with { AlsoAccepted = [CauseCode.WrongArgument] },
    ];

    /// <summary>Of the chain's inputs: x, w₁, w₂, d.</summary>
    private static IReadOnlyList<Bug> SmallModelBugs() =>
    [
        Elsewhere("CHN-51", TwoWeightChain, CauseCode.Sign, "∂E/∂z = d − z", (dy, _) => -dy),
        Chain("CHN-52", CauseCode.MissingFactor, "σ′ of the output is missing", (x, y, z) => (z - x[3], (z - x[3]) * x[2] * y * (1 - y))),
        Chain("CHN-53", CauseCode.MissingFactor, "w₂ is missing on the way to w₁", (x, y, z) => ((z - x[3]) * z * (1 - z), (z - x[3]) * z * (1 - z) * y * (1 - y))),
        Chain("CHN-54", CauseCode.MissingFactor, "σ′ of the hidden unit is missing", (x, y, z) => ((z - x[3]) * z * (1 - z), (z - x[3]) * z * (1 - z) * x[2])),
        Gradient("CHN-55", TwoWeightChain, CauseCode.WrongArgument, "dw₂ has x where y is meant", 2, (dy, x) => Unit(x) is var (_, z) ? dy * (z - x[3]) * z * (1 - z) * x[0] : dy) with { AlsoAccepted = [CauseCode.MissingFactor] },
        Changed("CHN-56", TwoWeightChain, CauseCode.Sign, "dd has the sign of dz", (g, _) => [g[0], g[1], g[2], -g[3]]),
        Changed("CHN-57", TwoWeightChain, CauseCode.Swapped, "dw₁ and dw₂ are exchanged", (g, _) => [g[0], g[2], g[1], g[3]]),
        Bug.Of("CHN-58", TwoWeightChain, CauseCode.NotLinear, "w₂ is stepped before dw₁ is made", (dy, x) => TwoWeightChain.Backward(dy, x) is var right && Unit(x) is var (y, z)
            ? [right[0], dy * (z - x[3]) * z * (1 - z) * (x[2] - right[2] * 0.5) * y * (1 - y) * x[0], right[2], right[3]] : []) with { AlsoAccepted = [CauseCode.WrongArgument] },
        Chain("CHN-59", CauseCode.WrongArgument, "σ′ of the hidden unit is that of the output", (x, y, z) => ((z - x[3]) * z * (1 - z), (z - x[3]) * z * (1 - z) * x[2] * z * (1 - z))),
        Changed("CHN-60", TwoWeightChainBatch, CauseCode.Scale, "dw₁ is averaged over chains that are summed", (g, x) => [g[0], g[1] / x[0].shape[0], g[2], g[3]]),
        Changed("CHN-61", TwoWeightChainBatch, CauseCode.Axis, "dw₂ is summed over chains that have weights of their own", (g, _) => [g[0], g[1], g[2].sum().expand(g[2].shape), g[3]]) with { AlsoAccepted = [CauseCode.Constant, CauseCode.Coupling] },

        Paths("FAN-51", CauseCode.MissingTerm, "the path through the softmax is forgotten", (a, b, _, _) => a + b),
        Paths("FAN-52", CauseCode.MissingTerm, "the path through tanh is forgotten", (a, _, c, _) => a + c),
        Paths("FAN-53", CauseCode.Duplicates, "each path's gradient overwrites the one before", (_, _, c, _) => c) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Paths("FAN-54", CauseCode.Scale, "the paths are averaged", (a, b, c, _) => (a + b + c) / 3),
        Paths("FAN-55", CauseCode.ExtraTerm, "the softmax's path is the identity", (a, b, _, dy) => a + b + dy) with { AlsoAccepted = [CauseCode.MissingTerm, CauseCode.MissingFactor] },
        Paths("FAN-56", CauseCode.Sign, "the paths of the product are taken away from each other", (a, b, c, _) => a - b + c) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Unary("FAN-57", FanOut, CauseCode.DiagonalOnly, "the softmax's Jacobian is taken as its diagonal", (dy, x) =>
            dy * (x.sigmoid() * (1 - x.sigmoid()) * x.tanh() + x.sigmoid() * (1 - x.tanh().pow(2)) + x.softmax(-1) * (1 - x.softmax(-1)))) with { AlsoAccepted = [CauseCode.MissingTerm] },
        Unary("FAN-58", FanOut, CauseCode.MissingFactor, "the product's rule is a product of derivatives", (dy, x) =>
            dy * x.sigmoid() * (1 - x.sigmoid()) * (1 - x.tanh().pow(2)) + Softmax.Backward(dy, [x])[0]) with { AlsoAccepted = [CauseCode.Unknown, CauseCode.WrongArgument, CauseCode.MissingTerm] },
    ];

    /// <summary>A wrong p − t, for both gradients.</summary>
    private static Bug Logistic(string id, string cause, string summary, Func<Tensor, Tensor, Tensor> error) => Bug.Of(id, LogisticRegression, cause, summary, (dy, x) =>
    {
        var ds = dy * error(x[0].mv(x[1]).sigmoid(), x[2].to_type(dy.dtype));
        return [ds.unsqueeze(1) * x[1], x[0].t().mv(ds)];
    });

    /// <summary>embedding-softmax's gradient of each looked-up vector.</summary>
    private static Tensor VectorRows(Tensor dy, IReadOnlyList<Tensor> x) =>
        (dy / x[2].shape[0] * (x[1].index_select(0, x[2]).mm(x[0].t()).softmax(-1) - Rules.OneHot.Of(x[3], x[0].shape[0], dy.dtype))).mm(x[0]);

    /// <summary>The chain's y and z.</summary>
    private static (Tensor Y, Tensor Z) Unit(IReadOnlyList<Tensor> x) => (x[1] * x[0]).sigmoid() is var y ? (y, (x[2] * y).sigmoid()) : default;

    /// <summary>Wrong δ₂ and δ₁ of the chain.</summary>
    private static Bug Chain(string id, string cause, string summary, Func<IReadOnlyList<Tensor>, Tensor, Tensor, (Tensor Second, Tensor First)> deltas) => Bug.Of(id, TwoWeightChain, cause, summary, (dy, x) =>
    {
        var (y, z) = Unit(x);
        var (second, first) = deltas(x, y, z);
        return [dy * first * x[1], dy * first * x[0], dy * second * y, dy * (x[3] - z)];
    });

    /// <summary>Another sum of the three paths' gradients.</summary>
    private static Bug Paths(string id, string cause, string summary, Func<Tensor, Tensor, Tensor, Tensor, Tensor> sum) => Unary(id, FanOut, cause, summary, (dy, x) =>
        Models.FanOut.Paths(dy, Models.FanOut.Forward(x).Saved) is var paths ? sum(paths[0], paths[1], paths[2], dy) : dy);
}
