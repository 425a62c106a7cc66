using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class NegativeSamplingTests
{
    /// <summary>Pairs, and for each some negatives, among them repeated ones and the outside word itself.</summary>
    private static readonly Gen<(Pairs Pairs, long[] Negatives, int K)> Some =
        from pairs in Pairs.Some
        from k in Gen.Int[0, 4]
        from negatives in Pairs.Ids(pairs.Words, pairs.Centres.Length * k)
        select (pairs, negatives, k);

    [Theory]
    [InlineData("negative-sampling")]
    [InlineData("negative-sampling-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void LossIsThatOfThePaper() => ForAll(Some, input =>
    {
        var (u, v) = (input.Pairs.U.Tensor(), input.Pairs.V.Tensor());
        var loss = 0.0;
        for (var n = 0; n < input.Pairs.Centres.Length; n++)
        {
            var centre = v[input.Pairs.Centres[n]];
            loss -= Math.Log(Sigma(torch.dot(u[input.Pairs.Outsides[n]], centre).item<double>()));
            for (var k = 0; k < input.K; k++) loss -= Math.Log(Sigma(-torch.dot(u[input.Negatives[n * input.K + k]], centre).item<double>()));
        }
        Close(Scalar(loss), Forward(input).Y);

        static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
    });

    [Fact]
    public void TouchesOnlyTheWordsThatOccur() => ForAll(Some, input =>
    {
        var grads = NegativeSampling.Backward(Scalar(1), Forward(input).Saved);
        Assert.Equal(input.Pairs.Outsides.Concat(input.Negatives).Distinct().Order(), Pairs.Touched(grads.DU));
        Assert.Equal(input.Pairs.Centres.Distinct().Order(), Pairs.Touched(grads.DV));
    });

    [Fact]
    public void ANegativeDrawnTwiceCountsTwice()
    {
        using var scope = torch.NewDisposeScope();
        var (u, v) = (Table(4, 3, 1), Table(4, 3, 2));
        var (once, twice) = (Row(u, v, 1, 2), Row(u, v, 1, 2, 2));
        Close(once * 2, twice);

        static Tensor Row(Tensor u, Tensor v, long outside, params long[] negatives) =>
            NegativeSampling.Backward(Scalar(1), NegativeSampling.Forward(u, v, Labels(0), Labels(outside), Labels(negatives).unsqueeze(0)).Saved).DU.Dense(4)[2];
    }

    [Fact]
    public void ANegativeThatIsTheOutsideWordGetsBothGradients()
    {
        // (σ(s) − 1) v_c as the outside word, σ(s) v_c as a negative.
        using var scope = torch.NewDisposeScope();
        var (u, v) = (Table(4, 3, 1), Table(4, 3, 2));
        var grads = NegativeSampling.Backward(Scalar(1), NegativeSampling.Forward(u, v, Labels(0), Labels(1), Labels(1).unsqueeze(0)).Saved);
        var sigma = torch.dot(u[1], v[0]).sigmoid();
        Close(((2 * sigma - 1) * v[0]).unsqueeze(0), grads.DU.Rows);
        Assert.Equal([1], Pairs.Touched(grads.DU));
    }

    [Fact]
    public void WithoutItsNegativesItIsLogisticRegressionOnTheTrueNeighbours() => ForAll(Pairs.Some, input =>
        Close(-(input.U.Tensor().index_select(0, input.OutsideIds) * input.V.Tensor().index_select(0, input.CentreIds)).sum(1L).log_sigmoid().sum(), Forward((input, [], 0)).Y));

    [Fact]
    public void DuplicatingTheBatchLeavesTheMeanGradient() => ForAll(Some, input =>
    {
        var twice = (input.Pairs.Repeated(2), input.Negatives.Concat(input.Negatives).ToArray(), input.K);
        var (a, b) = (NegativeSampling.Backward(Scalar(1), Forward(input, BatchReduction.Mean).Saved), NegativeSampling.Backward(Scalar(1), Forward(twice, BatchReduction.Mean).Saved));
        Close(a.DU.Dense(input.Pairs.Words), b.DU.Dense(input.Pairs.Words));
        Close(a.DV.Dense(input.Pairs.Words), b.DV.Dense(input.Pairs.Words));
    });

    [Fact]
    public void IsFiniteAtExtremeScores()
    {
        using var scope = torch.NewDisposeScope();
        var (u, v) = (Property.Vector(1e3, -1e3).reshape(2, 1), Property.Vector(1e3, 1e3).reshape(2, 1));
        var (loss, saved) = NegativeSampling.Forward(u, v, Labels(0), Labels(1), Labels(0).unsqueeze(0));
        Close(Scalar(2e6), loss);
        var grads = NegativeSampling.Backward(Scalar(1), saved);
        Assert.Equal([1e3, -1e3, 2e3], [.. Numbers(grads.DU.Rows), .. Numbers(grads.DV.Rows)]);
    }

    [Fact]
    public void RefusesNegativesThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        Assert.Contains("negatives: expected size 1 in dimension 0", Assert.Throws<ArgumentException>(() => NegativeSampling.Forward(table, table, Labels(0), Labels(1), torch.zeros(2, 3, torch.int64))).Message);
        Assert.Contains("negatives: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => NegativeSampling.Forward(table, table, Labels(0), Labels(1), Labels(3).unsqueeze(0))).Message);
        Assert.Contains("negatives: expected int64", Assert.Throws<ArgumentException>(() => NegativeSampling.Forward(table, table, Labels(0), Labels(1), table)).Message);
        Assert.Contains("centres: expected at least one row", Assert.Throws<ArgumentException>(() => NegativeSampling.Forward(table, table, Labels(), Labels(), torch.zeros(0, 3, torch.int64), BatchReduction.Mean)).Message);
    }

    private static Primal<NegativeSampling.Saved> Forward((Pairs Pairs, long[] Negatives, int K) input, BatchReduction reduction = BatchReduction.Sum) =>
        NegativeSampling.Forward(input.Pairs.U.Tensor(), input.Pairs.V.Tensor(), input.Pairs.CentreIds, input.Pairs.OutsideIds,
            torch.tensor(input.Negatives, [input.Pairs.Centres.Length, input.K], torch.int64), reduction);

    private static Tensor Table(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return torch.tensor(Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() - 0.5).ToArray(), [rows, columns], torch.float64);
    }
}
