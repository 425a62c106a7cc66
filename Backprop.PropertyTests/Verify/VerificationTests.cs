using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

public class VerificationTests
{
    [Fact]
    public void CasesCoverWhatHidesMistakes()
    {
        // Told by the cases in which a rule is asked: seen through the eyes of a forward pass.
        var (rows, shapes, dense) = (new HashSet<long>(), new HashSet<(long, long)>(), new HashSet<bool>());
        var linear = Catalogue.Find("linear")!;
        var spy = linear with
        {
            Forward = x =>
            {
                rows.Add(x[0].shape[0]);
                shapes.Add((x[1].shape[0], x[1].shape[1]));
                dense.Add(x[1].is_contiguous());
                return linear.Forward(x);
            },
        };
        Assert.True(Verification.Run(spy, new()).Agrees);
        Assert.Contains(0, rows);
        Assert.Contains(1, rows);
        Assert.Contains(shapes, shape => shape.Item1 == shape.Item2);
        Assert.Contains(shapes, shape => shape.Item1 > shape.Item2);
        Assert.Contains(shapes, shape => shape.Item1 < shape.Item2);
        Assert.Equal(2, dense.Count);
    }

    [Fact]
    public void TheSameSeedGivesTheSameVerdictToTheLastBit()
    {
        var options = new VerifyOptions { Seed = 5, Cases = 10 };
        var (first, second) = (Verification.Run(Catalogue.Find("softmax")!, options), Verification.Run(Catalogue.Find("softmax")!, options));
        Assert.Equal((first.WorstToAutograd, first.WorstToDifference, first.Entries), (second.WorstToAutograd, second.WorstToDifference, second.Entries));
        Assert.NotEqual(first.WorstToDifference, Verification.Run(Catalogue.Find("softmax")!, options.With(seed: 6)).WorstToDifference);
    }

    [Fact]
    public void KinksAreMetOnPurpose()
    {
        Assert.True(Verification.Run(Catalogue.Find("relu")!, new()).Kinks > 0);
        Assert.True(Verification.Run(Catalogue.Find("multi-class-hinge")!, new()).Kinks > 0);
        Assert.Equal(0, Verification.Run(Catalogue.Find("softmax")!, new()).Kinks);
    }

    [Fact]
    public void CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Stop(cancellation);
        Assert.Throws<OperationCanceledException>(() => Verification.Run(Catalogue.Find("tanh")!, new(), progress, cancellation.Token));
        Assert.Equal(3, progress.Seen);
    }

    [Fact]
    public void LeavesNoTensorBehind()
    {
        using var scope = torch.NewDisposeScope();
        Verification.Run(Catalogue.Find("softmax-classifier")!, new() { Cases = 5 });
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void RefusesOtherDtypes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Verification.Run(Catalogue.All[0], new() { Dtype = torch.ScalarType.Float16 }));

    private sealed class Stop(CancellationTokenSource cancellation) : IProgress<int>
    {
        public int Seen { get; private set; }

        public void Report(int value)
        {
            Seen = value;
            if (value == 3) cancellation.Cancel();
        }
    }
}
