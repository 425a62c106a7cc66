using Backprop.Shapes;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Shapes;

public class UnbroadcastTests
{
    private static readonly Gen<long[]> Shape = Gen.Int[0, 4].Select(size => (long)size).Array[0, 4];

    /// <summary>A shape, and one that broadcasts to it.</summary>
    private static readonly Gen<(long[] Full, long[] Small)> Broadcast =
        from full in Shape
        from drop in Gen.Int[0, full.Length]
        from ones in Gen.Bool.Array[full.Length - drop]
        select (full, full.Skip(drop).Select((size, i) => ones[i] ? 1 : size).ToArray());

    [Fact]
    public void IsTheAdjointOfBroadcasting() => ForAll(Broadcast, shapes =>
    {
        // ⟨g, expand(x)⟩ = ⟨Unbroadcast(g), x⟩ for every x.
        var g = Ramp(shapes.Full);
        var x = Ramp(shapes.Small) + 0.5;
        var summed = Unbroadcast.Sum(g, shapes.Small);
        Assert.Equal(shapes.Small, summed.shape);
        Close((g * x.expand(shapes.Full)).sum(), (summed * x).sum());
    });

    [Fact]
    public void RefusesWhatNoBroadcastLeadsTo()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("[2] broadcasts to, got [2, 3]", Assert.Throws<ArgumentException>(() => Unbroadcast.Sum(torch.zeros(2, 3), [2])).Message);
        Assert.Throws<ArgumentException>(() => Unbroadcast.Sum(torch.zeros(3), [1, 3]));
    }

    private static Tensor Ramp(long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return (torch.arange(count, torch.float64) * 0.25 - 1).reshape(shape);
    }
}
