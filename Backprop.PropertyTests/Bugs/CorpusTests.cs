using System.Reflection;
using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.PropertyTests.Bugs;

/// <summary>Every wrong version is wrong, in the way that it says.</summary>
public class CorpusTests
{
    /// <summary>The collection that this one extends, by id.</summary>
    private static readonly string[] Collected =
    [
        .. Family("LIN", 1, 2, 4, 5, 7, 8, 10, 11), .. Family("BIA", 1, 2, 4, 5, 7), .. Family("BRD", 1, 2), .. Family("SIG", 1, 2, 4, 5, 7, 8, 10),
        .. Family("TAN", 1, 2, 4, 5), .. Family("REL", 1, 2, 4, 5, 7, 8), .. Family("SQR", 1), .. Family("EXP", 1), .. Family("SMX", 1, 2, 4, 5, 7, 8, 10),
        .. Family("LSM", 1, 2, 4, 5), .. Family("CEN", 1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19),
        .. Family("SVM", 1, 2, 4, 5, 7, 8, 10), .. Family("REG", 1, 2, 4, 5, 7, 8, 10, 11), .. Family("MSE", 1, 2, 4, 5), .. Family("EMB", 1, 2, 4, 5), .. Family("NEG", 1, 2, 4, 5, 7, 8, 10),
        .. Family("CBW", 1, 2), .. Family("GLV", 1, 2, 4, 5, 7, 8), .. Family("MMW", 1, 2, 4, 5, 7, 8),
    ];

    public static TheoryData<string> Ids() => [.. Corpus.All.Select(bug => bug.Id)];

    [Fact]
    public void TheWholeCollectionIsThereOnce()
    {
        Assert.Empty(Collected.Except(Corpus.All.Select(bug => bug.Id)));
        Assert.Equal(Corpus.All.Count, Corpus.All.Select(bug => bug.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void EveryOperationOfABugIsListed() => Assert.Empty(Corpus.All.Select(bug => bug.Operation).Except(Corpus.Operations).Select(operation => operation.Name));

    [Fact]
    public void EveryRuleHasTwo() => Assert.All(Catalogue.All.Select(rule => rule.Name).Union(Corpus.Operations.Select(operation => operation.Name)), name => Assert.True(Corpus.All.Count(bug => bug.Operation.Name == name) >= 2, name));

    [Fact]
    public void CausesAreCodes()
    {
        var codes = typeof(CauseCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Corpus.All.SelectMany(Codes).Except(codes));
        Assert.All(Corpus.All, bug => Assert.DoesNotContain(bug.Cause, bug.AlsoAccepted));
        Assert.All(Corpus.All, bug => Assert.Contains(bug.Verdict, new[] { "wrong", "kink" }));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachIsWrongAsItSays(string id)
    {
        var bug = Corpus.All.Single(bug => bug.Id == id);
        using var scope = torch.NewDisposeScope();
        // Three points, and more while nothing is seen: a gate may be shut, a row not be drawn.
        var symptoms = new List<Symptom>();
        for (var seed = 1; seed <= 10 && (seed <= 3 || !symptoms.Any(symptom => symptom.IsWrong)); seed++) symptoms.Add(Symptom.Of(bug, seed));
        Assert.Contains(symptoms, symptom => symptom.IsWrong);
        // What can be seen without an explanation is what it is said to be, and the other way round.
        if (symptoms.Any(symptom => symptom.Throws)) Assert.Contains(CauseCode.Throws, Codes(bug));
        if (symptoms.Any(symptom => symptom.OtherCount)) Assert.Equal(CauseCode.Count, bug.Cause);
        Assert.Equal(bug.Cause == CauseCode.InputMutated, symptoms.Any(symptom => symptom.Mutates));
        if (symptoms.Any(symptom => symptom.OtherShape)) Assert.Contains(Codes(bug), code => code is CauseCode.Shape or CauseCode.NotReduced);
        Assert.Equal(bug.Cause == CauseCode.Dtype, symptoms.Any(symptom => symptom.OtherDtype));
        Assert.Equal(bug.Cause == CauseCode.Nonfinite, symptoms.Any(symptom => symptom.NotFinite));
        if (bug.Cause is CauseCode.CotangentIgnored) Assert.Contains(symptoms, symptom => symptom.IgnoresDy);
        if (symptoms.Any(symptom => symptom.IgnoresDy)) Assert.Contains(bug.Cause, new[] { CauseCode.CotangentIgnored, CauseCode.Nonfinite });
        if (bug.Cause == CauseCode.NotLinear) Assert.Contains(symptoms, symptom => symptom.IsNotLinear);
        Assert.Equal(bug.Cause is CauseCode.Stateful or CauseCode.StaleCache, symptoms.Any(symptom => symptom.Remembers));
    }

    [Fact]
    public void NoTwoOfAnOperationAreTheSame()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var operation in Corpus.All.Where(bug => bug.Inputs is null).GroupBy(bug => bug.Operation))
        {
            // Several: at one, a gate may be shut, or all indices be the same.
            var points = Enumerable.Range(1, 5).Select(seed => Point.Of(operation.Key.Inputs, operation.Key, seed)).ToList();
            var seen = operation.Where(bug => !Symptom.Of(bug, 1).Throws && bug.Cause is not (CauseCode.InputMutated or CauseCode.StaleCache or CauseCode.Stateful))
                .Select(bug => (bug.Id, Gradients: string.Join(" | ", points.SelectMany(point => bug.Create()(point.Dy.clone(), point.Inputs).Select(Text))))).ToList();
            Assert.Empty(seen.GroupBy(one => one.Gradients, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => string.Join(" = ", same.Select(one => one.Id))));
        }

        static string Text(Tensor gradient) => $"{gradient.dtype} [{string.Join(' ', gradient.shape)}] {string.Join(' ', Property.Numbers(gradient).Select(number => number.ToString("G8", System.Globalization.CultureInfo.InvariantCulture)))}";
    }

    private static IEnumerable<string> Codes(Bug bug) => [bug.Cause, .. bug.AlsoAccepted];

    private static IEnumerable<string> Family(string family, params int[] numbers) => numbers.Select(number => $"{family}-{number:00}");
}
