namespace Backprop.Verify;

/// <summary>What is asked of a hand-written rule, one after the other.</summary>
public enum Criterion
{
    /// <summary>Nothing throws.</summary>
    Runs,

    /// <summary>The forward pass equals libtorch's own operator.</summary>
    Forward,

    /// <summary>One gradient for each differentiable input.</summary>
    Count,

    /// <summary>Each gradient has its input's shape.</summary>
    Shape,

    /// <summary>Each gradient has its input's dtype.</summary>
    Dtype,

    /// <summary>Each gradient is on its input's device.</summary>
    Device,

    /// <summary>Every entry equals autograd's.</summary>
    Autograd,

    /// <summary>Every entry, or a sample of many, equals a finite difference.</summary>
    Difference,

    /// <summary>Backward is linear in dy, and 0 for dy = 0.</summary>
    Linear,

    /// <summary>A second call gives the same bits, also after other inputs.</summary>
    Repeatable,

    /// <summary>Inputs and cotangent are as they were.</summary>
    Untouched,
}

/// <summary>One entry of a gradient as the three witnesses have it.</summary>
/// <param name="Input">The input that the gradient belongs to.</param>
/// <param name="Index">The place of the entry.</param>
/// <param name="Hand">What the hand-written backward pass gives.</param>
/// <param name="Autograd">What libtorch's autograd gives.</param>
/// <param name="Difference">What a finite difference gives; null when this entry was not in the sample, or lies at a kink.</param>
/// <param name="RelativeToAutograd">Relative error of the hand against autograd.</param>
/// <param name="RelativeToDifference">Relative error of the hand against the difference.</param>
public sealed record Element(string Input, IReadOnlyList<long> Index, double Hand, double Autograd, double? Difference, double RelativeToAutograd, double? RelativeToDifference);

/// <summary>What was found wrong.</summary>
/// <param name="Criterion">Which of the criteria failed first.</param>
/// <param name="Text">What happened, in words and numbers.</param>
/// <param name="Element">The worst entry, where entries were compared.</param>
public sealed record Flaw(Criterion Criterion, string Text, Element? Element);

/// <summary>What one case showed.</summary>
/// <param name="Case">The case.</param>
/// <param name="Flaw">What was wrong; null when nothing was.</param>
/// <param name="Worst">The entry that came nearest to its tolerance or furthest beyond; null when there was no entry.</param>
/// <param name="WorstToAutograd">The greatest relative error against autograd.</param>
/// <param name="WorstToDifference">The greatest relative error against finite differences.</param>
/// <param name="Entries">Entries compared with autograd.</param>
/// <param name="Differences">Of these, compared with a finite difference.</param>
/// <param name="Kinks">Of these, at a kink, where one-sided slopes differ and autograd's convention decides.</param>
public sealed record Examination(Case Case, Flaw? Flaw, Element? Worst, double WorstToAutograd, double WorstToDifference, long Entries, long Differences, long Kinks);

/// <summary>The smallest case found that still shows the disagreement.</summary>
/// <param name="Flaw">What is wrong there.</param>
/// <param name="Smallest">The smallest case.</param>
/// <param name="First">The case in which it was first seen.</param>
/// <param name="Inputs">The inputs of the smallest case, as text.</param>
public sealed record Disagreement(Flaw Flaw, Case Smallest, Case First, IReadOnlyList<string> Inputs);

/// <summary>The verdict on a rule: tests and command line print this same record.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Device">Where it ran.</param>
/// <param name="Dtype">In which dtype.</param>
/// <param name="Seed">The seed that all cases came from.</param>
/// <param name="Cases">How many cases were examined.</param>
/// <param name="Disagreement">What went wrong; null when all agree.</param>
/// <param name="Worst">The entry nearest to or furthest beyond its tolerance.</param>
/// <param name="WorstToAutograd">The greatest relative error against autograd.</param>
/// <param name="WorstToDifference">The greatest relative error against finite differences.</param>
/// <param name="Entries">Entries compared with autograd.</param>
/// <param name="Differences">Of these, compared with a finite difference.</param>
/// <param name="Kinks">Of these, at a kink.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record Agreement(string Rule, string Device, string Dtype, int Seed, int Cases, Disagreement? Disagreement, Element? Worst,
    double WorstToAutograd, double WorstToDifference, long Entries, long Differences, long Kinks, double Seconds)
{
    /// <summary>Whether all witnesses agree in all cases, of which there was at least one.</summary>
    public bool Agrees => Disagreement is null && Cases > 0;
}
