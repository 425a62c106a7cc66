using Backprop.Diagnosis;
using Backprop.Facade;
using Backprop.Verify;
using Input = Backprop.Verify.Input;

namespace Backprop.PropertyTests.Diagnosis;

/// <summary>Each verdict, and each cause that is seen before numbers are compared, on the smallest gradient that shows it.</summary>
public class VerdictTests
{
    private static readonly Input X = Input.Real("x", "N", "D");
    private static readonly Input B = Input.Real("b", "D");

    private static CheckReport Sigmoid(Func<Tensor, Tensor, Tensor> backward, CheckOptions? options = null) => Gradients.Check(x => x.sigmoid(), backward, X, options);

    private static CheckReport Biased(Func<Tensor, Tensor, Tensor, IReadOnlyList<Tensor>> backward) => Gradients.Check((x, b) => x + b, backward, X, B);

    private static Tensor Slope(Tensor x) => x.sigmoid() * (1 - x.sigmoid());

    private static void Wrong(string code, CheckReport report)
    {
        Assert.True(report.Verdict == Verdict.Wrong, report.ToString());
        Assert.Equal(code, report.Causes[0].Code);
        Assert.NotEmpty(report.Causes[0].Repair);
        Assert.NotEmpty(report.Causes[0].Question);
        Assert.NotNull(report.Smallest);
    }

    [Fact]
    public void Right()
    {
        var report = Sigmoid((dy, x) => dy * Slope(x));
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Empty(report.Causes);
        Assert.All(report.Edges, edge => Assert.Equal(Verdict.Right, edge.Verdict));
        Assert.Equal(["N = 1", "D = 1", "equal sizes", "empty batch (N = 0)"], report.Edges.Select(edge => edge.What));
        Assert.True(report.Gradients[0] is { Gradient: "dx", Entries: > 100, Differences: > 10 });
    }

    [Fact]
    public void ReturningTheCotangentItselfOrAViewOfItIsRight()
    {
        Assert.Equal(Verdict.Right, Gradients.Check(x => x + 1, (dy, x) => dy, X).Verdict);
        Assert.Equal(Verdict.Right, Gradients.Check(x => x.t(), (dy, x) => dy.t(), X).Verdict);
    }

    /// <summary>Points just above 20, where libtorch's softplus takes x for log(1 + eˣ): the hand's derivative is the better one. A slip of 1e-8 is none of its kind.</summary>
    [Fact]
    public void MoreAccurateThanAThresholdOfLibtorchIsRight()
    {
        var x = Input.Fixed("x", torch.tensor(new[] { 20.01, 20.5, -1, 3 }, torch.float64));
        Assert.Equal(Verdict.Right, Gradients.Check(x => torch.nn.functional.softplus(x), (dy, x) => dy * x.sigmoid(), x).Verdict);
        Assert.Equal(Verdict.Wrong, Gradients.Check(x => torch.nn.functional.softplus(x), (dy, x) => dy * x.sigmoid() * (1 + 1e-8), x).Verdict);
    }

    /// <summary>In float32 σ(17.36) is 1, so that σ − 1 loses its 2.9e-8, and a factor of 20 makes 5.8e-7 of it; in float64 nothing is lost. A slip of that size in both is a mistake.</summary>
    [Fact]
    public void WhatFloat32RoundsAwayIsRight()
    {
        var x = Input.Fixed("x", torch.tensor(new[] { 0.868, 0.87, 0.869 }, torch.float64));
        var right = Check((dy, x) => dy * ((x * 20).sigmoid() - 1) * 20);
        Assert.True(right.Verdict == Verdict.Right, right.ToString());
        Assert.Equal(Verdict.Wrong, Check((dy, x) => dy * ((x * 20).sigmoid() - 1 + 3e-8) * 20).Verdict);

        CheckReport Check(Func<Tensor, Tensor, Tensor> backward) => Gradients.Check(x => torch.nn.functional.softplus(x * -20, threshold: 50), backward, x, new() { Dtype = torch.float32 });
    }

