using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What the checker said of a wrong version of the corpus.</summary>
/// <param name="Bug">The wrong version.</param>
/// <param name="Report">Of the checker, to which it was a stranger's.</param>
public sealed record BugVerdict(Bug Bug, CheckReport Report)
{
    /// <summary>Whether it came to what it should: wrong, or for some a kink.</summary>
    public bool Caught => string.Equals(Report.Verdict.ToString(), Bug.Verdict, StringComparison.OrdinalIgnoreCase);

    /// <summary>The codes of the causes, likeliest first.</summary>
    public IReadOnlyList<string> Codes => [.. Report.Causes.Select(cause => cause.Code)];

    /// <summary>Whether the expected cause is the first one. Of what is right by convention no cause is expected.</summary>
    public bool NamedFirst => Named(1);

    /// <summary>Whether the expected cause is among the first two.</summary>
    public bool NamedInTwo => Named(2);

    private bool Named(int among) => Caught && (Report.Verdict != Verdict.Wrong || Codes.Take(among).Contains(Bug.Cause, StringComparer.Ordinal));
}

/// <summary>One gradient of a wrong version beside the true one.</summary>
/// <param name="Gradient">E.g. "dw".</param>
/// <param name="Hand">The wrong one, as text; what happened where there is none.</param>
/// <param name="Truth">The true one, as text.</param>
public sealed record GradientPair(string Gradient, string Hand, string Truth);

/// <summary>The checker before the corpus: its benchmark.</summary>
public static class BugTrial
{
    /// <summary>Checks a wrong version as if a stranger had brought it.</summary>
    /// <param name="bug">The wrong version.</param>
    /// <param name="options">As for any check.</param>
    /// <param name="unseen">Whether it is withheld from the known wrong versions meanwhile: how the checker does on what it has not seen.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    public static BugVerdict Judge(Bug bug, CheckOptions? options = null, bool unseen = false, CancellationToken cancellation = default) =>
        new(bug, Checker.Check(Specimen.Of(bug) with { Withheld = unseen ? bug?.Id : null }, options, cancellation));

    /// <summary>Its gradients beside the true ones in the smallest case that shows it; none when the checker found no such case.</summary>
    public static IReadOnlyList<GradientPair> Beside(BugVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Report.Smallest is not { } smallest) return [];
        using var scope = torch.NewDisposeScope();
        var (bug, operation) = (verdict.Bug, verdict.Bug.Operation);
        var inputs = bug.Inputs ?? operation.Inputs;
        var x = Draw.Inputs(inputs, smallest.Case, torch.float64, torch.CPU);
        var dy = Draw.Cotangent(smallest.Case, operation.Forward(x).shape, torch.float64, torch.CPU, 0);
        var truth = Autograd.Gradients(operation.Forward, x, [.. inputs.Select(input => input.Differentiable)], dy);
        var hand = Hand(bug, dy, x);
        return [.. inputs.Where(input => input.Differentiable).Select((input, g) => new GradientPair("d" + input.Name, hand(g), Literal.Of(truth[g], "G6")))];
    }

    /// <summary>The wrong gradients as texts, by place.</summary>
    private static Func<int, string> Hand(Bug bug, Tensor dy, IReadOnlyList<Tensor> x)
    {
        try
        {
            var hand = bug.Create()(dy, x);
            return g => g < hand.Count ? Literal.Of(hand[g], "G6") : "is not returned";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var why = exception.Message.Split('\n')[0];
            return _ => $"throws: {why}";
        }
    }
}
