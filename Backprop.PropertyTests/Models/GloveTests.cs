using Backprop.Models;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class GloveTests
{
    private static readonly Gen<(Pairs Pairs, double[] Counts)> Some =
        from pairs in Pairs.Some
        from counts in Gen.Int[1, 200].Select(count => (double)count).Array[pairs.Centres.Length]
        select (pairs, counts);

    [Fact]
    public void Agrees() => Judge.Agrees("glove");

    [Fact]
    public void LossIsThatOfThePaper() => ForAll(Some, input =>
    {
        var (u, v, b, c) = Parameters(input.Pairs);
        var loss = 0.0;
        for (var n = 0; n < input.Counts.Length; n++)
        {
            var (i, j, x) = (input.Pairs.Outsides[n], input.Pairs.Centres[n], input.Counts[n]);
            var f = x < 100 ? Math.Pow(x / 100, 0.75) : 1;
            loss += 0.5 * f * Math.Pow(torch.dot(u[i], v[j]).item<double>() + b[i, 0].item<double>() + c[j, 0].item<double>() - Math.Log(x), 2);
        }
        Close(Scalar(loss), Forward(input).Y);
    });

    [Fact]
    public void ABiasGetsTheGradientThatAConstantColumnWould() => ForAll(Some, input =>
    {
        // u_iᵀv_j + b_i is [u_i b_i]ᵀ[v_j 1].
        var (u, v, b, c) = Parameters(input.Pairs);
        var counts = Vector(input.Counts);
        var wide = PlainGlove.Backward(Scalar(1), PlainGlove.Forward(torch.cat([u, b, torch.ones_like(b)], 1), torch.cat([v, torch.ones_like(c), c], 1),
            input.Pairs.OutsideIds, input.Pairs.CentreIds, counts.log(), new GloveWeight().Of(counts)).Saved);
        var grads = Glove.Backward(Scalar(1), Forward(input).Saved);
        Close(wide.DU.Rows, torch.cat([grads.DU.Rows, grads.DB.Rows, wide.DU.Rows.narrow(1, input.Pairs.U.Columns + 1, 1)], 1));
        Close(wide.DV.Rows.narrow(1, input.Pairs.U.Columns + 1, 1), grads.DC.Rows);
    });

    [Fact]
    public void TouchesOnlyTheRowsOfItsPairs() => ForAll(Some, input =>
    {
        var grads = Glove.Backward(Scalar(1), Forward(input).Saved);
        Assert.All(new[] { grads.DU, grads.DB }, rows => Assert.Equal(input.Pairs.Outsides.Distinct().Order(), Pairs.Touched(rows)));
        Assert.All(new[] { grads.DV, grads.DC }, rows => Assert.Equal(input.Pairs.Centres.Distinct().Order(), Pairs.Touched(rows)));
    });

    [Fact]
    public void TheWeightGrowsToOne()
    {
        using var scope = torch.NewDisposeScope();
        Close(Vector(0, Math.Pow(0.5, 0.75), 1, 1), new GloveWeight().Of(Vector(0, 50, 100, 5000)));
        Close(Vector(0.5, 1), new GloveWeight(XMax: 10, Alpha: 1).Of(Vector(5, 20)));
    }

    [Fact]
    public void RefusesPairsThatNeverOccur()
    {
        using var scope = torch.NewDisposeScope();
        var (table, bias) = (torch.ones(3, 2, torch.float64), torch.ones(3, 1, torch.float64));
        Assert.Contains("counts: expected numbers above 0", Assert.Throws<ArgumentOutOfRangeException>(() => Glove.Forward(table, table, bias, bias, Labels(0), Labels(1), Vector(0))).Message);
        Assert.Contains("b: expected shape V×1", Assert.Throws<ArgumentException>(() => Glove.Forward(table, table, Vector(1, 2, 3), bias, Labels(0), Labels(1), Vector(1))).Message);
        Assert.Contains("c: expected size 3 in dimension 0 (the rows of v)", Assert.Throws<ArgumentException>(() => Glove.Forward(table, table, bias, bias.narrow(0, 0, 2), Labels(0), Labels(1), Vector(1))).Message);
    }

    private static Backprop.Rules.Primal<Glove.Saved> Forward((Pairs Pairs, double[] Counts) input)
    {
        var (u, v, b, c) = Parameters(input.Pairs);
        return Glove.Forward(u, v, b, c, input.Pairs.OutsideIds, input.Pairs.CentreIds, Vector(input.Counts));
    }

    private static (Tensor U, Tensor V, Tensor B, Tensor C) Parameters(Pairs pairs) => (pairs.U.Tensor(), pairs.V.Tensor(),
        torch.linspace(-1, 1, pairs.Words, torch.float64).unsqueeze(1), torch.linspace(0.5, 2, pairs.Words, torch.float64).unsqueeze(1));
}
