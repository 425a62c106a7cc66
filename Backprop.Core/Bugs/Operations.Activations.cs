using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Functions of one number, entry by entry.</summary>
    internal static IReadOnlyList<Operation> Activations() =>
    [
        Sigmoid, SigmoidScaled, Tanh, Relu, LeakyRelu, Relu6, Elu, Softplus, Silu, Gelu, Square, Cube, Log1PAbs, Abs, Exp, Log, Sqrt, Reciprocal,
    ];

    /// <summary>The inner factor of <see cref="SigmoidScaled"/>.</summary>
    internal const double Steepness = 3;

    /// <summary>The slope of <see cref="LeakyRelu"/> below 0.</summary>
    internal const double LeakySlope = 0.1;

    /// <summary>The limit of <see cref="Elu"/>, with its sign turned.</summary>
    internal const double EluScale = 1.5;

    /// <summary>y = σ(x).</summary>
    public static Operation Sigmoid { get; } = Rule("sigmoid");

    /// <summary>y = σ(3x): a chain with a constant inside.</summary>
    public static Operation SigmoidScaled { get; } = Unary("sigmoid-scaled", "y = σ(a x), a = 3",
        x => (x * Steepness).sigmoid(),
        (dy, x) => Rules.Sigmoid.Backward(dy, Rules.Sigmoid.Forward(x * Steepness).Saved).DX * Steepness,
        new Constant("a", Steepness));

    /// <summary>y = tanh x.</summary>
    public static Operation Tanh { get; } = Rule("tanh");

    /// <summary>y = max(0, x).</summary>
    public static Operation Relu { get; } = Rule("relu");

    /// <summary>y = x where x > 0, else αx.</summary>
    public static Operation LeakyRelu { get; } = Unary("leaky-relu", "y = x where x > 0, else α x, α = 0.1",
        x => torch.nn.functional.leaky_relu(x, LeakySlope),
        (dy, x) => Rules.Relu.Backward(dy, Rules.Relu.Forward(x).Saved).DX * (1 - LeakySlope) + dy * LeakySlope,
        new Constant("α", LeakySlope));

    /// <summary>y = min(max(0, x), 6).</summary>
    public static Operation Relu6 { get; } = UnaryOf("relu6", "y = min(max(0, x), 6)", Input.Range("x", -4, 10, "N", "D"),
        x => torch.nn.functional.relu6(x),
        (dy, x) => dy.masked_fill(x.le(0), 0).masked_fill(x.ge(6), 0));

    /// <summary>y = x where x > 0, else α(e^x − 1).</summary>
    public static Operation Elu { get; } = Unary("elu", "y = x where x > 0, else α (e^x − 1), α = 1.5",
        x => torch.nn.functional.elu(x, EluScale),
        (dy, x) => torch.where(x.gt(0), dy, dy * (EluScale * x.clamp_max(0).exp())),
        new Constant("α", EluScale));

    /// <summary>y = log(1 + e^x).</summary>
    public static Operation Softplus { get; } = Unary("softplus", "y = log(1 + e^x)",
        x => torch.nn.functional.softplus(x, threshold: 50),
        (dy, x) => dy * x.sigmoid());

    /// <summary>y = x σ(x).</summary>
    public static Operation Silu { get; } = Unary("silu", "y = x σ(x)",
        x => x * x.sigmoid(),
        (dy, x) => Rules.Sigmoid.Forward(x) is var s ? dy * s.Y + Rules.Sigmoid.Backward(dy * x, s.Saved).DX : dy);

    /// <summary>y = x Φ(x), with Φ the normal distribution function.</summary>
    public static Operation Gelu { get; } = Unary("gelu", "y = x Φ(x)",
        x => x * NormalDistribution(x),
        (dy, x) => dy * (NormalDistribution(x) + x * NormalDensity(x)));

    /// <summary>y = x².</summary>
    public static Operation Square { get; } = Unary("square", "y = x · x",
        x => x * x,
        (dy, x) => Rules.Hadamard.Backward(dy, Rules.Hadamard.Forward(x, x).Saved) is var g ? g.DU + g.DV : dy);

    /// <summary>y = x³.</summary>
    public static Operation Cube { get; } = Unary("cube", "y = x³",
        x => x.pow(3),
        (dy, x) => dy * 3 * x * x);

    /// <summary>y = log(1 + |x|).</summary>
    public static Operation Log1PAbs { get; } = Unary("log1p-abs", "y = log(1 + |x|)",
        x => x.abs().log1p(),
        (dy, x) => dy * x.sign() / (1 + x.abs()));

    /// <summary>y = |x|.</summary>
    public static Operation Abs { get; } = Unary("abs", "y = |x|", x => x.abs(), (dy, x) => dy * x.sign());

    /// <summary>y = e^x.</summary>
    public static Operation Exp { get; } = Unary("exp", "y = e^x", x => x.exp(), (dy, x) => dy * x.exp());

    /// <summary>y = log x.</summary>
    public static Operation Log { get; } = UnaryOf("log", "y = log x", Input.Positive("x", "N", "D"), x => x.log(), (dy, x) => dy / x);

    /// <summary>y = √x.</summary>
    public static Operation Sqrt { get; } = UnaryOf("sqrt", "y = √x", Input.Positive("x", "N", "D"), x => x.sqrt(), (dy, x) => dy / (2 * x.sqrt()));

    /// <summary>y = 1/x.</summary>
    public static Operation Reciprocal { get; } = UnaryOf("reciprocal", "y = 1/x", Input.Positive("x", "N", "D"), x => 1 / x, (dy, x) => -dy / (x * x));

    /// <summary>Φ.</summary>
    internal static Tensor NormalDistribution(Tensor x) => (1 + (x * Math.Sqrt(0.5)).erf()) * 0.5;

    /// <summary>φ = Φ′.</summary>
    internal static Tensor NormalDensity(Tensor x) => (x * x * -0.5).exp() / Math.Sqrt(2 * Math.PI);
}
