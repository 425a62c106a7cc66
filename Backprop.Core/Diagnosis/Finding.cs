namespace Backprop.Diagnosis;

/// <summary>How plausible a kind of explanation is: among those that fit, the lowest is told first.</summary>
internal static class Plausibility
{
    /// <summary>Seen by a probe that can mean nothing else: shapes, counts, state, mutation, a cotangent that is ignored.</summary>
    internal const int Certain = 0;

    /// <summary>Equal to a wrong version of the corpus at every sample.</summary>
    internal const int Known = 10;

    /// <summary>A simple relation to the true gradient that holds exactly: sign, scale, transpose, zero, another input's gradient.</summary>
    internal const int Simple = 20;

    /// <summary>Equal to the right formula with one thing changed.</summary>
    internal const int Mutation = 30;

    /// <summary>An exact relation found by search: a term or a factor from a dictionary.</summary>
    internal const int Search = 40;

    /// <summary>A pattern that fits but for a few entries, or more than one change at once.</summary>
    internal const int Pattern = 60;

    /// <summary>The nearest of what does not fit.</summary>
    internal const int Nearest = 90;
}

/// <summary>One explanation of what is wrong with one gradient.</summary>
/// <param name="Code">One of <see cref="Verify.CauseCode"/>.</param>
/// <param name="Rank">A <see cref="Plausibility"/>, plus a few for what is more complicated of its kind.</param>
/// <param name="Residual">How far it is from an exact fit, relative; 0 for exact.</param>
/// <param name="Text">One sentence: what the gradient does. It names the gradient.</param>
/// <param name="Evidence">The numbers that show it.</param>
/// <param name="Repair">One line.</param>
/// <param name="Question">Leads to the cause without naming it; null for the code's own question.</param>
internal sealed record Finding(string Code, int Rank, double Residual, string Text, string Evidence, string Repair, string? Question = null)
{
    /// <summary>The id of the known wrong version that it equals, if any.</summary>
    internal string? Known { get; init; }

    /// <summary>The places of the gradients that it explains; null for the one that was looked at.</summary>
    internal IReadOnlyList<int>? Places { get; init; }
}

/// <summary>Looks at one gradient and says what may be wrong with it.</summary>
internal interface IDetector
{
    /// <summary>The explanations that fit gradient <paramref name="g"/>, in any order; none when none fits.</summary>
    IEnumerable<Finding> Look(Evidence evidence, int g);
}
