namespace Backprop.Facade;

/// <summary>How good or bad a finding is.</summary>
public enum Health
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, though not as well as it could.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,
}

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Value">What was found, or the reason why it is missing.</param>
/// <param name="How">How it was found.</param>
/// <param name="Health">How good that is.</param>
/// <param name="Advice">What to do about it; empty when nothing is to be done.</param>
public sealed record Finding(string Name, string Value, string How, Health Health = Health.Ok, string Advice = "");

/// <summary>All that the doctor found.</summary>
/// <param name="Findings">In the order in which they build on each other.</param>
public sealed record DoctorReport(IReadOnlyList<Finding> Findings)
{
    /// <summary>True when nothing is a problem; warnings do not count.</summary>
    public bool IsWell => Findings.All(f => f.Health != Health.Problem);
}
