using Backprop.Diagnosis;
using Input = Backprop.Verify.Input;

namespace Backprop.PropertyTests.Diagnosis;

/// <summary>Functions too large for a difference of every entry, or for the detectors.</summary>
public class CornerTests
{
    private static Tensor Random(int seed, params long[] shape)
    {
        var random = new Random(seed);
        return torch.tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => random.NextDouble() * 2 - 1).ToArray(), shape, torch.float64);
    }

    private static Specimen Linear(long n, long d, long m, Func<Tensor, Tensor, Tensor>? dw = null, Func<Tensor, Tensor, Tensor>? forward = null) => new()
    {
        Name = "linear",
        Inputs = [Input.Fixed("x", Random(1, n, d)), Input.Fixed("w", Random(2, d, m)), Input.Fixed("b", Random(3, m))],
        Forward = x => new([(forward is null ? x[0].mm(x[1]) : forward(x[0], x[1])) + x[2]], null),
        Backward = (dys, x, _) => [dys[0].mm(x[1].t()), dw is null ? x[0].t().mm(dys[0]) : dw(dys[0], x[0]), dys[0].sum(0L)],
    };

    [Fact]
    public void SmallGradientsGetADifferenceForEachEntry()
    {
        var report = Checker.Check(Linear(3, 7, 5));
        Assert.Null(report.Method);
        Assert.All(report.Gradients, gradient => Assert.Equal(gradient.Entries, gradient.Differences));
    }

    [Fact]
    public void LargerOnesASampleAndTheReportSaysSo()
    {
        var report = Checker.Check(Linear(32, 16, 8));
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Equal([(512, 16), (128, 16), (8, 8)], report.Gradients.Select(gradient => ((int)gradient.Entries, (int)gradient.Differences)));
        Assert.Equal("every entry against autograd, differences by directions and 16 sampled entries of each gradient that has more", report.Method);
        Assert.Contains(report.Method!, report.ToString());
    }

    [Fact]
    public void AMillionParametersAreCheckedInTheSameWay()
    {
        var report = Checker.Check(Linear(32, 1000, 1000));
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Equal([32_000, 1_000_000, 1000], report.Gradients.Select(gradient => (int)gradient.Entries));
        Assert.All(report.Gradients, gradient => Assert.Equal(16, gradient.Differences));
        Assert.NotNull(report.Method);
    }

    [Fact]
    public void OneWrongEntryOfALargeGradientIsFound()
    {
        var report = Checker.Check(Linear(20, 200, 150, (dy, x) =>
        {
            var dw = x.t().mm(dy);
            dw[199, 149] = dw[199, 149] * 1.5;
            return dw;
        }));
        Assert.Equal((Verdict.Wrong, "w", 199, 149), (report.Verdict, report.Smallest!.Worst!.Input, (int)report.Smallest.Worst.Index[0], (int)report.Smallest.Worst.Index[1]));
        // It is none of the first few.
        Assert.DoesNotContain("explained on", report.Method);
    }

    [Fact]
    public void WhatIsWrongInALargeOneIsExplainedOnASmallOne()
    {
        var report = Checker.Check(Linear(33, 1000, 900, (dy, x) => x.t().mm(dy) / dy.shape[0]));
        Assert.Equal((Verdict.Wrong, "scale"), (report.Verdict, report.Causes[0].Code));
        Assert.EndsWith("explained on the first few rows and columns of each tensor", report.Method);
        Assert.StartsWith("x = [[", report.Smallest!.Inputs[0]);
        // 1000, 900 and 33 remain different sizes.
        Assert.Equal([42, 35, 5], report.Smallest.Inputs.Take(3).Select(input => input.Split(',').Length));
    }

    [Fact]
    public void WhatCannotBeCutIsExplainedAsItIs()
    {
        var report = Checker.Check(Linear(32, 150, 140, (dy, x) => -x.t().mm(dy), (x, w) => w.shape[0] == 150 ? x.mm(w) : throw new InvalidOperationException("150 expected")));
        Assert.Equal((Verdict.Wrong, "sign"), (report.Verdict, report.Causes[0].Code));
        Assert.DoesNotContain("explained on", report.Method);
    }

    [Fact]
    public void IndicesIntoWhatWasCutAreCutToo()
    {
        var random = new Random(4);
        var table = new Specimen
        {
            Name = "embedding",
            Inputs = [Input.Fixed("e", Random(1, 5000, 16)), Input.Fixed("ids", torch.tensor(Enumerable.Range(0, 64).Select(_ => random.NextInt64(4000, 5000)).ToArray(), torch.int64))],
            Forward = x => new([x[0].index_select(0, x[1])], null),
            Backward = (dys, x, _) => [torch.zeros_like(x[0]).index_copy_(0, x[1], dys[0])],
        };
        var report = Checker.Check(table);
        Assert.Equal((Verdict.Wrong, "duplicates"), (report.Verdict, report.Causes[0].Code));
        Assert.EndsWith("explained on the first few rows and columns of each tensor", report.Method);
    }

    [Fact]
    public void APathThatAutogradMissesIsSeenAlongADirection()
    {
        var report = Checker.Check(Linear(10, 40, 30, forward: (x, w) => x.mm(w) + x.detach().mm(w)));
        Assert.Equal(Verdict.Wrong, report.Verdict);
        Assert.Contains("graph-cut", report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void AStaleCacheShowsThoughTheTensorsAreGiven()
    {
        Tensor? last = null;
        var report = Checker.Check(Linear(4, 3, 2, (dy, x) =>
        {
            var kept = last ?? x;
            last = x.clone().DetachFromDisposeScope();
            return kept.t().mm(dy);
        }));
        Assert.Equal((Verdict.Wrong, "stale-cache"), (report.Verdict, report.Causes[0].Code));
        Assert.Equal(Verdict.Right, Checker.Check(Linear(4, 3, 2, (dy, x) => x.t().mm(dy))).Verdict);
    }

    [Fact]
    public void WithoutExplanationThereIsTheVerdictAlone()
    {
        var report = Checker.Check(Linear(4, 3, 2, (dy, x) => 2 * x.t().mm(dy)), new CheckOptions().With(explain: false));
        Assert.Equal((Verdict.Wrong, "unknown", "dw"), (report.Verdict, report.Causes[0].Code, report.Causes[0].Gradient));
        Assert.Equal([Verdict.Right, Verdict.Wrong, Verdict.Right], report.Gradients.Select(gradient => gradient.Verdict));
        Assert.Null(report.Smallest);
        // What is certain is told all the same.
        Assert.Equal("cotangent-ignored", Checker.Check(Linear(4, 3, 2, (dy, x) => x.t().mm(torch.ones_like(dy))), new() { Explain = false }).Causes[0].Code);
    }
}
