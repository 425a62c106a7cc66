using Backprop.Data;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public class StandardisationTests
{
    [Fact]
    public void ColumnsGetMeanZeroAndDeviationOne() => ForAll(Inputs.Logits, matrix =>
    {
        var x = matrix.Tensor();
        var standard = Standardisation.Of(x);
        var y = standard.Apply(x);
        for (var column = 0; column < matrix.Columns; column++)
        {
            var (before, after) = (Column(x, column), Column(y, column));
            if (before.Distinct().Count() == 1)
            {
                Assert.Equal((before[0], 1, 0), (standard.Mean[column].item<double>(), standard.Scale[column].item<double>(), after.Max(Math.Abs)));
                continue;
            }
            Assert.Equal(0, after.Average(), 1e-9);
            Assert.Equal(1, after.Select(entry => entry * entry).Average(), 1e-9);
            Assert.Equal(before.Average(), standard.Mean[column].item<double>(), 1e-9);
        }
    });

    [Theory]
    [InlineData(1e308, -1e308, 1e308)]
    [InlineData(1e-200, 3e-200, 5e-200)]
    [InlineData(1e15, 1e15 + 2, 1e15 + 4)]
    public void NeitherGreatNorSmallNumbersAreLost(double a, double b, double c)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new[] { a, b, c }, [3, 1], torch.float64);
        var y = Numbers(Standardisation.Of(x).Apply(x));
        Assert.Equal(1, y.Select(entry => entry * entry).Average(), 1e-9);
    }

    [Fact]
    public void AColumnOfTenthsIsConstant()
    {
        using var scope = torch.NewDisposeScope();
        // The mean of three tenths is not the double nearest to a tenth.
        Assert.Equal(1, Standardisation.Of(torch.full(new long[] { 3, 1 }, 0.1, torch.float64)).Scale.item<double>());
    }

    [Fact]
    public void AppliesInTheDtypeOfWhatComes()
    {
        using var scope = torch.NewDisposeScope();
        var standard = new Standardisation(Vector(1, 2), Vector(2, 4));
        var y = standard.Apply(torch.tensor(new float[] { 3, 10 }, [1, 2], torch.float32));
        Assert.Equal(torch.float32, y.dtype);
        Assert.Equal([1.0, 2.0], Numbers(y));
    }

    [Fact]
    public void RefusesWhatHasNoMean()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("at least one row", Assert.Throws<ArgumentException>(() => Standardisation.Of(torch.zeros(new long[] { 0, 2 }, torch.float64))).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Standardisation.Of(torch.full(new long[] { 2, 2 }, double.NaN, torch.float64))).Message);
        Assert.Contains("the columns that", Assert.Throws<ArgumentException>(() => new Standardisation(Vector(0), Vector(1)).Apply(torch.zeros(new long[] { 1, 2 }, torch.float64))).Message);
    }

    private static double[] Column(Tensor x, int column) => Numbers(x.narrow(1, column, 1));
}
