using Backprop.Claims;

namespace Backprop.PropertyTests.Claims;

/// <summary>The relations that claims are made of.</summary>
public class ComparisonTests
{
    [Fact]
    public void NaNIsInNoRelation()
    {
        Assert.False(Comparison.Equal(double.NaN, double.NaN).Agrees);
        Assert.False(Comparison.Equal(Property.Vector(1, double.NaN), Property.Vector(1, double.NaN)).Agrees);
        Assert.False(Comparison.AtMost(double.NaN, 1).Agrees);
        Assert.False(Comparison.AtMost(Property.Vector(1, double.NaN), Property.Vector(2, 2)).Agrees);
        Assert.False(Comparison.Less(double.NaN, 1).Agrees);
        Assert.False(Comparison.Golden(double.NaN, double.NaN, 3).Agrees);
        Assert.False(Comparison.Gradient(Property.Vector(double.NaN), x => x * 2, Property.Vector(1)).Agrees);
    }

    [Fact]
    public void EqualMeansNineDigitsAndTheSameShape()
    {
        Assert.True(Comparison.Equal(Property.Vector(1, 2), Property.Vector(1 + 1e-10, 2)).Agrees);
        Assert.False(Comparison.Equal(Property.Vector(1, 2), Property.Vector(1 + 1e-8, 2)).Agrees);
        Assert.False(Comparison.Equal(Property.Vector(1), Property.Scalar(1)).Agrees);
        Assert.False(Comparison.Equal(Property.Vector(1, 2), Property.Vector(1, 2).reshape(1, 2)).Agrees);
        Assert.True(Comparison.Equal(double.PositiveInfinity, double.PositiveInfinity).Agrees);
        Assert.False(Comparison.Equal(double.PositiveInfinity, double.NegativeInfinity).Agrees);
        Assert.False(Comparison.Equal(1, double.PositiveInfinity).Agrees);
    }

    [Fact]
    public void AtMostLooksAtEveryEntry()
    {
        Assert.True(Comparison.AtMost(Property.Vector(1, 2), Property.Vector(1, 3)).Agrees);
        Assert.False(Comparison.AtMost(Property.Vector(1, 4), Property.Vector(1, 3)).Agrees);
        Assert.False(Comparison.AtMost(Property.Vector(1), Property.Vector(1, 3)).Agrees);
    }

    [Fact]
    public void AGoldenNumberIsRightToItsLastDecimal()
    {
        Assert.True(Comparison.Golden(0.33, 1.0 / 3, 2).Agrees);
        Assert.False(Comparison.Golden(0.34, 1.0 / 3, 2).Agrees);
        Assert.False(Comparison.Golden(0.33, 1.0 / 3, 4).Agrees);
    }

    [Fact]
    public void ShapesAreCompared()
    {
        Assert.True(Comparison.Shape(torch.zeros(2, 3), 2, 3).Agrees);
        Assert.False(Comparison.Shape(torch.zeros(2, 3), 3, 2).Agrees);
        Assert.False(Comparison.Shape(torch.zeros(2, 3), 2, 3, 1).Agrees);
    }

    [Fact]
    public void TheFirstPartThatFailsStandsForTheWhole()
    {
        var (right, wrong) = (Comparison.Equal(1, 1, "right"), Comparison.Equal(1, 2, "wrong"));
        Assert.Equal("wrong", Comparison.Each(right, wrong, right).Note);
        Assert.Equal(right, Comparison.Each(right, right));
    }

    [Fact]
    public void AGradientIsHeldAgainstAutograd()
    {
        var (x, dy) = (Property.Vector(0.5, -1, 2), Property.Vector(1, -2, 0.5));
        Assert.True(Comparison.Gradient(3 * x * x * dy, v => v.pow(3), x, dy).Agrees);
        Assert.False(Comparison.Gradient(3.003 * x * x * dy, v => v.pow(3), x, dy).Agrees);
        Assert.False(Comparison.Gradient((3 * x * x * dy).reshape(1, 3), v => v.pow(3), x, dy).Agrees);
        Assert.True(Comparison.Partial(Property.Scalar(-6), v => v.pow(3), x, [1], dy).Agrees);
        Assert.False(Comparison.Partial(Property.Scalar(6), v => v.pow(3), x, [1], dy).Agrees);
    }

    [Fact]
    public void AnEntryOfAMatrixIsItsRowAndColumn()
    {
        var x = Property.Vector(1, 2, 3, 4, 5, 6).reshape(2, 3);
        Assert.True(Comparison.Partial(Property.Scalar(12), v => v.pow(2).sum(), x, [1, 2]).Agrees);
        Assert.False(Comparison.Partial(Property.Scalar(12), v => v.pow(2).sum(), x, [0, 2]).Agrees);
    }

    [Fact]
    public void WhereTheWitnessesDisagreeNothingIsSaid()
    {
        Assert.Throws<InvalidOperationException>(() => Comparison.Gradient(Property.Vector(0), x => x.relu(), Property.Vector(0)));
        Assert.Throws<InvalidOperationException>(() => Comparison.Gradient(Property.Vector(1), x => x * x.detach(), Property.Vector(1)));
    }
}
