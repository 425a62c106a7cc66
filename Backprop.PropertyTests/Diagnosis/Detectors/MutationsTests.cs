using Backprop.Bugs;
using Backprop.Bugs.Formulas;
using Backprop.Diagnosis;
using Backprop.PropertyTests.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.PropertyTests.Diagnosis.Detectors;

/// <summary>A slip that nobody wrote down beforehand is found, named, and told in the stranger's own words.</summary>
public class MutationsTests
{
    private static readonly Printer Plain = new(new Dictionary<string, string>());

    private static IReadOnlyList<Finding> Look(Evidence evidence, int g) => [.. new Mutations().Look(evidence, g).OrderBy(finding => finding.Rank)];

    /// <summary>Slips drawn from all formulas, each as a stranger's gradient. Two slips may give the very same gradient (a factor lost twice over is a term lost); then both are told, the likelier first.</summary>
    [Fact]
    public void NearlyEverySlipIsFoundUnderItsOwnCode()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(11);
        var (tried, named, first) = (0, 0, 0);
        var missed = new List<string>();
        foreach (var formula in FormulaBook.All.Where((formula, i) => formula.Outputs.Count == 1 && i % 2 == 0))
        {
            using var inner = torch.NewDisposeScope();
            if (Draw(formula, random) is not var (slip, evidence)) continue;
            var g = evidence.WrongPlaces[0];
            var findings = Look(evidence, g);
            tried++;
            if (findings.Any(finding => finding.Code == slip.Code)) named++;
            if (findings.Count > 0 && findings[0].Code == slip.Code) first++;
            else missed.Add($"{formula.Name}: {slip.Code} ({slip.Phrase}) as {string.Join(", ", findings.Select(finding => finding.Code))}");
        }
        Assert.True(tried > 180, $"{tried}");
        Assert.True(named >= 0.98 * tried && first >= 0.85 * tried, $"{named} named, {first} of them first, of {tried}; {string.Join("; ", missed)}");
    }

    /// <summary>A slip that shows: what it gives is of the right shape and not the right gradient.</summary>
    private static (Slip Slip, Evidence Evidence)? Draw(Formula formula, Random random)
    {
        var operation = formula.Operation();
        var names = operation.Inputs.Where(input => input.Differentiable).Select(input => input.Name).ToList();
        var @case = Points.Case(operation, 1);
        var all = Slips.Of(formula, Points.At(formula, @case, Points.Inputs(operation, @case)), Plain).Where(slip => slip.Cost <= 3).ToList();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var slip = all[random.Next(all.Count)];
            var misfit = false;
            var evidence = Strangers.Of(operation, (_, x, dys, truth) =>
            {
                var point = formula.At(x, dys, formula.Sizes(x, Points.Constants(formula)));
                return [.. truth.Select((right, g) =>
                {
                    if (slip.Wrong.FirstOrDefault(form => form.Input == names[g]) is not { } form) return right;
                    if (point.Of(form.Wrong) is { } value && ShapeFit.Into(value.shape, right.shape)) return value.expand(right.shape);
                    misfit = true;
                    return right;
                })];
            });
            if (!misfit && evidence.WrongPlaces.Count > 0 && evidence.WrongPlaces.All(g => evidence.Samples.All(sample => sample.Hand[g].Numbers.All(double.IsFinite) && sample.Hand[g].Greatest > 1e-6))) return (slip, evidence);
        }
        return null;
    }

    [Theory]
    [InlineData("sigmoid", "dy·x·(1−x)", CauseCode.WrongArgument)]
    [InlineData("sigmoid", "dy·y", CauseCode.MissingFactor)]
    [InlineData("sigmoid", "dy·y·(1+y)", CauseCode.Sign)]
    [InlineData("tanh", "dy·(1−y)", CauseCode.MissingFactor)]
    [InlineData("tanh", "dy·y·(1−y²)", CauseCode.ExtraFactor)]
    [InlineData("relu", "dy", CauseCode.Mask)]
    [InlineData("relu", "dy·(x≤0)", CauseCode.Mask)]
    [InlineData("softmax", "dy·y·(1−y)", CauseCode.DiagonalOnly)]
    [InlineData("softmax", "y(dy+Σ)", CauseCode.Sign)]
    public void OfOneTensor(string name, string wrong, string code)
    {
        using var scope = torch.NewDisposeScope();
        var evidence = Strangers.Of(Points.Find(name).Operation(), (_, inputs, dys, _) =>
        {
            var (x, dy) = (inputs[0], dys[0]);
            var y = name switch { "sigmoid" => x.sigmoid(), "tanh" => x.tanh(), "relu" => x.relu(), _ => x.softmax(-1) };
            return [wrong switch
            {
                "dy·x·(1−x)" => dy * x * (1 - x),
                "dy·y" => dy * y,
                "dy·y·(1+y)" => dy * y * (1 + y),
                "dy·(1−y)" => dy * (1 - y),
                "dy·y·(1−y²)" => dy * y * (1 - y * y),
                "dy·(x≤0)" => dy * x.le(0),
                "dy·y·(1−y)" => dy * y * (1 - y),
                "y(dy+Σ)" => y * (dy + (dy * y).sum(-1L, true)),
                _ => dy,
            }];
        });
        Assert.Equal(code, Look(evidence, 0)[0].Code);
    }

    /// <summary>One slip in dz of a dense layer spoils dx, dw and db: one finding for the three of them.</summary>
    [Fact]
    public void ASlipInASharedPartExplainsAllThatUseIt()
    {
        using var scope = torch.NewDisposeScope();
        var evidence = Strangers.Of(Points.Find("dense-sigmoid").Operation(), (_, x, dys, _) =>
        {
            var y = (x[0].matmul(x[1]) + x[2]).sigmoid();
            var dz = dys[0] * y;
            return [dz.matmul(x[1].t()), x[0].t().matmul(dz), dz.sum(0L)];
        });
        foreach (var g in evidence.WrongPlaces)
        {
            var first = Look(evidence, g)[0];
            Assert.Equal((CauseCode.MissingFactor, 3), (first.Code, first.Places!.Count));
            Assert.Contains("1 − y", first.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void InputsInAnotherOrderAreRecognised()
    {
        using var scope = torch.NewDisposeScope();
        var evidence = Strangers.Reordered(Points.Find("linear").Operation(), [2, 0, 1], (_, x, dys, truth) => [truth[0] / dys[0].shape[0], truth[1], truth[2]]);
        Assert.Equal([0], evidence.WrongPlaces);
        var first = Look(evidence, 0)[0];
        Assert.Equal(CauseCode.Scale, first.Code);
        Assert.Contains("dq2", first.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.17)]
    [InlineData(0.01)]
    public void ConstantsAreTheStrangersOwnOrUsualOnes(double slope)
    {
        using var scope = torch.NewDisposeScope();
        var formula = Points.Find("leaky-relu");
        var operation = (formula with { Choices = [new("α", slope)] }).Operation();
        var evidence = Strangers.Of(operation, (_, x, dys, _) => [dys[0] * x[0].gt(0)], slope == 0.17 ? [new("slope", 0.17)] : []);
        Assert.Equal(CauseCode.MissingTerm, Look(evidence, 0)[0].Code);
    }

    /// <summary>The other root of the square is lost, and the mean is taken twice: no single slip, but one with a constant in front.</summary>
    [Fact]
    public void ASlipAndAConstantTogetherAreToldAsTwo()
    {
        using var scope = torch.NewDisposeScope();
        var evidence = Strangers.Of(Points.Find("dense-tanh").Operation(), (_, x, dys, truth) => [truth[0], x[0].t().matmul(dys[0] * (1 - (x[0].matmul(x[1]) + x[2]).tanh())) / x[0].shape[0], truth[2]]);
        var found = Look(evidence, evidence.WrongPlaces.Single());
        Assert.Equal([CauseCode.MissingFactor, CauseCode.Scale], found.Select(finding => finding.Code));
        Assert.All(found, finding => Assert.Contains("1/N", finding.Text, StringComparison.Ordinal));
        Assert.All(found, finding => Assert.True(finding.Rank >= Plausibility.Pattern));
    }

    /// <summary>Where rounding is all that is wrong, a slip that changes no more than rounding does explains nothing.</summary>
    [Fact]
    public void ASlipThatFitsNoBetterThanTheTruthIsNoExplanation()
    {
        using var scope = torch.NewDisposeScope();
        var formula = Points.Find("layer-norm-plain");
        var evidence = Strangers.Of((formula with { Choices = [new("ε", 1e-12)] }).Operation(), (_, _, _, truth) => [truth[0] * (1 + 3e-7)]);
        Assert.NotEmpty(evidence.WrongPlaces);
        Assert.NotEmpty(Recognised.In(evidence));
        Assert.Empty(Look(evidence, 0));
    }

    /// <summary>Of the collected wrong versions, run as a stranger's: what slips explain, they explain as the collection does, without knowing it.</summary>
    [Fact]
    public void TheCausesOfTheCorpusAreFoundWithoutIt()
    {
        var (explained, named) = (0, 0);
        var missed = new List<string>();
        foreach (var bug in Corpus.All.Where((_, i) => i % 6 == 0))
        {
            using var scope = torch.NewDisposeScope();
            var comparable = true;
            var evidence = Strangers.Of(bug.Inputs is null ? bug.Operation : bug.Operation with { Inputs = bug.Inputs }, (_, x, dys, truth) =>
            {
                var wrong = Recognition.Guarded(() => bug.Create()(dys[0], x));
                comparable &= wrong is not null && wrong.Count == truth.Count && wrong.Zip(truth).All(pair => ShapeFit.Same(pair.First.shape, pair.Second.shape));
                return comparable ? wrong! : truth;
            });
            if (!comparable || evidence.WrongPlaces.Count == 0 || Look(evidence, evidence.WrongPlaces[0]) is not [var first, ..]) continue;
            explained++;
            if (first.Code == bug.Cause || bug.AlsoAccepted.Contains(first.Code)) named++;
            else missed.Add($"{bug.Id}: {bug.Cause}, not {first.Code} ({first.Text})");
        }
        Assert.True(explained >= 60, $"{explained}");
        Assert.True(named >= 0.9 * explained, $"{named} of {explained}: {string.Join("; ", missed)}");
    }

    [Fact]
    public void WhatIsNoOperationOfTheBookIsNotRecognised()
    {
        using var scope = torch.NewDisposeScope();
        var operation = Points.Find("sigmoid").Operation();
        var evidence = Strangers.Of(operation with { Forward = x => x[0].sigmoid().pow(1.7) }, (_, _, _, truth) => [truth[0] * 2]);
        Assert.Empty(Recognised.In(evidence));
        Assert.Empty(Look(evidence, 0));
    }
}
