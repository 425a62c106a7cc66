using Backprop.Verify;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>What notes 004 claim. One part a topic, in the order of the lines: see the files beside this one.</summary>
internal static partial class Notes004
{
    internal static IReadOnlyList<Claim> Claims { get; } =
    [
        .. SoftmaxClaims(), .. NetworkClaims(), .. WordClaims(), .. ScratchClaims(), .. SlopeClaims(), .. CrossEntropyClaims(), .. AttemptClaims(),
        .. ObjectiveClaims(), .. LayerClaims(), .. ScoreClaims(), .. ChainRuleClaims(), .. WindowClaims(), .. WindowInputClaims(), .. MarginClaims(), .. LaterClaims(),
    ];

    private static IReadOnlyList<string> SoftmaxLoss => ["softmax-cross-entropy", "softmax-cross-entropy-distributions"];

    /// <summary>The derivative of a function that goes entry by entry, or the gradient of a scalar one, from autograd.</summary>
    private static Tensor SlopeOf(Func<Tensor, Tensor> f, Tensor x) => Autograd.Gradients(inputs => f(inputs[0]), [x], [true], torch.ones_like(f(x)))[0];

    /// <summary>Names a value, for use in an expression.</summary>
    private static TResult Given<T, TResult>(T value, Func<T, TResult> then) => then(value);

    private static Tensor Vector(params double[] numbers) => Host.Tensor(numbers, [numbers.Length], torch.float64, torch.CPU);

    /// <summary>A 2×2 matrix, row by row.</summary>
    private static Tensor Square(double a, double b, double c, double d) => Vector(a, b, c, d).reshape(2, 2);

    private static Tensor OneHot(long label, long classes) => torch.eye(classes, dtype: torch.float64)[label];

    /// <summary>One example with a one-hot label: scores θ, y_k = 1, another class g, and CE(y, softmax(θ)).</summary>
    private sealed record Example(Tensor Theta, Tensor Y, long K, long G)
    {
        internal static Example Of(Trial t)
        {
            var d = t.Size("d", 2);
            var theta = t.Real("θ", d);
            var k = t.Label("k", d);
            return new(theta, OneHot(k, d), k, t.OtherLabel("g", d, k));
        }

        /// <summary>ŷ.</summary>
        internal Tensor P => F.softmax(Theta, -1);

        internal Tensor Loss(Tensor theta) => -(Y * F.log_softmax(theta, -1)).sum();
    }

    /// <summary>Each of several expressions that are said to be the same thing, over what was drawn.</summary>
    private static Comparison Every<T>(T drawn, Func<T, Tensor>[] stated, Func<Tensor, Comparison> compare) => Comparison.Each([.. stated.Select(one => compare(one(drawn)))]);

    /// <summary>∂CE/∂θ, all of it.</summary>
    private static Comparison AllClasses(Trial t, params Func<Example, Tensor>[] stated) => Given(Example.Of(t), e => Every(e, stated, one => Comparison.Gradient(one, e.Loss, e.Theta)));

    /// <summary>∂CE/∂θ_k, k the class of the example.</summary>
    private static Comparison TrueClass(Trial t, params Func<Example, Tensor>[] stated) => Given(Example.Of(t), e => Every(e, stated, one => Comparison.Partial(one, e.Loss, e.Theta, [e.K])));

    /// <summary>∂CE/∂θ_g, g another class.</summary>
    private static Comparison OtherClass(Trial t, params Func<Example, Tensor>[] stated) => Given(Example.Of(t), e => Every(e, stated, one => Comparison.Partial(one, e.Loss, e.Theta, [e.G])));

    /// <summary>What is said to be CE(y, ŷ), against it.</summary>
    private static Comparison Loss(Trial t, params Func<Example, Tensor>[] stated) => Given(Example.Of(t), e => Every(e, stated, one =>
        Comparison.Equal(one, F.cross_entropy(e.Theta.unsqueeze(0), torch.tensor(new[] { e.K })), "libtorch's cross-entropy")));

    /// <summary>What is said to be the logistic function, against it.</summary>
    private static Comparison Logistic(Trial t, params Func<Tensor, Tensor>[] stated) => Given(t.Real("x", t.Size("N")), x => Every(x, stated, one => Comparison.Equal(one, x.sigmoid(), "libtorch's sigmoid")));

    /// <summary>What is said to be its derivative.</summary>
    private static Comparison LogisticSlope(Trial t, params Func<Tensor, Tensor>[] stated) => EntryByEntry(t, torch.sigmoid, stated);

    /// <summary>What is said to be the derivative of a function that goes entry by entry.</summary>
    private static Comparison EntryByEntry(Trial t, Func<Tensor, Tensor> f, params Func<Tensor, Tensor>[] stated) => Given(t.Real("x", t.Size("N")), x => Every(x, stated, one => Comparison.Gradient(one, f, x)));

    /// <summary>0 ≤ 1 / (1 + e^(−x)) ≤ 1 for −∞ ≤ x ≤ ∞.</summary>
    private static Comparison LogisticBounds(Trial t)
    {
        var y = Textbook.Sigmoid(torch.cat([t.Uniform("x", -800, 800, t.Size("N")), Vector(double.NegativeInfinity, double.PositiveInfinity)]));
        return Comparison.Each(Comparison.AtMost(torch.zeros_like(y), y), Comparison.AtMost(y, torch.ones_like(y)));
    }

    /// <summary>e^(x_i) / Σ_j e^(x_j), against softmax.</summary>
    private static Comparison SoftmaxFormula(Trial t) => Given(t.Real("x", t.Size("N", 2)), x => Comparison.Equal(Textbook.Softmax(x), F.softmax(x, -1), "libtorch's softmax"));

    /// <summary>softmax(x) against softmax(x + c).</summary>
    private static Comparison Shift(Trial t) =>
        Given(t.Real("x", t.Size("N", 2)), x => Comparison.Equal(F.softmax(x, -1), F.softmax(x + t.Scalar("c", -50, 50), -1)));
}
