namespace Backprop.Verify;

/// <summary>Between tensors and plain numbers: the judges compare and report in double precision on the CPU, wherever the tensors live.</summary>
internal static class Host
{
    /// <summary>The entries, row by row, as double precision numbers.</summary>
    internal static double[] Numbers(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        // Called for every evaluation of a difference: no operator that has nothing to do.
        var plain = tensor.detach();
        if (plain.device_type != DeviceType.CPU) plain = plain.cpu();
        if (plain.dtype != torch.float64) plain = plain.to_type(torch.float64);
        return plain.reshape(-1).data<double>().ToArray();
    }

    /// <summary>A tensor of these entries.</summary>
    internal static Tensor Tensor(double[] numbers, IReadOnlyList<long> shape, torch.ScalarType dtype, torch.Device device)
    {
        if (dtype == torch.float64 && device.type == DeviceType.CPU) return torch.tensor(numbers, [.. shape], torch.float64);
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
