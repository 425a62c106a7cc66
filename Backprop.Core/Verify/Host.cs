namespace Backprop.Verify;

/// <summary>Between tensors and plain numbers: the judges compare and report in double precision on the CPU, wherever the tensors live.</summary>
internal static class Host
{
    /// <summary>The entries, row by row, as double precision numbers.</summary>
    internal static double[] Numbers(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return [.. tensor.detach().cpu().to_type(torch.float64).contiguous().data<double>()];
    }

    /// <summary>A tensor of these entries.</summary>
    internal static Tensor Tensor(double[] numbers, IReadOnlyList<long> shape, torch.ScalarType dtype, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(numbers, [.. shape], torch.float64).to(dtype, device).MoveToOuterDisposeScope();
    }

    /// <summary>Equal to the bit (NaN equals NaN here, 0 does not equal −0).</summary>
    internal static bool SameBits(double[] a, double[] b) =>
        a.Length == b.Length && a.Zip(b).All(pair => BitConverter.DoubleToInt64Bits(pair.First) == BitConverter.DoubleToInt64Bits(pair.Second) || (double.IsNaN(pair.First) && double.IsNaN(pair.Second)));

    /// <summary>The index of entry <paramref name="flat"/> of a tensor of this shape.</summary>
    internal static IReadOnlyList<long> Index(IReadOnlyList<long> shape, long flat)
    {
        var index = new long[shape.Count];
        for (var i = shape.Count - 1; i >= 0; i--) (flat, index[i]) = Math.DivRem(flat, shape[i]);
        return index;
    }
}