    [Fact]
    public void ASlopeThatIsRoundedIsRightToItsDigits()
    {
        var report = Gradients.Check(x => x * x * x, (dy, x) => dy * ((3e7 * x * x).round() / 1e7), X);
        Wrong(CauseCode.Approximate, report);
        Assert.Matches("^dx is right to [678] digits, but not to rounding", report.Causes[0].Text);
    }

    [Fact]
    public void Shape() => Wrong(CauseCode.Shape, Biased((dy, x, b) => [dy, dy.sum([0L], keepdim: true)]));

    [Fact]
    public void NotReduced() => Wrong(CauseCode.NotReduced, Biased((dy, x, b) => [dy, dy]));

    [Fact]
    public void TransposedIntoAnotherShape() => Wrong(CauseCode.Transpose, Gradients.Check((x, w) => x.matmul(w), (dy, x, w) => [dy.matmul(w.t()), dy.t().matmul(x)], X, Input.Real("w", "D", "M")));

    [Fact]
    public void TooFew() => Wrong(CauseCode.Count, Biased((dy, x, b) => [dy]));

    [Fact]
    public void OfAnotherDtype() => Wrong(CauseCode.Dtype, Sigmoid((dy, x) => (dy * Slope(x)).to_type(torch.float32)));

    [Fact]
    public void TheByteThatSumOfTheLiteralZeroGivesHasAHintOfItsOwn()
    {
        var report = Biased((dy, x, b) => [dy, dy.sum(torch.ScalarType.Byte)]);
        Wrong(CauseCode.Dtype, report);
        Assert.Contains("0L", report.Causes[0].Repair, StringComparison.Ordinal);
    }

    [Fact]
    public void Nonfinite() => Wrong(CauseCode.Nonfinite, Gradients.Check(x => x.abs().sum(), (dy, x) => dy * x / x.abs(), X, new() { Kinks = true }));

    [Fact]
    public void Throwing() => Wrong(CauseCode.Throws, Sigmoid((dy, x) => throw new InvalidOperationException("not yet written")));

    [Fact]
    public void CotangentIgnored() => Wrong(CauseCode.CotangentIgnored, Sigmoid((dy, x) => Slope(x)));

    [Fact]
    public void CotangentOfALossIgnored() => Wrong(CauseCode.CotangentIgnored, Gradients.Check(x => x.pow(2).sum(), (dy, x) => 2 * x, X));

    [Fact]
    public void NotLinear() => Wrong(CauseCode.NotLinear, Sigmoid((dy, x) => dy * dy * Slope(x)));

    [Fact]
    public void AnOffsetThatDoesNotDependOnTheCotangentIsATermTooMuch() => Wrong(CauseCode.ExtraTerm, Sigmoid((dy, x) => dy * Slope(x) + 0.1 * x));

    [Fact]
    public void Stateful()
    {
        var calls = 0;
        Wrong(CauseCode.Stateful, Sigmoid((dy, x) => dy * Slope(x) * (1 + 0.1 * calls++)));
    }

    [Fact]
    public void StaleCache()
    {
        Tensor? kept = null;
        Wrong(CauseCode.StaleCache, Sigmoid((dy, x) =>
        {
            var earlier = kept is not null && kept.shape.SequenceEqual(x.shape) ? kept : torch.zeros_like(x);
            kept = x.clone().DetachFromDisposeScope();
            return dy * Slope(earlier);
        }));
    }

    [Fact]
    public void TheFirstAnswerKept()
    {
        var answers = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        Wrong(CauseCode.StaleCache, Sigmoid((dy, x) =>
        {
            var shape = string.Join(',', x.shape);
            if (!answers.ContainsKey(shape)) answers[shape] = (dy * Slope(x)).DetachFromDisposeScope();
            return answers[shape].clone();
        }));
    }

    [Fact]
    public void CotangentMutated() => Wrong(CauseCode.InputMutated, Sigmoid((dy, x) => dy.mul_(Slope(x))));

    [Fact]
    public void InputMutatedByForward() => Wrong(CauseCode.InputMutated, Gradients.Check(x => x.mul_(2), (dy, x) => dy * 2, X));

    [Fact]
    public void Vacuous()
    {
        var report = Gradients.Check(x => torch.softmax(x, -1).sum(), (dy, x) => torch.zeros_like(x), X);
        Assert.True(report.Verdict == Verdict.Vacuous, report.ToString());
        Assert.NotEmpty(report.Causes[0].Repair);
    }

