using Backprop.Bugs;
using Backprop.Diagnosis;

namespace Backprop.PropertyTests.Diagnosis.Detectors;

/// <summary>A stranger's gradient that is a wrong version of the corpus is recognised as that.</summary>
public class KnownVersionsTests
{
    private static IReadOnlyList<Finding> Look(Evidence evidence, int g) => [.. new KnownVersions().Look(evidence, g)];

    [Fact]
    public void AWrongVersionOfTheCorpusIsNamedByItsIdAndItsCause()
    {
        using var scope = torch.NewDisposeScope();
        var bug = Corpus.All.First(bug => bug.Id == "SIG-01");
        var found = Assert.Single(Look(Strangers.Of(bug.Operation, (_, x, dys, _) => bug.Create()(dys[0], x)), 0));
        Assert.Equal((bug.Cause, "SIG-01", Plausibility.Known), (found.Code, found.Known, found.Rank));
    }

    [Fact]
    public void InputsInAnotherOrderAreRecognised()
    {
        using var scope = torch.NewDisposeScope();
        var bug = Corpus.All.First(bug => bug.Id == "LIN-01");
        var evidence = Strangers.Reordered(bug.Operation, [2, 0, 1], (_, _, dys, truth) => [truth[0], truth[1], truth[2] / dys[0].shape[0]]);
        Assert.Equal("LIN-01", Assert.Single(Look(evidence, evidence.WrongPlaces.Single())).Known);
    }

    [Fact]
    public void AnotherWrongGradientIsNotOneOfThem()
    {
        using var scope = torch.NewDisposeScope();
        var bug = Corpus.All.First(bug => bug.Id == "SIG-01");
        Assert.Empty(Look(Strangers.Of(bug.Operation, (_, x, dys, _) => [bug.Create()(dys[0], x)[0] * 1.0001]), 0));
        // The same numbers as a gradient of something else are not that wrong version.
        Assert.Empty(Look(Strangers.Of(bug.Operation with { Forward = x => x[0].sigmoid() + 1e-6 }, (_, x, dys, _) => bug.Create()(dys[0], x)), 0));
    }

    /// <summary>A version that is wrong in one gradient says nothing of another that is right in it.</summary>
    [Fact]
    public void AGradientThatAVersionHasRightIsNoMatch()
    {
        using var scope = torch.NewDisposeScope();
        var bug = Corpus.All.First(bug => bug.Id == "LIN-01");
        var evidence = Strangers.Of(bug.Operation, (_, x, dys, truth) => bug.Create()(dys[0], x) is var wrong ? [.. truth.Select((right, g) => right.Equals(wrong[g]) ? right * 1.5 : wrong[g])] : []);
        Assert.All(evidence.WrongPlaces, g => Assert.All(Look(evidence, g), finding => Assert.Equal("dw", "d" + evidence.InputName(g))));
    }
}
