using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What every cause of a code has in common.</summary>
/// <param name="Code">One of <see cref="CauseCode"/>.</param>
/// <param name="Summary">What the gradient does, for lists and help.</param>
/// <param name="Question">Leads to the cause without naming it.</param>
public sealed record CauseKind(string Code, string Summary, string Question);

/// <summary>The table of causes.</summary>
public static class Causes
{
    /// <summary>Every code, in the order of the documentation.</summary>
    public static IReadOnlyList<CauseKind> All { get; } =
    [
        new(CauseCode.Shape, "has another shape than its input", "Which shape does the input have, and which the gradient?"),
        new(CauseCode.Count, "is missing, or there are too many", "How many inputs need a gradient, and how many does Backward return?"),
        new(CauseCode.Dtype, "has another dtype or device than its input", "Of which dtype is each tensor that Backward makes, and of which is the input?"),
        new(CauseCode.Nonfinite, "is NaN or infinite where the true one is finite", "Where in Backward can a 0 be divided by, or its logarithm or root be taken?"),
        new(CauseCode.Throws, "could not be computed: Backward throws", "Which operation of Backward throws, and which shapes does it get there?"),
        new(CauseCode.NotReduced, "was left un-summed over a broadcast dimension", "Over which dimension did the forward pass repeat this input?"),
        new(CauseCode.Axis, "was summed or averaged over the wrong dimension", "Over which dimension does Backward sum, and over which did the forward pass?"),
        new(CauseCode.Sign, "is minus the true one", "In which direction does the result go when this input grows, and what does the gradient say?"),
        new(CauseCode.Scale, "is a constant times the true one", "The ratio to the true gradient is the same everywhere: what constant of your problem does it equal?"),
        new(CauseCode.Transpose, "is the transpose of the true one", "Which index of this gradient belongs to the rows of its input, and which to the columns?"),
        new(CauseCode.Flipped, "is mirrored along a dimension", "In which order do the entries along each dimension come out, and in which should they?"),
        new(CauseCode.Shifted, "is off by some rows or columns", "To which position does the first row of the gradient belong?"),
        new(CauseCode.Swapped, "was given for another input", "In which order does Backward return its gradients?"),
        new(CauseCode.Zero, "was never computed", "Is there any path from the result back to this input in your Backward?"),
        new(CauseCode.Constant, "has one value everywhere", "Why should every entry of this gradient be the same?"),
        new(CauseCode.CotangentIgnored, "does not depend on dy", "What happens to this gradient when dy doubles?"),
        new(CauseCode.NotLinear, "is not linear in dy", "What is this gradient when dy is 0?"),
        new(CauseCode.Stateful, "differs on the second call with the same input", "What does Backward remember from one call to the next?"),
        new(CauseCode.StaleCache, "is that of an earlier input", "Whose forward pass do the saved values come from?"),
        new(CauseCode.InputMutated, "changed an input or dy on the way", "Are your inputs the same after the call as before?"),
        new(CauseCode.Duplicates, "overwrites or averages where repeats must accumulate", "What if the same index, window or path occurs twice?"),
        new(CauseCode.Mask, "uses a mask that is missing, inverted, resampled or of another tensor", "For which entries may the gradient pass, and what decides that?"),
        new(CauseCode.MissingTerm, "lacks a term", "Through how many paths does this input reach the result?"),
        new(CauseCode.ExtraTerm, "has a term too much", "Which term of the gradient has no counterpart in the forward pass?"),
        new(CauseCode.MissingFactor, "lacks a factor", "Which derivative along the chain has not been multiplied in?"),
        new(CauseCode.ExtraFactor, "has a factor too much", "Has a derivative been multiplied in twice, or one that is not in the chain?"),
        new(CauseCode.WrongArgument, "is the right formula fed with the wrong tensor", "At which value is the derivative to be taken: before or after the function?"),
        new(CauseCode.DiagonalOnly, "takes a Jacobian as its diagonal", "Does each output depend on one input alone?"),
        new(CauseCode.Coupling, "mixes rows that are independent, or keeps apart those that are not", "Does one row of the result depend on another row of the input?"),
        new(CauseCode.Approximate, "is right to two or more digits but not to rounding", "Is the derivative exact, or that of an approximation?"),
        new(CauseCode.Randomness, "is that of a random function", "Does the forward pass give the same result twice?"),
        new(CauseCode.GraphCut, "follows a path that autograd does not see", "Which step of the forward pass leaves the graph?"),
        new(CauseCode.Precision, "cannot be decided in this dtype", "How many digits are left after the subtraction?"),
        new(CauseCode.Known, "equals a known wrong version", "Does your backward pass look like one that others have got wrong?"),
        new(CauseCode.Unknown, "is wrong in a way that has no name here", "Take one entry: which terms should it have, and which does it have?"),
    ];

    /// <summary>The entry of <paramref name="code"/>, or null.</summary>
    public static CauseKind? Find(string code) => All.FirstOrDefault(one => string.Equals(one.Code, code, StringComparison.Ordinal));

    /// <summary>A cause with its code's own question.</summary>
    internal static Cause Of(string code, string gradient, string text, string evidence, string repair, string? question = null) =>
        new(code, gradient, text, evidence, repair, question ?? Find(code)?.Question ?? "");
}
