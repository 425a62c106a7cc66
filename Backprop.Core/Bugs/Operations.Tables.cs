using Backprop.Rules;
using Backprop.Verify;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Errors, tables, word vectors.</summary>
    internal static IReadOnlyList<Operation> Tables() => [Mse, SquaredError, Embedding, NegativeSampling, NegativeSamplingSingle, Cbow, Glove, GlovePaper, WordMean];

    /// <summary>The mean squared error over all entries; the target is a constant.</summary>
    public static Operation Mse { get; } = new()
    {
        Name = "mse",
        Summary = "J = 1/(N·M) Σ (x − t)²",
        Inputs = [Input.Real("x", "N", "M"), Input.Real("t", "N", "M").NoGradient()],
        Forward = x => F.mse_loss(x[0], x[1]),
        Backward = (dy, x) => [Rules.RegressionError.Backward(dy, Rules.RegressionError.Forward(x[0], x[1], ErrorScale.Plain).Saved).DH / x[0].numel()],
    };

    /// <summary>Half the squared error, of prediction and label.</summary>
    public static Operation SquaredError { get; } = Rule("squared-error");

    /// <summary>Rows of a table, looked up.</summary>
    public static Operation Embedding { get; } = new()
    {
        Name = "embedding",
        Summary = "y_k = row i_k of the table",
        Inputs = [Input.Real("table", "V", "D"), Input.Indices("indices", "K", "V")],
        Forward = x => x[0].index_select(0, x[1]),
        Backward = (dy, x) => [Rules.SparseRows.Accumulate(x[1], dy).Dense(x[0].shape[0])],
    };

    /// <summary>Skip-gram with negative sampling, as this project has it: a batch of centres.</summary>
    public static Operation NegativeSampling { get; } = Rule("negative-sampling");

    /// <summary>Skip-gram with negative sampling for one centre vector; the first index is the true neighbour, the others are negatives.</summary>
    public static Operation NegativeSamplingSingle { get; } = new()
    {
        Name = "negative-sampling-single",
        Summary = "J = −log σ(u_oᵀv) − Σ_k log σ(−u_kᵀv), o the first index, k the others",
        Inputs = [Input.Real("v", "D"), Input.Real("u", "V", "D"), Input.Indices("indices", "K", "V")],
        Forward = x => F.softplus(Signed(x[1].index_select(0, x[2]).matmul(x[0])), threshold: 50).sum(),
        Backward = (dy, x) =>
        {
            var rows = x[1].index_select(0, x[2]);
            var scores = Rules.MatrixProduct.Forward(rows, x[0].unsqueeze(1));
            var loss = Rules.SigmoidCrossEntropy.Forward(scores.Y, FirstIsTrue(scores.Y));
            var product = Rules.MatrixProduct.Backward(Rules.SigmoidCrossEntropy.Backward(dy, loss.Saved).DLogits, scores.Saved);
            return [product.DW.squeeze(1), Rules.SparseRows.Accumulate(x[2], product.DX).Dense(x[1].shape[0])];
        },
    };

    /// <summary>Continuous bag of words, as this project has it.</summary>
    public static Operation Cbow { get; } = Rule("cbow");

    /// <summary>The mean of the words of each sentence.</summary>
    public static Operation WordMean { get; } = Rule("word-mean");

    /// <summary>GloVe, as this project has it: with the ½.</summary>
    public static Operation Glove { get; } = Rule("glove");

    /// <summary>The most that GloVe's weight grows to is at this count.</summary>
    internal const double GloveMost = 100;

    /// <summary>How fast GloVe's weight grows.</summary>
    internal const double GlovePower = 0.75;

    /// <summary>A learning rate in the objective, as course work has it that folds the step into the gradient.</summary>
    internal const double GloveRate = 0.05;

    /// <summary>GloVe as published: without the ½, flat biases; times a learning rate.</summary>
    public static Operation GlovePaper { get; } = new()
    {
        Name = "glove-paper",
        Summary = "J = η Σ_n f(X_n) (w_(i_n)ᵀ w̃_(j_n) + b_(i_n) + b̃_(j_n) − log X_n)²",
        Inputs =
        [
            Input.Real("w", "V", "D"), Input.Real("wt", "V", "D"), Input.Real("b", "V"), Input.Real("bt", "V"), Input.Indices("rows", "N", "V"), Input.Indices("columns", "N", "V"),
            Input.Range("counts", 1, 200, "N").NoGradient(),
        ],
        Forward = x => (GloveWeight(x[6]) * GloveDifference(x).pow(2)).sum() * GloveRate,
        Backward = (dy, x) =>
        {
            var difference = dy * (2 * GloveRate) * GloveWeight(x[6]) * GloveDifference(x);
            var pairs = Rules.PairProduct.Backward(difference, Rules.PairProduct.Forward(x[0], x[1], x[4], x[5]).Saved);
            var count = x[0].shape[0];
            return [pairs.DU.Dense(count), pairs.DV.Dense(count), SumByWord(x[4], difference, count), SumByWord(x[5], difference, count)];
        },
        Constants = [new("η", GloveRate), new("α", GlovePower), new("x_max", GloveMost)],
    };

    /// <summary>f(X) = (X / x_max)^α, and 1 from x_max on.</summary>
    internal static Tensor GloveWeight(Tensor counts) => (counts / GloveMost).clamp_max(1).pow(GlovePower);

    /// <summary>What GloVe's square is taken of.</summary>
    internal static Tensor GloveDifference(IReadOnlyList<Tensor> x) =>
        (x[0].index_select(0, x[4]) * x[1].index_select(0, x[5])).sum(1L) + x[2].index_select(0, x[4]) + x[3].index_select(0, x[5]) - x[6].log();

    /// <summary>One number for each word: the sum of those at its places.</summary>
    internal static Tensor SumByWord(Tensor ids, Tensor numbers, long count) => Rules.SparseRows.Accumulate(ids, numbers.unsqueeze(1)).Dense(count).squeeze(1);

    /// <summary>The scores with the sign that −log σ takes them with: the first is true, the others are not.</summary>
    private static Tensor Signed(Tensor scores) => torch.cat([scores.narrow(0, 0, 1).neg(), scores.narrow(0, 1, scores.shape[0] - 1)], 0);

    /// <summary>1 for the first, 0 for the others.</summary>
    internal static Tensor FirstIsTrue(Tensor scores) => torch.cat([torch.ones_like(scores.narrow(0, 0, 1)), torch.zeros_like(scores.narrow(0, 1, scores.shape[0] - 1))], 0);
}