    [Fact]
    public void VacuousWhenTheToleranceThatIsAskedForDecides() =>
        Assert.Equal(Verdict.Vacuous, Sigmoid((dy, x) => dy * Slope(x), new() { Tolerance = 1 }).Verdict);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void ReluAtZeroIsAMatterOfConvention(double there)
    {
        var report = Gradients.Check(x => x.relu(), (dy, x) => dy * (x.gt(0).to_type(x.dtype) + there * x.eq(0).to_type(x.dtype)), X);
        Assert.True(report.Verdict == (there == 0 ? Verdict.Right : Verdict.Kink), report.ToString());
    }

    [Fact]
    public void OutsideTheBracketAKinkExcusesNothing() =>
        Assert.Equal(Verdict.Wrong, Gradients.Check(x => x.relu(), (dy, x) => dy * (x.gt(0).to_type(x.dtype) + 2 * x.eq(0).to_type(x.dtype)), X).Verdict);

    [Fact]
    public void WhereAutogradMissesAPathDifferencesDecide()
    {
        var report = Gradients.Check(x => x.detach() * x, (dy, x) => 2 * dy * x, X);
        Assert.True(report.Verdict == Verdict.Right, report.ToString());
        Assert.Contains(report.Warnings, warning => warning.Code == CauseCode.GraphCut);
        var same = Gradients.Check(x => x.detach() * x, (dy, x) => dy * x, X);
        Assert.Equal((Verdict.Inconclusive, CauseCode.GraphCut), (same.Verdict, same.Causes[0].Code));
        Assert.Equal(Verdict.Wrong, Gradients.Check(x => x.detach() * x, (dy, x) => 3 * dy * x, X).Verdict);
    }

    [Fact]
    public void ARandomFunctionIsNotJudged()
    {
        var random = new Random(1);
        var report = Gradients.Check(x => x * random.NextDouble(), (dy, x) => dy, X);
        Assert.Equal((Verdict.Inconclusive, CauseCode.Randomness), (report.Verdict, report.Causes[0].Code));
    }

    [Fact]
    public void AFunctionThatDrawsFromLibtorchIsJudgedFromOneSeed()
    {
        var report = Gradients.Check(x => x * torch.rand(1, dtype: torch.float64).item<double>(), (dy, x) => dy * 0.5, X);
        Assert.Contains(report.Warnings, warning => warning.Code == CauseCode.Randomness);
        Assert.Equal(Verdict.Wrong, report.Verdict);
    }

    [Fact]
    public void MoreAccurateThanAutogradInSaturationIsRight()
    {
        // log(1 − σ(x)) loses digits for large x; its derivative −σ(x) does not.
        var report = Gradients.Check(x => torch.log(1 - x.sigmoid()), (dy, x) => -dy * x.sigmoid(), Input.Range("x", 0, 30, "N", "D"));
        Assert.True(report.Verdict is Verdict.Right or Verdict.Inconclusive, report.ToString());
    }

    [Fact]
    public void ForwardThatThrowsIsAnErrorThatNamesIt()
    {
        var report = Gradients.Check(x => throw new InvalidOperationException("no such table"), (dy, x) => dy, X);
        Assert.Equal(Verdict.Error, report.Verdict);
        Assert.Contains("no such table", report.Causes[0].Text, StringComparison.Ordinal);
        Assert.Throws<WrongGradientException>(() => report.ThrowIfWrong());
    }

    [Fact]
    public void ForwardThatIsNeverFiniteIsAnError() =>
        Assert.Contains("NaN or infinity", Gradients.Check(x => torch.log(-x.abs() - 1), (dy, x) => dy, X).Causes[0].Text, StringComparison.Ordinal);

