namespace Backprop.Diagnosis;

/// <summary>How a gradient of someone's own is checked.</summary>
public sealed record CheckOptions
{
    /// <summary>Random cases for the verdict, at least 1; the edge cases (size 1, equal sizes, empty) come on top.</summary>
    public int Cases { get; init; } = 20;

    /// <summary>Everything random comes from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Of the inputs: float64 or float32.</summary>
    public torch.ScalarType Dtype { get; init; } = torch.ScalarType.Float64;

    /// <summary>Where the passes run: "cpu", "cuda" or "cuda:N".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Relative error allowed against autograd, on the scale of the whole gradient as well as of the entry; null for that of the dtype (<see cref="Verify.Tolerance"/>).</summary>
    public double? Tolerance { get; init; }

    /// <summary>Whether points at kinks and ties are drawn on purpose.</summary>
    public bool Kinks { get; init; } = true;

    /// <summary>How long one call of Forward or Backward may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Exactly one case, in the form of <see cref="Verify.Case.Text"/>; the seed is then the case's own. Null for random cases.</summary>
    public string? Case { get; init; }

    /// <summary>Whether the cause of what is wrong is looked for, and the smallest case that shows it; without, only the verdict and what is certain.</summary>
    public bool Explain { get; init; } = true;

    /// <summary>These options with some of them changed, for languages without with-expressions over C# records.</summary>
    public CheckOptions With(int? cases = null, int? seed = null, torch.ScalarType? dtype = null, string? device = null, double? tolerance = null, bool? kinks = null, TimeSpan? timeLimit = null, bool? explain = null) => this with
    {
        Cases = cases ?? Cases,
        Seed = seed ?? Seed,
        Dtype = dtype ?? Dtype,
        Device = device ?? Device,
        Tolerance = tolerance ?? Tolerance,
        Kinks = kinks ?? Kinks,
        TimeLimit = timeLimit ?? TimeLimit,
        Explain = explain ?? Explain,
    };
}
