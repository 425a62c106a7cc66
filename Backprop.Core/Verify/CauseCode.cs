namespace Backprop.Verify;

/// <summary>The stable codes of what can be wrong with a gradient; each has a section in docs/causes.md.</summary>
public static class CauseCode
{
    /// <summary>Another shape than its input.</summary>
    public const string Shape = "shape";

    /// <summary>Too few or too many gradients.</summary>
    public const string Count = "count";

    /// <summary>Another dtype than its input.</summary>
    public const string Dtype = "dtype";

    /// <summary>NaN or infinity where the true gradient is finite.</summary>
    public const string Nonfinite = "nonfinite";

    /// <summary>Backward throws.</summary>
    public const string Throws = "throws";

    /// <summary>Left un-summed over a broadcast dimension.</summary>
    public const string NotReduced = "not-reduced";

    /// <summary>Summed or averaged over the wrong dimension.</summary>
    public const string Axis = "axis";

    /// <summary>Minus the true gradient.</summary>
    public const string Sign = "sign";

    /// <summary>A constant times the true gradient.</summary>
    public const string Scale = "scale";

    /// <summary>The transpose of the true gradient.</summary>
    public const string Transpose = "transpose";

    /// <summary>Mirrored along a dimension.</summary>
    public const string Flipped = "flipped";

    /// <summary>Off by some rows or columns.</summary>
    public const string Shifted = "shifted";

    /// <summary>Given for another input.</summary>
    public const string Swapped = "swapped";

    /// <summary>Never computed.</summary>
    public const string Zero = "zero";

    /// <summary>One value everywhere.</summary>
    public const string Constant = "constant";

    /// <summary>Does not depend on dy.</summary>
    public const string CotangentIgnored = "cotangent-ignored";

    /// <summary>Not linear in dy.</summary>
    public const string NotLinear = "not-linear";

    /// <summary>Differs on the second call with the same input.</summary>
    public const string Stateful = "stateful";

    /// <summary>That of an earlier input.</summary>
    public const string StaleCache = "stale-cache";

    /// <summary>Changed an input or dy on the way.</summary>
    public const string InputMutated = "input-mutated";

    /// <summary>Overwrites or averages where repeated indices, windows or paths must accumulate.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>A mask or gate that is missing, inverted, resampled, or of another tensor.</summary>
    public const string Mask = "mask";

    /// <summary>Lacks a term.</summary>
    public const string MissingTerm = "missing-term";

    /// <summary>Has a term too much.</summary>
    public const string ExtraTerm = "extra-term";

    /// <summary>Lacks a factor.</summary>
    public const string MissingFactor = "missing-factor";

    /// <summary>Has a factor too much.</summary>
    public const string ExtraFactor = "extra-factor";

    /// <summary>The right formula fed with the wrong tensor.</summary>
    public const string WrongArgument = "wrong-argument";

    /// <summary>Takes a Jacobian as its diagonal.</summary>
    public const string DiagonalOnly = "diagonal-only";

    /// <summary>Mixes rows, heads or steps that are independent, or keeps apart those that are not.</summary>
    public const string Coupling = "coupling";

    /// <summary>Right to two or more digits but not to rounding.</summary>
    public const string Approximate = "approximate";

    /// <summary>The function is random.</summary>
    public const string Randomness = "randomness";

    /// <summary>Autograd does not see a path of the forward pass.</summary>
    public const string GraphCut = "graph-cut";

    /// <summary>The dtype or the step cannot decide.</summary>
    public const string Precision = "precision";

    /// <summary>Equals a known wrong version.</summary>
    public const string Known = "known";

    /// <summary>None of these.</summary>
    public const string Unknown = "unknown";
}
