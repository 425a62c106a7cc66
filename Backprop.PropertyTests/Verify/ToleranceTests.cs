using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

public class ToleranceTests
{
    [Fact]
    public void NaNIsNeverWithin()
    {
        Assert.False(Tolerance.Relative(double.NaN, 1, 1) <= 1e300);
        Assert.False(Tolerance.Relative(1, double.NaN, 1) <= 1e300);
        Assert.False(Tolerance.Relative(double.NaN, double.NaN, 1) <= 1e300);
    }

    [Fact]
    public void InfinityEqualsItselfOnly()
    {
        Assert.Equal(0, Tolerance.Relative(double.PositiveInfinity, double.PositiveInfinity, 1));
        Assert.False(Tolerance.Relative(1, double.PositiveInfinity, 1) <= 1e300);
        Assert.False(Tolerance.Relative(double.PositiveInfinity, 1, 1) <= 1e300);
        Assert.False(Tolerance.Relative(double.NegativeInfinity, double.PositiveInfinity, 1) <= 1e300);
    }

    [Fact]
    public void ATenthOfAPercentIsAboveEveryTolerance() => Assert.All(new[] { Tolerance.Float64, Tolerance.Float32 }, tolerance =>
    {
        Assert.True(tolerance.Autograd < 1e-3);
        Assert.True(tolerance.Difference < 1e-3);
    });

    [Fact]
    public void ErrorsAreRelativeToTheEntryOrItsFloor() => Gen.Select(Gen.Double[-1e3, 1e3], Gen.Double[1e-3, 1]).Sample((b, floor) =>
        Assert.Equal(1e-3, Tolerance.Relative(b + 1e-3 * Math.Max(Math.Abs(b), floor), b, floor), 9));
}
