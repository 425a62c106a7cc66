using Backprop.Data;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public class DatasetTests
{
    [Fact]
    public void PartsHaveNoExampleInCommonAndNoneIsLost() => ForAll(Gen.Select(Gen.Int[2, 40], Gen.Double[0, 0.999], Gen.Int[0, 1000]), input =>
    {
        var (count, share, seed) = input;
        var (training, validation) = Numbered(count).Split(share, seed);
        long[] learned = Ids(training), judged = Ids(validation);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), learned.Concat(judged).Order());
        Assert.Equal(learned.Order(), learned);
        Assert.InRange(judged.Length, (share * count) - 1, Math.Max(1, (share * count) + 0.5));
        Assert.NotEmpty(learned);
        Assert.Equal(judged, Ids(Numbered(count).Split(share, seed).Validation));
    });

    [Fact]
    public void ADivisionDependsOnTheSeed()
    {
        using var scope = torch.NewDisposeScope();
        Assert.NotEqual(Ids(Numbered(50).Split(0.5, 1).Validation), Ids(Numbered(50).Split(0.5, 2).Validation));
        Assert.Equal((50, 0), (Numbered(50).Split(0, 1).Training.Count, Numbered(50).Split(0, 1).Validation.Count));
    }

    [Fact]
    public void RowsKeepTheirLabels()
    {
        using var scope = torch.NewDisposeScope();
        var rows = Numbered(10).Rows([7, 4, 7]);
        Assert.Equal([7, 4, 7], Ids(rows));
        Assert.Equal([1, 0, 1], rows.Y.data<long>().ToArray());
        Assert.Contains("rows: expected indices in 0 … 9, got 10", Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(10).Rows([10])).Message);
    }

    [Fact]
    public void RefusesPartsThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros(new long[] { 3, 2 }, torch.float64);
        Assert.Contains("one column for each feature", Assert.Throws<ArgumentException>(() => new Dataset(x, Labels(0, 0, 0), ["a"], ["p"])).Message);
        Assert.Contains("expected 3 int64 class labels", Assert.Throws<ArgumentException>(() => new Dataset(x, Labels(0, 0), ["a", "b"], ["p"])).Message);
        Assert.Contains("expected labels in 0 … 0, got 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset(x, Labels(0, 0, 1), ["a", "b"], ["p"])).Message);
        Assert.Contains("shape [3, 1]", Assert.Throws<ArgumentException>(() => new Dataset(x, Vector(1, 2, 3), ["a", "b"], [])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Split(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(5).Split(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(1).Split(0.5, 1));
    }

    [Fact]
    public void LabelsAreCountedByTheClassesOfAModel()
    {
        using var scope = torch.NewDisposeScope();
        var data = new Dataset(torch.zeros(new long[] { 3, 1 }, torch.float64), Labels(0, 1, 1), ["a"], ["cat", "dog"]);
        Assert.Equal([2, 1, 1], data.Relabelled(["bird", "dog", "cat"]).Y.data<long>().ToArray());
        Assert.Contains("expected one of cat, bird, got 'dog'", Assert.Throws<ArgumentException>(() => data.Relabelled(["cat", "bird"])).Message);
    }

    /// <summary>Each example knows its row: x = (row, 2·row), y = row mod 2.</summary>
    private static Dataset Numbered(int count) => new(
        torch.tensor(Enumerable.Range(0, count).SelectMany(i => new double[] { i, 2 * i }).ToArray(), [count, 2], torch.float64),
        Labels([.. Enumerable.Range(0, count).Select(i => i % 2L)]), ["i", "twice"], ["even", "odd"]);

    private static long[] Ids(Dataset data)
    {
        var numbers = Numbers(data.X);
        Assert.All(Enumerable.Range(0, data.Count), row => Assert.Equal((2 * numbers[2 * row], (long)numbers[2 * row] % 2), (numbers[2 * row + 1], data.Y[row].item<long>())));
        return [.. Enumerable.Range(0, data.Count).Select(row => (long)numbers[2 * row])];
    }
}
