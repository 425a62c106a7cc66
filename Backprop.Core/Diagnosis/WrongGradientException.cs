namespace Backprop.Diagnosis;

/// <summary>A hand-written gradient is wrong, or could not be checked; the message is the whole report.</summary>
public sealed class WrongGradientException : Exception
{
    /// <summary>With the report as its message.</summary>
    public WrongGradientException(CheckReport report) : base(report?.ToString()) => Report = report ?? throw new ArgumentNullException(nameof(report));

    /// <summary>What was found.</summary>
    public CheckReport Report { get; }
}
