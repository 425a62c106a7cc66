using Backprop.Shapes;
using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Under the root of a variance.</summary>
    internal const double Epsilon = 1e-3;

    /// <summary>The share of entries that <see cref="Dropout"/> drops.</summary>
    internal const double DropRate = 0.25;

    /// <summary>Statistics, normalisation, dropout, residual paths.</summary>
    internal static IReadOnlyList<Operation> Normalisations() => [LayerNorm, BatchNorm, Normalise, Variance, Dropout, ResidualPath];

    /// <summary>Rows brought to mean 0 and variance 1, then scaled and moved.</summary>
    public static Operation LayerNorm { get; } = Normed("layer-norm", "y = γ (x − mean) / √(variance + ε) + β, along each row", 1);

    /// <summary>Columns brought to mean 0 and variance 1 over the batch, then scaled and moved.</summary>
    public static Operation BatchNorm { get; } = Normed("batch-norm", "y = γ (x − mean) / √(variance + ε) + β, along each column", 0);

    /// <summary>y = x / ‖x‖, row by row; of two entries and more, since one alone has no gradient.</summary>
    public static Operation Normalise { get; } = UnaryOf("normalise", "y_n = x_n / ‖x_n‖", Input.Real("x", "N", "2*D"),
        x => x / Lengths(x),
        (dy, x) => x / Lengths(x) is var y ? (dy - y * (dy * y).sum(-1L, keepdim: true)) / Lengths(x) : dy);

    /// <summary>y_d = (1/N) Σ_n (x_nd − mean_d)².</summary>
    public static Operation Variance { get; } = Unary("variance", "y_d = (1/N) Σ_n (x_nd − mean_d)²",
        x => (x - x.mean([0L], true)).pow(2).mean([0L]),
        (dy, x) => dy * 2 / x.shape[0] * (x - x.mean([0L], true)));

    /// <summary>y = x m / (1 − p), with the mask m handed in.</summary>
    public static Operation Dropout { get; } = new()
    {
        Name = "dropout",
        Summary = "y = x m / (1 − p), p = 0.25, m of zeros and ones",
        Inputs = [Input.Real("x", "N", "D"), Input.Real("m", "N", "D").NoGradient().From(Mask)],
        Forward = x => x[0] * x[1] / (1 - DropRate),
        Backward = (dy, x) => [dy * x[1] / (1 - DropRate)],
        Constants = [new("p", DropRate)],
    };

    /// <summary>y = x + tanh(x w): a path that goes straight on beside one through a layer.</summary>
    public static Operation ResidualPath { get; } = new()
    {
        Name = "residual",
        Summary = "y = x + tanh(x w)",
        Inputs = [Input.Real("x", "N", "D"), Input.Real("w", "D", "D")],
        Forward = x => x[0] + x[0].mm(x[1]).tanh(),
        Backward = (dy, x) => Rules.Tanh.Backward(dy, Rules.Tanh.Forward(x[0].mm(x[1])).Saved).DX is var delta ? [dy + delta.mm(x[1].t()), x[0].t().mm(delta)] : [],
    };

    /// <summary>√(variance + ε) along a dimension, which stays.</summary>
    internal static Tensor Deviation(Tensor x, long along) => ((x - x.mean([along], true)).pow(2).mean([along], true) + Epsilon).sqrt();

    /// <summary>(x − mean) / √(variance + ε).</summary>
    internal static Tensor Standard(Tensor x, long along) => (x - x.mean([along], true)) / Deviation(x, along);

    /// <summary>The lengths of the rows, N×1.</summary>
    internal static Tensor Lengths(Tensor x) => x.pow(2).sum(-1L, keepdim: true).sqrt();

    private static Operation Normed(string name, string summary, long along) => new()
    {
        Name = name,
        Summary = summary,
        Inputs = [Input.Real("x", "N", "D"), Input.Real("gamma", "D"), Input.Real("beta", "D")],
        Forward = x => x[1] * Standard(x[0], along) + x[2],
        Backward = (dy, x) =>
        {
            var (standard, d) = (Standard(x[0], along), dy * x[1]);
            var dx = (d - d.mean([along], true) - standard * (d * standard).mean([along], true)) / Deviation(x[0], along);
            return [dx, Unbroadcast.Sum(dy * standard, x[1].shape), Unbroadcast.Sum(dy, x[2].shape)];
        },
        Constants = [new("ε", Epsilon)],
    };

    /// <summary>Three of four entries are kept.</summary>
    private static Tensor Mask(Case @case)
    {
        var random = new Random(@case.Seed);
        var (rows, columns) = (@case.Sizes["N"], @case.Sizes["D"]);
        return torch.tensor([.. Enumerable.Range(0, (int)(rows * columns)).Select(_ => random.NextDouble() < DropRate ? 0.0 : 1)], [rows, columns], torch.float64);
    }
}
