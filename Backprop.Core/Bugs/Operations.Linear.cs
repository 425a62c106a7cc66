using Backprop.Shapes;
using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Products of matrices, biases, factors that are broadcast, means.</summary>
    internal static IReadOnlyList<Operation> Linears() =>
    [
        Linear, MatrixProduct, Bias, Scale, RowScale, ScalarScale, ColumnSquaredError, ColumnMean,
    ];

    /// <summary>Y = XW + b.</summary>
    public static Operation Linear { get; } = Rule("linear");

    /// <summary>Y = XW.</summary>
    public static Operation MatrixProduct { get; } = Rule("matrix-product");

    /// <summary>y = x + b: a bias for each column, added to every row.</summary>
    public static Operation Bias { get; } = new()
    {
        Name = "bias",
        Summary = "y_nm = x_nm + b_m",
        Inputs = [Input.Real("x", "N", "M"), Input.Real("b", "M")],
        Forward = x => x[0] + x[1],
        Backward = (dy, x) => [dy, Unbroadcast.Sum(dy, x[1].shape)],
    };

    /// <summary>y = x ⊙ s: a factor for each column.</summary>
    public static Operation Scale { get; } = Scaled("scale", "y_nd = x_nd s_d", Input.Real("s", "1", "D"));

    /// <summary>y = x ⊙ s: a factor for each row.</summary>
    public static Operation RowScale { get; } = Scaled("row-scale", "y_nd = x_nd s_n", Input.Real("s", "N", "1"));

    /// <summary>y = s x: one factor for all.</summary>
    public static Operation ScalarScale { get; } = Scaled("scalar-scale", "y_nd = s x_nd", Input.Real("s"));

    /// <summary>The mean squared error of a column of predictions against a vector of targets.</summary>
    public static Operation ColumnSquaredError { get; } = new()
    {
        Name = "column-squared-error",
        Summary = "L = (1/N) Σ_n (p_n1 − t_n)²",
        Inputs = [Input.Real("p", "N", "1"), Input.Real("t", "N")],
        Forward = x => (x[0].squeeze(1) - x[1]).pow(2).mean(),
        Backward = (dy, x) => Rules.SquaredError.Backward(dy * (2.0 / x[1].shape[0]), Rules.SquaredError.Forward(x[0].squeeze(1), x[1]).Saved) is var g ? [g.DZ.unsqueeze(1), g.DD] : [],
    };

    /// <summary>y_d = (1/N) Σ_n x_nd: the mean of each column.</summary>
    public static Operation ColumnMean { get; } = Unary("column-mean", "y_d = (1/N) Σ_n x_nd",
        x => x.mean([0L]),
        (dy, x) => (dy / x.shape[0]).expand(x.shape));

    private static Operation Scaled(string name, string summary, Input s) => new()
    {
        Name = name,
        Summary = summary,
        Inputs = [Input.Real("x", "N", "D"), s],
        Forward = x => x[0] * x[1],
        Backward = (dy, x) => Rules.Hadamard.Backward(dy, new(x[0], x[1])) is var g ? [g.DU, Unbroadcast.Sum(g.DV, x[1].shape)] : [],
    };
}
