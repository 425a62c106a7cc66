namespace Backprop.Verify;

/// <summary>What <see cref="GradCheck"/> allows: PyTorch's options, with PyTorch's defaults.</summary>
public sealed record GradCheckOptions
{
    /// <summary>How far each entry is moved, to either side.</summary>
    public double Step { get; init; } = 1e-6;

    /// <summary>Allowed whatever the size of the difference.</summary>
    public double Absolute { get; init; } = 1e-5;

    /// <summary>Allowed as a share of the difference.</summary>
    public double Relative { get; init; } = 1e-3;

    /// <summary>How much two backward passes for the same cotangent may differ.</summary>
    public double Nondeterminism { get; init; }

    /// <summary>Whether a gradient of another dtype than its input is an error.</summary>
    public bool Dtypes { get; init; }

    /// <summary>One random projection of each Jacobian instead of all its entries.</summary>
    public bool Fast { get; init; }

    /// <summary>Random projections and cotangents come from it.</summary>
    public int Seed { get; init; } = 1;
}
