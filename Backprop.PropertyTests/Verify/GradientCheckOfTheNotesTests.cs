using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Verify;

/// <summary>Gradient checking as notes 004 define it (lines 2059–2134), on the functions that they try it on (lines 2074–2096 and 2136–2212): (cost, grad) = f(x).</summary>
public class GradientCheckOfTheNotesTests
{
    private static readonly Func<Tensor, Tensor> SumOfSquares = x => (x * x).sum();
    private static readonly Func<Tensor, Tensor> HalfLess = theta => (0.5 * theta - 3.0 / 5).sum();

    /// <summary>(J(θ + εe_i) − J(θ − εe_i)) / 2ε with the ε = 10⁻⁴ of the notes.</summary>
    private static double[] Check(Func<Tensor, Tensor> f, double step, params double[] x) => Numbers(FiniteDifference.Gradient(f, Vector(x), Scalar(1), step));

    [Fact]
    public void TheDefinitionIsTheOneOfTheNotes() => ForAll(Inputs.Logits, x =>
    {
        // θ^(i±) = θ ± ε e_i, entry by entry, spelled out.
        var theta = x.Tensor().flatten();
        var f = (Tensor t) => t.pow(3).sum() + t.sum().sin();
        const double step = 1e-4;
        var spelled = new double[theta.shape[0]];
        for (var i = 0; i < spelled.Length; i++)
        {
            var unit = torch.zeros_like(theta);
            unit[i] = torch.tensor(1.0, torch.float64);
            spelled[i] = (f(theta + step * unit) - f(theta - step * unit)).item<double>() / (2 * step);
        }
        // Both round what they subtract, by up to 2⁻⁵² of the value over 2ε.
        var rounding = 1e-15 * Math.Max(1, Math.Abs(f(theta).item<double>())) / step;
        Close(Vector(spelled), FiniteDifference.Gradient(f, theta, Scalar(1), step), 1e-10 + 10 * rounding);
    });

    [Fact]
    public void OfTheSumOfSquaresItIsTwiceX() => ForAll(Inputs.Logits, x => Close(2 * x.Tensor(), FiniteDifference.Gradient(SumOfSquares, x.Tensor(), Scalar(1), 1e-4), 1e-6));

    [Fact]
    public void TheWorkedNumbersComeOut()
    {
        using var scope = torch.NewDisposeScope();
        Close(Scalar(123.456 * 123.456), SumOfSquares(Vector(123.456)));
        Assert.Equal(15241.383936, SumOfSquares(Vector(123.456)).item<double>(), 1e-9);
        Assert.Equal(246.912, Check(SumOfSquares, 1e-4, 123.456)[0], 1e-6);
        Assert.Equal(5, SumOfSquares(Vector(1, 2)).item<double>());
        Assert.Equal([2, 4], Check(SumOfSquares, 1e-4, 1, 2), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(2, Check(SumOfSquares, 1e-4, 1)[0], 1e-9);
    }

    [Fact]
    public void OfALineItIsItsSlopeWhateverTheStep() => ForAll(Gen.Select(Gen.Double[-5, 5], Gen.OneOfConst(10, 1, 1e-2, 1e-4)), input =>
    {
        // ½θ − 3/5: the constant and θ cancel. The notes get ¼, having divided by 2 twice (line 2088).
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0.5, Check(HalfLess, input.Item2, input.Item1)[0], 1e-10);
    });

    [Fact]
    public void AStepOfATenBillionthLosesTheDigitsThatItHopesToGain()
    {
        // Line 2063 says to choose ε ≈ 10⁻⁹, line 2130 10⁻⁴. J(123.456) = 15241.38… has a rounding unit of 1.8·10⁻¹², which over 2·10⁻⁹ is 10⁻³.
        using var scope = torch.NewDisposeScope();
        double Error(double step) => Math.Abs(Check(SumOfSquares, step, 123.456)[0] - 246.912);
        var (fine, tiny) = (Error(1e-4), Error(1e-9));
        Assert.True(fine < 1e-7, $"error {fine} at 1e-4");
        Assert.True(tiny > 1e-5, $"error {tiny} at 1e-9");
    }

    [Fact]
    public void AStepBelowTheRoundingOfThePointSaysNothing()
    {
        // 123456789 + 10⁻⁹ is 123456789: f(x + ε) − f(x − ε) = 0, over 2ε = 0.
        using var scope = torch.NewDisposeScope();
        Assert.True(double.IsNaN(Check(SumOfSquares, 1e-9, 123456789)[0]));
        Assert.Equal(2 * 123456789.0, Check(SumOfSquares, 1, 123456789)[0], 1.0);
    }

    [Fact]
    public void OneSidedIsOfFirstOrderAndForgetsTheTwo()
    {
        // Line 2170 has (g(θ + ε) − g(θ)) / 2ε, which is half the slope; with ε below it is the one-sided quotient, off by ε for x².
        using var scope = torch.NewDisposeScope();
        double forward = Numbers(FiniteDifference.Gradient(SumOfSquares, Vector(1), Scalar(1), 1e-4, DifferenceScheme.Forward))[0],
            backward = Numbers(FiniteDifference.Gradient(SumOfSquares, Vector(1), Scalar(1), 1e-4, DifferenceScheme.Backward))[0];
        Assert.Equal(2 + 1e-4, forward, 1e-9);
        Assert.Equal(2 - 1e-4, backward, 1e-9);
        Assert.Equal(1, forward / 2, 1e-3);
    }

    [Fact]
    public void ItFindsAWrongGradient()
    {
        // "If FP is correct use gradient check to check BP": a backward pass that says x instead of 2x is off by half.
        using var scope = torch.NewDisposeScope();
        var checkedAgainst = Check(SumOfSquares, 1e-4, 1, 2);
        Assert.All(checkedAgainst.Zip(new double[] { 1, 2 }), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 0.9));
    }
}
