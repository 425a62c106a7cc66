using System.Globalization;
using Backprop.Shapes;

namespace Backprop.Verify;

/// <summary>Tensors as text.</summary>
internal static class Literal
{
    private const int Longest = 60;

    /// <summary>[[1, 2], [3, 4]]; of large tensors the shape alone.</summary>
    internal static string Of(Tensor tensor, string format = "R")
    {
        if (tensor.numel() > Longest) return $"{Expect.Show(tensor.shape)}, {tensor.numel()} entries";
        var numbers = Host.Numbers(tensor);
        var next = 0;
        return Nested(tensor.shape);

        string Nested(ReadOnlySpan<long> shape)
        {
            if (shape.IsEmpty) return numbers[next++].ToString(format, CultureInfo.InvariantCulture);
            var parts = new string[shape[0]];
            for (var i = 0; i < parts.Length; i++) parts[i] = Nested(shape[1..]);
            return $"[{string.Join(", ", parts)}]";
        }
    }
}
