using Backprop.Shapes;

namespace Backprop.PropertyTests.Shapes;

public class ExpectTests
{
    [Fact]
    public void NamesTheParameterWhatWasExpectedAndWhatCame()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => Expect.Form(torch.zeros(2, 3, 4), "w", "D×M"));
        Assert.Equal("w", error.ParamName);
        Assert.StartsWith("w: expected shape D×M, got shape [2, 3, 4] of Float32 on cpu.", error.Message);
    }

    [Fact]
    public void AcceptsWhatFits()
    {
        using var scope = torch.NewDisposeScope();
        Expect.Form(torch.zeros(0, 3), "w", "D×M");
        Expect.Same(torch.zeros(2), "a", torch.ones(2), "b");
        Expect.Labels(torch.zeros(0, torch.int64), "labels", 0, 3);
        Expect.NonNegative(torch.zeros(0), "p");
    }

    [Fact]
    public void RefusesNull() => Assert.Throws<ArgumentNullException>(() => Expect.Floating(null!, "x"));

    [Fact]
    public void RefusesLabelsOfAnotherDtype()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("labels: expected 2 int64 class labels, one for each row, got shape [2] of Int32", Assert.Throws<ArgumentException>(() => Expect.Labels(torch.zeros(2, torch.int32), "labels", 2, 3)).Message);
    }

    [Fact]
    public void RefusesIndicesOutOfRange()
    {
        using var scope = torch.NewDisposeScope();
        Expect.Indices(torch.tensor(new long[] { 0, 2, 2 }), "ids", 3);
        Assert.Contains("ids: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => Expect.Indices(torch.tensor(new long[] { 0, 3 }), "ids", 3)).Message);
        Assert.Contains("ids: expected int64 indices of one dimension, got shape [1, 2]", Assert.Throws<ArgumentException>(() => Expect.Indices(torch.zeros(1, 2, torch.int64), "ids", 3)).Message);
    }

    [Fact]
    public void RefusesWhatIsNoDistribution()
    {
        using var scope = torch.NewDisposeScope();
        Expect.Distributions(torch.full([2, 3], 1.0 / 3, torch.float32), "p");
        Expect.Distributions(torch.zeros(0, 3), "p");
        Assert.Contains("p: expected rows that sum to 1, got a row that sums to 0.75", Assert.Throws<ArgumentOutOfRangeException>(() => Expect.Distributions(torch.tensor(new[] { 0.25, 0.5 }), "p")).Message);
        foreach (var wrong in new[] { new[] { 1.5, -0.5 }, [double.NaN, 1] })
            Assert.Contains("p: expected probabilities, numbers in 0 … 1, got one outside or NaN", Assert.Throws<ArgumentOutOfRangeException>(() => Expect.Distributions(torch.tensor(wrong), "p")).Message);
        Assert.Contains("p: expected shape […, C] with C ≥ 1", Assert.Throws<ArgumentException>(() => Expect.Distributions(torch.zeros(2, 0), "p")).Message);
    }

    [Fact]
    public void RefusesWhatIsNoneOfTheShapes()
    {
        using var scope = torch.NewDisposeScope();
        Expect.OneOf(torch.zeros(3, 1), "b", "the rows of w", [3], [3, 1]);
        Assert.Contains("b: expected shape [3] or [3, 1] (the rows of w), got shape [1, 3]", Assert.Throws<ArgumentException>(() => Expect.OneOf(torch.zeros(1, 3), "b", "the rows of w", [3], [3, 1])).Message);
    }
}
