using Backprop.Models;

namespace Backprop.PropertyTests.Models;

public class ParameterCountTests
{
    [Fact]
    public void IsThatOfTheNotesForOneHiddenLayer() => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 50], Gen.Int[1, 50]).Sample((dx, h, dy) =>
        Assert.Equal((dx + 1) * h + (h + 1) * dy, ParameterCount.Of(dx, h, dy)));

    [Fact]
    public void IsTheNumberOfEntriesOfTheParameters() => Gen.Int[1, 9].Array[2, 6].Sample(widths =>
    {
        using var scope = torch.NewDisposeScope();
        var entries = 0L;
        for (var layer = 1; layer < widths.Length; layer++) entries += torch.zeros(widths[layer], widths[layer - 1]).numel() + torch.zeros(widths[layer]).numel();
        Assert.Equal(entries, ParameterCount.Of([.. widths.Select(width => (long)width)]));
    });

    [Fact]
    public void RefusesWhatIsNoNetwork()
    {
        Assert.Contains("widths: expected at least two, input and output, got 1", Assert.Throws<ArgumentException>(() => ParameterCount.Of(3)).Message);
        Assert.Contains("widths: expected widths of at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(() => ParameterCount.Of(3, 0, 2)).Message);
        Assert.Throws<OverflowException>(() => ParameterCount.Of(long.MaxValue, 2));
    }
}
