namespace Backprop.Claims;

/// <summary>A case in which the two sides part.</summary>
/// <param name="Sizes">Whether all sizes differed or were equal.</param>
/// <param name="Inputs">What was drawn, a line each.</param>
/// <param name="Left">The side that the notes state.</param>
/// <param name="Right">What it is compared with.</param>
/// <param name="Note">What the right side is, or what went wrong.</param>
public sealed record Counterexample(Sizes Sizes, IReadOnlyList<string> Inputs, string Left, string Right, string Note)
{
    /// <summary>Whether the two sides composed, and to one shape, so that only the numbers are wrong.</summary>
    public bool ShapesFit { get; init; } = true;
}

/// <summary>What sampling a formal statement showed.</summary>
/// <param name="Cases">How many cases were sampled.</param>
/// <param name="Counterexample">The smallest that was found; null when none was.</param>
/// <param name="SurvivesEqualSizes">Whether it failed at different sizes but in no case where all sizes are equal.</param>
public sealed record Sampling(int Cases, Counterexample? Counterexample, bool SurvivesEqualSizes)
{
    /// <summary>The two sides in the first case: of a worked number, what the notes print and what comes out; null when nothing came out.</summary>
    public Comparison? First { get; init; }

    /// <summary>Whether the shapes did not fit at different sizes, but do where all sizes are equal: what passes every check of shapes there, and gives wrong numbers.</summary>
    public bool FitsAtEqualSizes { get; init; }
}

/// <summary>A claim with the verdict that was found.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Verdict">What was found.</param>
/// <param name="AsStated">How the statement of the notes fared; null when it cannot be sampled.</param>
/// <param name="UnderCondition">How it fared under the condition that the notes leave out.</param>
/// <param name="Corrected">How the corrected statement fared.</param>
public sealed record Judgement(Claim Claim, Verdict Verdict, Sampling? AsStated, Sampling? UnderCondition, Sampling? Corrected);

/// <summary>Finds verdicts by sampling; none is typed in.</summary>
public static partial class Ledger
{
    /// <summary>Cases sampled for each statement: two thirds with all sizes different, the rest with equal sizes.</summary>
    public const int DefaultCases = 36;

    /// <summary>Fewer cases than this may miss a counterexample.</summary>
    public const int LeastCases = 12;

    /// <summary>All claims, by file and number.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. Notes000.Claims, .. Notes001.Claims, .. Notes002.Claims, .. Notes003.Claims, .. Notes004.Claims];

    /// <summary>Judges one claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="cases">Cases for each statement, at least 12: fewer miss what is rarely false.</param>
    /// <param name="seed">Everything random comes from it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 12 cases.</exception>
    public static Judgement Judge(Claim claim, int cases = DefaultCases, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, LeastCases);
        if (claim.Test is not { } test) return new(claim, Verdict.NotCheckable, null, null, null);
        var stated = Sample(test);
        var condition = claim.Condition is { } one ? Sample(one.Test) : null;
        var correction = claim.Correction is { } other ? Sample(other.Test) : null;
        var verdict = stated.Counterexample is null ? Verdict.Holds : condition is { Counterexample: null } ? Verdict.HoldsIf : Verdict.Refuted;
        return new(claim, verdict, stated, condition, correction);

        Sampling Sample(Func<Trial, Comparison> statement) => Ledger.Sample(statement, cases, seed);
    }

    private static Sampling Sample(Func<Trial, Comparison> test, int cases, int seed)
    {
        var distinct = cases - cases / 3;
        var done = 0;
        Counterexample? apart = null, together = null;
        Comparison? first = null;
        var hasSizes = false;
        for (var number = 0; number < distinct && apart is null; number++, done++) apart = Try(test, seed, Sizes.Distinct, number, ref hasSizes, ref first);
        if (!hasSizes)
        {
            // Without sizes there is no second way to draw them.
            for (var number = distinct; number < cases && apart is null; number++, done++) apart = Try(test, seed, Sizes.Distinct, number, ref hasSizes, ref first);
            return new(done, apart, false) { First = first };
        }
        for (var number = 0; number < cases / 3 && together is null; number++, done++) together = Try(test, seed, Sizes.Equal, number, ref hasSizes, ref first);
        return new(done, apart ?? together, apart is not null && together is null) { First = first, FitsAtEqualSizes = apart is { ShapesFit: false } && together is { ShapesFit: true } };
    }

    private static Counterexample? Try(Func<Trial, Comparison> test, int seed, Sizes sizes, int number, ref bool hasSizes, ref Comparison? first)
    {
        using var scope = torch.NewDisposeScope();
        var trial = new Trial(unchecked(seed * 397 + number), sizes, number);
        Counterexample? found = null;
        try
        {
            var comparison = test(trial);
            first ??= comparison;
            if (!comparison.Agrees) found = new(sizes, trial.Inputs, comparison.Left, comparison.Right, comparison.Note) { ShapesFit = comparison.SameShape };
        }
        catch (Exception misfit) when (misfit is System.Runtime.InteropServices.ExternalException or ArgumentException)
        {
            // libtorch's own words differ from version to version; the shapes of the inputs say it all.
            var words = misfit is ArgumentException ? misfit.Message.Split(" (Parameter '")[0] : "the shapes do not fit";
            found = new(sizes, trial.Inputs, "does not compose", "", words) { ShapesFit = false };
        }
        hasSizes |= trial.Letters.Count > 1;
        return found;
    }
}
