namespace Backprop.Facade;

/// <summary>What a tensor parameter of Forward is: its sizes, and by the kind of attribute, how its numbers are drawn.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class SizedAttribute : Attribute
{
    private protected SizedAttribute(object[]? sizes) => Sizes = sizes ?? [];

    /// <summary>Letters ("N"), numbers (3) or products ("4*H"), as they were written.</summary>
    public IReadOnlyList<object> Sizes { get; }
}

/// <summary>Real numbers of this shape; with another attribute beside it, only the shape. No size at all is a 0-dimensional tensor.</summary>
/// <param name="sizes">Letters, numbers or products such as "4*H", one for each dimension.</param>
public sealed class ShapeAttribute(params object[] sizes) : SizedAttribute(sizes);

/// <summary>Probabilities along the last dimension, none of them near 0.</summary>
/// <param name="sizes">As for <see cref="ShapeAttribute"/>; none when [Shape] stands beside it.</param>
public sealed class ProbabilitiesAttribute(params object[] sizes) : SizedAttribute(sizes);

/// <summary>Rows along the last dimension with a single 1.</summary>
/// <param name="sizes">As for <see cref="ShapeAttribute"/>; none when [Shape] stands beside it.</param>
public sealed class OneHotAttribute(params object[] sizes) : SizedAttribute(sizes);

/// <summary>Rows along the last dimension of length 1.</summary>
/// <param name="sizes">As for <see cref="ShapeAttribute"/>; none when [Shape] stands beside it.</param>
public sealed class UnitNormAttribute(params object[] sizes) : SizedAttribute(sizes);

/// <summary>Numbers from 0.1 to 3.</summary>
/// <param name="sizes">As for <see cref="ShapeAttribute"/>; none when [Shape] stands beside it.</param>
public sealed class PositiveAttribute(params object[] sizes) : SizedAttribute(sizes);

/// <summary>Numbers from <paramref name="low"/> to <paramref name="high"/>; both ends are drawn now and then.</summary>
/// <param name="low">The lower end.</param>
/// <param name="high">The upper end.</param>
/// <param name="sizes">As for <see cref="ShapeAttribute"/>; none when [Shape] stands beside it.</param>
public sealed class RangeAttribute(double low, double high, params object[] sizes) : SizedAttribute(sizes)
{
    /// <summary>Between whole numbers, which F# does not take for others.</summary>
    public RangeAttribute(int low, int high, params object[] sizes) : this((double)low, high, sizes) { }

    /// <summary>The lower end.</summary>
    public double Low { get; } = low;

    /// <summary>The upper end.</summary>
    public double High { get; } = high;
}

/// <summary>Whole numbers (int64) below a bound; never differentiable.</summary>
public abstract class BoundedAttribute : SizedAttribute
{
    private int? _ignored;

    private protected BoundedAttribute(object[]? sizes) : base(sizes) { }

    /// <summary>A value, often −1, that stands for "ignore this one" and is drawn now and then; 0, unless set, means nothing.</summary>
    public int Ignored
    {
        get => _ignored ?? 0;
        set => _ignored = value;
    }

    internal int? Ignore => _ignored;
}

/// <summary>Class labels (int64): [Labels("N", "C")] is N labels below C.</summary>
/// <param name="sizes">The shape, and last the exclusive bound: a letter or a number.</param>
public sealed class LabelsAttribute(params object[] sizes) : BoundedAttribute(sizes);

/// <summary>Indices (int64), with repeats on purpose: [Indices("K", "V")] is K indices below V.</summary>
/// <param name="sizes">The shape, and last the exclusive bound: a letter or a number.</param>
public sealed class IndicesAttribute(params object[] sizes) : BoundedAttribute(sizes);
