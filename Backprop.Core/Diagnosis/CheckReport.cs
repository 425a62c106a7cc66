using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What a check comes to; never a Boolean.</summary>
public enum Verdict
{
    /// <summary>All witnesses agree.</summary>
    Right,

    /// <summary>At a kink or tie, where the hand's value lies between the one-sided differences: right by convention.</summary>
    Kink,

    /// <summary>The true gradient is zero, or so small that tolerance decides: the check proves nothing.</summary>
    Vacuous,

    /// <summary>Rounding decides.</summary>
    Inconclusive,

    /// <summary>Wrong, with a cause.</summary>
    Wrong,

    /// <summary>The check could not be made.</summary>
    Error,
}

/// <summary>Why a gradient is wrong, or cannot be judged.</summary>
/// <param name="Code">Stable: one of <see cref="CauseCode"/>.</param>
/// <param name="Gradient">Which gradients, e.g. "dw" or "dx, dw"; empty when it concerns the passes as a whole.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Evidence">The numbers that show it.</param>
/// <param name="Repair">One line: what to change.</param>
/// <param name="Question">A question that leads to the cause without naming it.</param>
public sealed record Cause(string Code, string Gradient, string Text, string Evidence, string Repair, string Question);

/// <summary>The verdict on one gradient.</summary>
/// <param name="Gradient">E.g. "dw".</param>
/// <param name="Verdict">Of this gradient alone.</param>
/// <param name="WorstToAutograd">The greatest relative error against autograd.</param>
/// <param name="WorstToDifference">The greatest relative error against differences.</param>
/// <param name="Entries">Entries compared with autograd.</param>
/// <param name="Differences">Of these, compared with a difference of their own.</param>
/// <param name="Kinks">Of these, at a kink.</param>
public sealed record GradientVerdict(string Gradient, Verdict Verdict, double WorstToAutograd, double WorstToDifference, long Entries, long Differences, long Kinks);

/// <summary>What an edge case (a size of 1, equal sizes, an empty batch) showed.</summary>
/// <param name="What">E.g. "N = 1".</param>
/// <param name="Verdict">There.</param>
/// <param name="Text">One sentence where it is not right; else empty.</param>
public sealed record EdgeVerdict(string What, Verdict Verdict, string Text);

/// <summary>The smallest inputs that still show it.</summary>
/// <param name="Case">Sizes, values and layout, with its own seed.</param>
/// <param name="Inputs">Each input as text, e.g. "x = [[1, 2]]".</param>
/// <param name="Worst">The entry that shows it best; null where entries were not compared.</param>
/// <param name="CSharp">Code to paste into C#.</param>
/// <param name="FSharp">Code to paste into F#.</param>
public sealed record SmallestCase(Case Case, IReadOnlyList<string> Inputs, Element? Worst, string CSharp, string FSharp);

/// <summary>The verdict on a gradient of someone's own: library, tests and command line print this same record.</summary>
public sealed record CheckReport
{
    /// <summary>The specimen's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it comes to: the worst of what was seen.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, likeliest first; empty when right.</summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>Beside the verdict, e.g. that autograd does not see a path.</summary>
    public IReadOnlyList<Cause> Warnings { get; init; } = [];

    /// <summary>One verdict for each gradient.</summary>
    public IReadOnlyList<GradientVerdict> Gradients { get; init; } = [];

    /// <summary>The edge cases, apart.</summary>
    public IReadOnlyList<EdgeVerdict> Edges { get; init; } = [];

    /// <summary>On <see cref="Verdict.Wrong"/>, the smallest inputs that show it.</summary>
    public SmallestCase? Smallest { get; init; }

    /// <summary>How it was compared, where that was not entry by entry, e.g. "by 4 directions and 256 sampled entries"; else null.</summary>
    public string? Method { get; init; }

    /// <summary>The seed that everything came from.</summary>
    public int Seed { get; init; }

    /// <summary>Random cases examined.</summary>
    public int Cases { get; init; }

    /// <summary>In which dtype.</summary>
    public string Dtype { get; init; } = "float64";

    /// <summary>Where.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The options and arguments that replay the smallest case, to be put after the name, e.g. "--seed 7 --case N=2,values=short,layout=dense"; empty when there is none.</summary>
    public string Replay { get; init; } = "";

    /// <summary>Where Backward is written, if that is known.</summary>
    public SourcePlace? Source { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>A report for what could not be checked.</summary>
    /// <param name="name">The specimen's name.</param>
    /// <param name="why">One sentence that names the class and the parameter.</param>
    public static CheckReport Failed(string name, string why) =>
        new() { Name = name, Verdict = Verdict.Error, Causes = [new("error", "", why, "", "", why)] };

    /// <summary>Throws when the gradient is wrong or could not be checked; the message is the report.</summary>
    /// <exception cref="WrongGradientException">It is.</exception>
    public CheckReport ThrowIfWrong() => Verdict is Verdict.Wrong or Verdict.Error ? throw new WrongGradientException(this) : this;

    /// <summary>The report as a person reads it.</summary>
    public override string ToString() => ReportText.Of(this);
}