    [Fact]
    public void APassThatNeverEndsIsLeftBehind()
    {
        using var stop = new ManualResetEventSlim();
        var report = Sigmoid((dy, x) =>
        {
            stop.Wait();
            return dy;
        }, new() { TimeLimit = TimeSpan.FromSeconds(0.3) });
        stop.Set();
        Assert.Equal(Verdict.Error, report.Verdict);
        Assert.Contains("Backward has not ended after 0.3 s", report.Causes[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongInFloat32Too() => Assert.Equal(Verdict.Wrong, Sigmoid((dy, x) => dy * Slope(x) * 1.001, new() { Dtype = torch.ScalarType.Float32 }).Verdict);

    [Fact]
    public void TheSmallestCaseIsSmallAndReplays()
    {
        var report = Biased((dy, x, b) => [dy, dy.mean([0L])]);
        Assert.Equal((2L, 1L), (report.Smallest!.Case.Sizes["N"], report.Smallest.Case.Sizes["D"]));
        Assert.Equal(Values.Short, report.Smallest.Case.Values);
        Assert.Contains("var x = torch.tensor(new double[] {", report.Smallest.CSharp, StringComparison.Ordinal);
        Assert.Contains("let x = torch.tensor([|", report.Smallest.FSharp, StringComparison.Ordinal);
        var again = Gradients.Check((Tensor x, Tensor b) => x + b, (Tensor dy, Tensor x, Tensor b) => new[] { dy, dy.mean([0L]) }, new CheckOptions { Seed = report.Smallest.Case.Seed, Case = report.Smallest.Case.Text }, X, B);
        Assert.Equal(report.Smallest.Inputs, again.Smallest!.Inputs);
        Assert.Equal(Verdict.Wrong, again.Verdict);
    }

    [Fact]
    public void TwoFaultsAreToldApart()
    {
        var report = Gradients.Check((x, w, b) => x.matmul(w) + b, (dy, x, w, b) => [-dy.matmul(w.t()), x.t().matmul(dy), dy], X, Input.Real("w", "D", "M"), Input.Real("b", "M"));
        Assert.Contains(report.Causes, cause => cause is { Code: CauseCode.NotReduced, Gradient: "db" });
        Assert.Contains(report.Causes, cause => cause is { Code: CauseCode.Sign, Gradient: "dx" });
    }

    [Fact]
    public void TheAssertionThrowsTheReport()
    {
        var thrown = Assert.Throws<WrongGradientException>(() => GradientAssert.Right(x => x.sigmoid(), (dy, x) => dy, X));
        Assert.Equal(thrown.Report.ToString(), thrown.Message);
        Assert.Throws<WrongGradientException>(() => GradientAssert.Right(x => torch.softmax(x, -1).sum(), (dy, x) => torch.zeros_like(x), X));
        GradientAssert.Right(x => x.sigmoid(), (dy, x) => dy * Slope(x), X);
    }

    [Fact]
    public void FixedTensorsAreCheckedAsTheyAre()
    {
        var x = torch.tensor([0.5, -1.5, 2.0], torch.float64);
        Assert.Equal(Verdict.Right, Gradients.Check(x => x.sigmoid(), (dy, x) => dy * Slope(x), x).Verdict);
        Assert.Equal(Verdict.Wrong, Gradients.Check(x => x.sigmoid(), (dy, x) => dy * x.sigmoid(), x).Verdict);
    }

    [Fact]
    public void InAChainTheFirstWrongLayerSeenFromTheLossIsNamed()
    {
        Layer Dense(string name, string from, string next, Func<Tensor, Tensor> spoil) => new(name, [Input.Real("w", from, next)], (x, p) => torch.tanh(x.matmul(p[0])),
            (dy, x, p) =>
            {
                var y = torch.tanh(x.matmul(p[0]));
                var dz = spoil(dy * (1 - y * y));
                return [dz.matmul(p[0].t()), x.t().matmul(dz)];
            });
        var wrong = Gradients.CheckChain(X, Dense("first", "D", "H", dz => dz), Dense("second", "H", "K", dz => -dz), Dense("third", "K", "M", dz => dz));
        Assert.Equal("second", wrong.Culprit);
        Assert.Equal(CauseCode.Sign, wrong.Layer!.Causes[0].Code);
        Assert.Equal(["dx", "dfirst.w"], wrong.Consequences);
        Assert.Equal(Verdict.Right, Gradients.CheckChain(X, Dense("first", "D", "H", dz => dz), Dense("second", "H", "M", dz => dz)).Whole.Verdict);
    }
}
