using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class PairProductTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("pair-product");

    [Fact]
    public void TouchesOnlyTheRowsOfItsPairs() => ForAll(Pairs.Some, input =>
    {
        var grads = Backward(input);
        Assert.Equal(input.Outsides.Distinct().Order(), Pairs.Touched(grads.DU));
        Assert.Equal(input.Centres.Distinct().Order(), Pairs.Touched(grads.DV));
    });

    [Fact]
    public void IsTheSumOverThePairsOneByOne() => ForAll(Pairs.Some, input =>
    {
        var sum = torch.zeros(input.Words, input.U.Columns, torch.float64);
        for (var n = 0; n < input.Centres.Length; n++)
            sum = sum + Backward(input with { Centres = [input.Centres[n]], Outsides = [input.Outsides[n]] }).DU.Dense(input.Words);
        Close(sum, Backward(input).DU.Dense(input.Words));
    });

    [Fact]
    public void SwappingTheTablesSwapsTheGradients() => ForAll(Pairs.Some, input =>
    {
        var (grads, swapped) = (Backward(input), Backward(new(input.V, input.U, input.Outsides, input.Centres)));
        Close(grads.DU.Dense(input.Words), swapped.DV.Dense(input.Words));
        Close(grads.DV.Dense(input.Words), swapped.DU.Dense(input.Words));
    });

    [Fact]
    public void NoPairsGiveNoRows()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        var (y, saved) = PairProduct.Forward(table, table, Labels(), Labels());
        var grads = PairProduct.Backward(y, saved);
        Assert.Equal([0L, 0, 2], [.. y.shape, .. grads.DU.Rows.shape]);
    }

    [Fact]
    public void RefusesIdsOutOfRangeAndTablesThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        Assert.Contains("rows: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => PairProduct.Forward(table, table, Labels(3), Labels(0))).Message);
        Assert.Contains("columns: expected indices in 0 … 2, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => PairProduct.Forward(table, table, Labels(0), Labels(-1))).Message);
        Assert.Contains("columns: expected size 1", Assert.Throws<ArgumentException>(() => PairProduct.Forward(table, table, Labels(0), Labels(0, 1))).Message);
        Assert.Contains("v: expected size 2 in dimension 1", Assert.Throws<ArgumentException>(() => PairProduct.Forward(table, torch.ones(3, 1, torch.float64), Labels(0), Labels(0))).Message);
        Assert.Contains("u: expected floating-point", Assert.Throws<ArgumentException>(() => PairProduct.Forward(torch.ones(3, 2, torch.int64), table, Labels(0), Labels(0))).Message);
    }

    private static PairProduct.Grads Backward(Pairs input)
    {
        var (y, saved) = PairProduct.Forward(input.U.Tensor(), input.V.Tensor(), input.OutsideIds, input.CentreIds);
        return PairProduct.Backward(torch.ones_like(y), saved);
    }
}
