namespace Backprop.Facade;

/// <summary>Marks a type with static methods Forward and Backward (a static class, an F# module) for `backprop check`.</summary>
/// <remarks>
/// Backward takes a cotangent for each output of Forward and then Forward's parameters, or a cotangent and what Forward saved; it gives one gradient for each
/// differentiable parameter, in order: a tensor, an array or list, a tuple, or a record of them. A record whose names are all those of the parameters (dx or
/// DX for x) goes by these names instead, because F# sorts the fields of an anonymous record.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class HandGradientAttribute : Attribute
{
    /// <summary>An operation of `backprop list` that it means to be, so that its known wrong versions are tried too; null for none.</summary>
    public string? Operation { get; set; }
}

/// <summary>Bounds the size that a letter stands for; it stands on the class, one for each letter.</summary>
/// <param name="letter">As the shapes of the parameters have it.</param>
/// <param name="least">At least 0.</param>
/// <param name="greatest">No less than <paramref name="least"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class SizeAttribute(string letter, int least, int greatest) : Attribute
{
    /// <summary>As the shapes of the parameters have it.</summary>
    public string Letter { get; } = letter;

    /// <summary>The least size that is drawn.</summary>
    public int Least { get; } = least;

    /// <summary>The greatest size that is drawn.</summary>
    public int Greatest { get; } = greatest;
}

/// <summary>Makes a tensor parameter of Forward a constant: Backward gives no gradient for it. It stands beside the attribute with the shape.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class NoGradientAttribute : Attribute;
