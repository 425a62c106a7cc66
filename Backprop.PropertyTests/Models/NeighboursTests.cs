using Backprop.Models;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class NeighboursTests
{
    [Fact]
    public void NearestByAngleWhateverTheLength()
    {
        using var scope = torch.NewDisposeScope();
        var vectors = Vector(1, 0, 10, 1, 0, 3, -2, 0, 0, 0).reshape(5, 2);
        var near = Neighbours.Nearest(vectors, 0, 10);
        Assert.Equal([1, 2, 4, 3], near.Select(one => one.Id));
        Assert.Equal([10 / Math.Sqrt(101), 0, 0, -1], near.Select(one => one.Similarity), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void LeavesNothingBehind()
    {
        using var scope = torch.NewDisposeScope();
        var vectors = Vector(1, 0, 10, 1).reshape(2, 2);
        var before = scope.DisposablesCount;
        Neighbours.Nearest(vectors, 0, 1);
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void RefusesARowThatIsNot()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("id: expected 0 … 1, got 2", Assert.Throws<ArgumentOutOfRangeException>(() => Neighbours.Nearest(torch.ones(2, 2), 2, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Neighbours.Nearest(torch.ones(2, 2), 0, 0));
    }
}
