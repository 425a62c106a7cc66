using Backprop.Rules;
using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

/// <summary>The checker is worth what it catches: wrong rules of every kind must be seen to fail.</summary>
public class CheckerTests
{
    public static TheoryData<string, string> FaultsInRules()
    {
        var data = new TheoryData<string, string>();
        foreach (var fault in Fault.All)
            foreach (var rule in new[] { "linear", "softmax", "softmax-cross-entropy" })
                data.Add(fault.Name, rule);
        return data;
    }

    [Theory]
    [MemberData(nameof(FaultsInRules))]
    public void EveryFaultIsCaught(string fault, string rule)
    {
        var found = Judge.Catches(Fault.Find(fault)!.Inject(Catalogue.Find(rule)!), Enum.GetValues<Criterion>());
        Assert.NotEqual(Criterion.Forward, found.Flaw.Criterion);
    }

    [Fact]
    public void WrongByATenthOfAPercent() => Judge.Catches(Sigmoid(dy => (g, y) => g * 1.001), Criterion.Autograd);

    [Fact]
    public void WrongInFloat32Too() =>
        Assert.False(Verification.Run(Sigmoid(dy => (g, y) => g * 1.001), new() { Dtype = torch.ScalarType.Float32 }).Agrees);

    [Fact]
    public void WrongInOneEntry()
    {
        var found = Judge.Catches(Fault.Find("entry")!.Inject(Catalogue.Find("linear")!), Criterion.Autograd);
        Assert.Equal(("x", [0L, 0L]), (found.Flaw.Element!.Input, found.Flaw.Element.Index), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
    }

    [Fact]
    public void WrongInSign() => Judge.Catches(Sigmoid(dy => (g, y) => -g), Criterion.Autograd);

    [Fact]
    public void Transposed() => Judge.Catches(Linear((dy, saved, g) => [dy.mm(saved.Product.W.t()), dy.t().mm(saved.Product.X), g.DB]), Criterion.Shape);

    [Fact]
    public void TransposedAndReshaped() =>
        Judge.Catches(Linear((dy, saved, g) => [g.DX, dy.t().mm(saved.Product.X).reshape(g.DW.shape), g.DB]), Criterion.Autograd);

    [Fact]
    public void NotReducedOverTheBatch()
    {
        var found = Judge.Catches(Linear((dy, saved, g) => [g.DX, g.DW, dy]), Criterion.Shape);
        Assert.Contains("db has shape [", found.Flaw.Text);
    }

    [Fact]
    public void WrongOnlyForMoreThanOneRow()
    {
        var found = Judge.Catches(Linear((dy, saved, g) => [g.DX, g.DW, dy.mean([0L])]), Criterion.Autograd);
        Assert.Equal(2, found.Smallest.Sizes["N"]);
    }

    [Fact]
    public void WrongOnlyAtTies()
    {
        // The other convention at the kink: a margin of exactly 0 counts as violated.
        var wrong = Catalogue.Find("multi-class-hinge")! with
        {
            Forward = x =>
            {
                var primal = MultiClassHinge.Forward(x[0], x[1]);
                var index = x[1].unsqueeze(1);
                var margins = (x[0] - x[0].gather(1, index) + 1).scatter(1, index, -torch.ones_like(index).to_type(x[0].dtype));
                var active = margins.ge(0).to_type(x[0].dtype);
                return new(primal.Y, new MultiClassHinge.Saved(active.scatter(1, index, -active.sum(1L, keepdim: true)), 1));
            },
        };
        var found = Judge.Catches(wrong, Criterion.Autograd);
        Assert.Equal(Values.Ties, found.First.Values);
    }

    [Fact]
    public void IgnoringTheCotangent() => Judge.Catches(Sigmoid(dy => (g, y) => y * (1 - y)), Criterion.Autograd);

    [Fact]
    public void KeepingState()
    {
        var calls = 0;
        Judge.Catches(Sigmoid(dy => (g, y) => calls++ == 0 ? g : g * 1.0000000001), Criterion.Repeatable, Criterion.Linear);
    }

    [Fact]
    public void RememberingOtherInputs()
    {
        // Right on the first call and wrong from the moment that it has seen another input: only the alternation shows it.
        var last = double.NaN;
        var wrong = Catalogue.Find("squared-error")!;
        wrong = wrong with
        {
            Backward = (dy, saved) =>
            {
                var residual = ((SquaredError.Saved)saved).Residual.sum().item<double>();
                var stale = !double.IsNaN(last) && last != residual;
                last = residual;
                return [.. SquaredErrorGradients(dy, saved).Select(g => stale ? g * 1.5 : g)];
            },
        };
        Judge.Catches(wrong, Criterion.Repeatable, Criterion.Autograd);

        static IReadOnlyList<Tensor> SquaredErrorGradients(Tensor dy, object saved) => Catalogue.Find("squared-error")!.Backward(dy, saved);
    }

    [Fact]
    public void ChangingTheInput()
    {
        // Twice x has the same ReLU gradient: no value shows it, only a look at x itself.
        var right = Catalogue.Find("relu")!;
        var wrong = right with
        {
            Forward = x => right.Forward(x) is var primal ? new(primal.Y, (primal.Saved, x[0])) : null!,
            Backward = (dy, saved) =>
            {
                var (inner, x) = ((object, Tensor))saved;
                x.mul_(2);
                return right.Backward(dy, inner);
            },
        };
        Assert.Equal("x was changed", Judge.Catches(wrong, Criterion.Untouched).Flaw.Text);
    }

    [Fact]
    public void ChangingTheCotangent() => Judge.Catches(Fault.Find("mutates")!.Inject(Catalogue.Find("sigmoid")!), Criterion.Untouched, Criterion.Repeatable, Criterion.Autograd);

    [Fact]
    public void ReturningNaN()
    {
        var found = Judge.Catches(Fault.Find("nan")!.Inject(Catalogue.Find("tanh")!), Criterion.Autograd);
        Assert.True(double.IsNaN(found.Flaw.Element!.Hand));
    }

    [Fact]
    public void ReturningNaNEverywhereInTheForwardPass()
    {
        var right = Catalogue.Find("tanh")!;
        Judge.Catches(right with { Forward = x => right.Forward(x) is var primal ? new(primal.Y * double.NaN, primal.Saved) : null! }, Criterion.Forward);
    }

    [Fact]
    public void ReusingOneBuffer()
    {
        // Each call is right when it returns, and spoils what the last one gave.
        var buffers = new Dictionary<string, Tensor>();
        var wrong = Sigmoid(dy => (g, y) =>
        {
            var key = string.Join(',', g.shape);
            if (!buffers.TryGetValue(key, out var buffer)) buffers[key] = buffer = torch.zeros_like(g).DetachFromDisposeScope();
            return buffer.copy_(g);
        });
        Assert.Contains("handed out earlier", Judge.Catches(wrong, Criterion.Untouched).Flaw.Text);
    }

    [Fact]
    public void ChangingTheResult()
    {
        var right = Catalogue.Find("linear")!;
        var wrong = right with
        {
            Forward = x => right.Forward(x) is var primal ? new(primal.Y, (primal.Saved, primal.Y)) : null!,
            Backward = (dy, saved) =>
            {
                var (inner, y) = ((object, Tensor))saved;
                y.zero_();
                return right.Backward(dy, inner);
            },
        };
        Assert.Equal("the result of the forward pass was changed", Judge.Catches(wrong, Criterion.Untouched).Flaw.Text);
    }

    [Fact]
    public void ReturningNothingOnALaterCall()
    {
        var calls = 0;
        var right = Catalogue.Find("tanh")!;
        Judge.Catches(right with { Backward = (dy, saved) => calls++ % 5 == 4 ? [] : right.Backward(dy, saved) }, Criterion.Linear, Criterion.Repeatable);
    }

    [Fact]
    public void AnotherDtype() => Judge.Catches(Sigmoid(dy => (g, y) => g.to_type(torch.float32)), Criterion.Dtype);

    [Fact]
    public void Throwing()
    {
        var found = Judge.Catches(Sigmoid(dy => (g, y) => throw new InvalidOperationException("out of chalk")), Criterion.Runs);
        Assert.Contains("out of chalk", found.Flaw.Text);
    }

    [Fact]
    public void WhereHandAndAutogradMakeTheSameMistakeDifferencesTellThemApart()
    {
        // A detached path: autograd does not see the factor's own dependence on x, and neither does the hand.
        var right = Catalogue.Find("sigmoid")!;
        var detached = right with
        {
            Forward = x => new(x[0].sigmoid() * x[0], x[0]),
            Backward = (dy, saved) => [dy * ((Tensor)saved).sigmoid()],
            Reference = x => x[0].sigmoid().detach() * x[0],
        };
        Judge.Catches(detached, Criterion.Difference);
    }

    [Fact]
    public void TheSmallestCaseIsSmall()
    {
        var found = Judge.Catches(Fault.Find("sign")!.Inject(Catalogue.Find("linear")!), Criterion.Autograd);
        Assert.All(found.Smallest.Sizes.Values, size => Assert.Equal(1, size));
        Assert.Equal((Values.Ties, Layout.Dense), (found.Smallest.Values, found.Smallest.Layout));
        Assert.StartsWith("x = [[", found.Inputs[0]);
    }

    [Fact]
    public void ReplayShowsTheSameDisagreement()
    {
        var wrong = Fault.Find("scale")!.Inject(Catalogue.Find("softmax-classifier")!);
        var found = Judge.Catches(wrong, Criterion.Autograd);
        var replayed = Verification.Replay(wrong, Case.Parse(found.Smallest.Text, found.Smallest.Seed, wrong), new());
        Assert.Equal(found.Flaw.Text, replayed.Disagreement!.Flaw.Text);
        Assert.True(Verification.Replay(Catalogue.Find("softmax-classifier")!, found.Smallest, new()).Agrees);
    }

    [Fact]
    public void ARuleWithNothingToDifferentiateIsRefused() =>
        Assert.Throws<ArgumentException>(() => Verification.Run(Catalogue.Find("tanh")! with { Inputs = [Input.Labels("x", "N", "C")] }, new()));

    [Fact]
    public void ACheckThatComparedNothingIsNoAgreement() => Assert.Throws<ArgumentOutOfRangeException>(() => Verification.Run(Catalogue.All[0], new() { Cases = 0 }));

    private static Subject Sigmoid(Func<Tensor, Func<Tensor, Tensor, Tensor>> spoil) => Catalogue.Find("sigmoid")! with
    {
        Backward = (dy, saved) =>
        {
            var y = ((Sigmoid.Saved)saved).Y;
            return [spoil(dy)(Backprop.Rules.Sigmoid.Backward(dy, new(y)).DX, y)];
        },
    };

    private static Subject Linear(Func<Tensor, Linear.Saved, Linear.Grads, IReadOnlyList<Tensor>> spoil) => Catalogue.Find("linear")! with
    {
        Backward = (dy, saved) => spoil(dy, (Linear.Saved)saved, Backprop.Rules.Linear.Backward(dy, (Linear.Saved)saved)),
    };
}
