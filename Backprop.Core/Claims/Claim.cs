namespace Backprop.Claims;

/// <summary>What sort of sentence a claim is.</summary>
public enum ClaimKind
{
    /// <summary>Two expressions are said to be equal.</summary>
    Identity,

    /// <summary>An expression is said to be a derivative.</summary>
    Gradient,

    /// <summary>Shapes are said to fit, or to come out as stated.</summary>
    Shape,

    /// <summary>A number of parameters or of other things.</summary>
    Count,

    /// <summary>A quantity is said to lie within limits.</summary>
    Bound,

    /// <summary>A worked number.</summary>
    GoldenNumber,

    /// <summary>A procedure is said to achieve something.</summary>
    Algorithm,

    /// <summary>A property without a formula: monotone, sparse, cannot separate.</summary>
    Qualitative,
}

/// <summary>Who made the slip.</summary>
public enum Culprit
{
    /// <summary>The author of the notes.</summary>
    Author,

    /// <summary>The reading of the handwriting.</summary>
    Ocr,
}

/// <summary>What a false claim does to the code of someone who believes it; the worst first.</summary>
public enum Harm
{
    /// <summary>It runs, and gives wrong numbers.</summary>
    Silent,

    /// <summary>It runs as long as some sizes happen to be equal.</summary>
    SilentAtEqualSizes,

    /// <summary>It stops with an error.</summary>
    Loud,

    /// <summary>It misleads a reader, not a program.</summary>
    Reader,
}

/// <summary>What the ledger found.</summary>
public enum Verdict
{
    /// <summary>No counterexample in all sampled cases.</summary>
    Holds,

    /// <summary>There is a counterexample.</summary>
    Refuted,

    /// <summary>There is a counterexample, but none under a condition that the notes leave out.</summary>
    HoldsIf,

    /// <summary>A definition or a remark: nothing to sample.</summary>
    NotCheckable,
}

/// <summary>A statement in words, and as something that can be sampled.</summary>
/// <param name="Text">The statement or condition.</param>
/// <param name="Test">Draws its inputs from the trial, and compares the two sides.</param>
public sealed record Formal(string Text, Func<Trial, Comparison> Test);

/// <summary>One checkable sentence of the notes, as the notes make it.</summary>
/// <param name="Id">The notes file and a running number, e.g. "002.001".</param>
/// <param name="From">The first line in that file.</param>
/// <param name="To">The last line.</param>
/// <param name="Kind">What sort of sentence it is.</param>
/// <param name="Statement">As the notes make it; OCR noise is normalised, the mathematics is not touched.</param>
/// <param name="Test">The two sides over generated inputs; null for what cannot be sampled.</param>
public sealed record Claim(string Id, int From, int To, ClaimKind Kind, string Statement, Func<Trial, Comparison>? Test)
{
    /// <summary>The notes file: 000 to 004.</summary>
    public string File => Id[..3];

    /// <summary>A condition that the notes leave out, and the claim under it.</summary>
    public Formal? Condition { get; init; }

    /// <summary>The statement as it is right.</summary>
    public Formal? Correction { get; init; }

    /// <summary>Who erred, where the claim does not hold as it stands.</summary>
    public Culprit? Cause { get; init; }

    /// <summary>Why we think so, or what is to be kept in mind; one sentence.</summary>
    public string? Why { get; init; }

    /// <summary>What believing it does, where it does not hold as it stands.</summary>
    public Harm? Harm { get; init; }

    /// <summary>The rules and models that it is about, as `backprop list` names them.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
