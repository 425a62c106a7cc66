using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>A tensor as plain numbers, row by row: what the detectors compute with.</summary>
/// <param name="Name">As in the source: "x", "dy", "y".</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Numbers">Its entries, row by row.</param>
internal sealed record Block(string Name, long[] Shape, double[] Numbers)
{
    internal static Block Of(string name, Tensor tensor) => new(name, tensor.shape, Host.Numbers(tensor));

    /// <summary>The greatest magnitude; 0 when empty.</summary>
    internal double Greatest => Numbers.Select(Math.Abs).DefaultIfEmpty(0).Max();

    internal bool SameShape(Block other) => Shape.AsSpan().SequenceEqual(other.Shape);
}
