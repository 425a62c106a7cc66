using Backprop.Models;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class PlainGloveTests
{
    private static readonly Gen<(Pairs Pairs, double[] P, double[] F)> Some =
        from pairs in Pairs.Some
        from p in Gen.Double[-3, 3].Array[pairs.Centres.Length]
        from f in Gen.OneOf(Gen.Double[0, 2], Gen.OneOfConst(0.0, 1.0)).Array[pairs.Centres.Length]
        select (pairs, p, f);

    [Fact]
    public void Agrees() => Judge.Agrees("plain-glove");

    [Fact]
    public void OverAllPairsItIsTheFactorisationErrorOfTheNotes() => ForAll(Pairs.Some, input =>
    {
        // Ĵ = ½ Σ_ij f(P_ij)(u_iᵀv_j − P_ij)² over the whole matrix, here with f = 1: half the squared distance between UVᵀ and P.
        var (u, v, words) = (input.U.Tensor(), input.V.Tensor(), input.Words);
        var p = torch.linspace(-1, 1, words * words, torch.float64);
        var (loss, saved) = PlainGlove.Forward(u, v, torch.arange(words, dtype: torch.int64).repeat_interleave(words), torch.arange(words, dtype: torch.int64).repeat(words), p, torch.ones_like(p));
        var residual = u.mm(v.t()) - p.reshape(words, words);
        Close(residual.pow(2).sum() / 2, loss);
        var grads = PlainGlove.Backward(Scalar(1), saved);
        Close(residual.mm(v), grads.DU.Dense(words));
        Close(residual.t().mm(u), grads.DV.Dense(words));
    });

    [Fact]
    public void IsZeroWithItsGradientWhereTheProductsAreTheTargets() => ForAll(Pairs.Some, input =>
    {
        var (u, v) = (input.U.Tensor(), input.V.Tensor());
        var p = (u.index_select(0, input.OutsideIds) * v.index_select(0, input.CentreIds)).sum(1L);
        var (loss, saved) = PlainGlove.Forward(u, v, input.OutsideIds, input.CentreIds, p, torch.ones_like(p));
        Assert.Equal(0, loss.item<double>());
        Assert.All(Numbers(PlainGlove.Backward(Scalar(1), saved).DU.Rows), entry => Assert.Equal(0, entry));
    });

    [Fact]
    public void IsLinearInItsWeights() => ForAll(Some, input =>
    {
        var (grads, doubled) = (Backward(input), Backward(input with { F = [.. input.F.Select(f => 2 * f)] }));
        Close(2 * grads.DU.Rows, doubled.DU.Rows);
        Close(2 * grads.DP, doubled.DP);
    });

    [Fact]
    public void TouchesOnlyTheRowsOfItsPairs() => ForAll(Some, input =>
    {
        var grads = Backward(input);
        Assert.Equal(input.Pairs.Outsides.Distinct().Order(), Pairs.Touched(grads.DU));
        Assert.Equal(input.Pairs.Centres.Distinct().Order(), Pairs.Touched(grads.DV));
    });

    [Fact]
    public void RefusesNegativeWeightsAndTargetsThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        Assert.Contains("weights: expected numbers that are not negative", Assert.Throws<ArgumentOutOfRangeException>(() => PlainGlove.Forward(table, table, Labels(0), Labels(1), Vector(1), Vector(-1))).Message);
        Assert.Contains("p: expected the shape of the scores of the pairs, [1]", Assert.Throws<ArgumentException>(() => PlainGlove.Forward(table, table, Labels(0), Labels(1), Vector(1, 2), Vector(1))).Message);
    }

    private static PlainGlove.Grads Backward((Pairs Pairs, double[] P, double[] F) input) => PlainGlove.Backward(Scalar(1),
        PlainGlove.Forward(input.Pairs.U.Tensor(), input.Pairs.V.Tensor(), input.Pairs.OutsideIds, input.Pairs.CentreIds, Vector(input.P), Vector(input.F)).Saved);
}
