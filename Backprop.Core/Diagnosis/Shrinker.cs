using System.Diagnostics;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Makes a failing case as small as it goes: smaller sizes first, then dense, then short decimals.</summary>
internal static class Shrinker
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    internal static CaseExam Smallest(Specimen specimen, CaseExaminer examiner, CaseExam failing, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        for (var smaller = true; smaller && clock.Elapsed < Budget;)
        {
            smaller = false;
            foreach (var candidate in Candidates(specimen, failing.Case))
            {
                cancellation.ThrowIfCancellationRequested();
                if (clock.Elapsed >= Budget) break;
                var exam = examiner.Examine(candidate);
                if (exam.Verdict != Verdict.Wrong || !SameKind(exam, failing)) continue;
                (failing, smaller) = (exam, true);
                break;
            }
        }
        return failing;
    }

    /// <summary>An exception at a smaller size, or NaN from 0/0, is another fault than the one to be shown.</summary>
    internal static bool SameKind(CaseExam exam, CaseExam failing) => failing.Causes.Count == 0
        ? exam.Causes.Count == 0
        : exam.Causes.Select(cause => cause.Code).Intersect(failing.Causes.Select(cause => cause.Code), StringComparer.Ordinal).Any();

    private static IEnumerable<Case> Candidates(Specimen specimen, Case @case)
    {
        foreach (var letter in specimen.Letters)
            for (var size = Math.Max(1, specimen.Sizes.GetValueOrDefault(letter)?.Least ?? 1); size < @case.Sizes[letter]; size++)
                yield return @case with { Sizes = new Dictionary<string, long>(@case.Sizes, StringComparer.Ordinal) { [letter] = size } };
        if (@case.Layout != Layout.Dense) yield return @case with { Layout = Layout.Dense };
        if (@case.Values != Values.Short)
        {
            yield return @case with { Values = Values.Short };
            for (var turn = 1; turn <= 3; turn++) yield return @case with { Values = Values.Short, Seed = unchecked(@case.Seed + turn) };
        }
    }
}
