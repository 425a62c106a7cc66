namespace Backprop.Training;

/// <summary>Random numbers for parameters to start from; the same on every device, whatever libtorch's generators do there.</summary>
internal static class StartingNumbers
{
    /// <summary>Drawn in float64, converted, copied by the step, differentiated, remembered by the optimizer.</summary>
    private const int BytesForANumber = 48;

    /// <exception cref="ArgumentException">A size is not positive.</exception>
    internal static void CheckSizes(params (long Size, string Name)[] sizes)
    {
        foreach (var (size, name) in sizes)
            if (size < 1) throw new ArgumentException($"{name}: expected at least 1, got {size}.", nameof(sizes));
    }

    /// <summary>Normal numbers, by Box and Muller.</summary>
    /// <exception cref="ArgumentException">There would be too many for this machine.</exception>
    internal static Tensor Normal(Random random, double deviation, long rows, long columns, torch.ScalarType dtype, torch.Device device)
    {
        var numbers = Room(rows, columns);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return torch.tensor(numbers, [rows, columns], torch.float64).to_type(dtype).to(device);
    }

    /// <summary>Numbers between −½/d and ½/d, d the columns: as word2vec.c starts.</summary>
    /// <exception cref="ArgumentException">There would be too many for this machine.</exception>
    internal static Tensor Uniform(Random random, long rows, int columns, torch.ScalarType dtype, torch.Device device)
    {
        var numbers = Room(rows, columns);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (random.NextDouble() - 0.5) / columns;
        return torch.tensor(numbers, [rows, columns], torch.float64).to_type(dtype).to(device);
    }

    /// <exception cref="ArgumentException">A parameter is greater than an array can be, or than this machine can hold with its gradient and copies.</exception>
    internal static void CheckRoom(long rows, long columns)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if ((double)rows * columns > Math.Min(Array.MaxLength, memory / BytesForANumber))
            throw new ArgumentException(FormattableString.Invariant($"sizes: a parameter of {rows}×{columns} numbers is too great for this machine, which has {memory / 1e9:F1} GB of memory for it."), nameof(rows));
    }

    private static double[] Room(long rows, long columns)
    {
        CheckRoom(rows, columns);
        return new double[rows * columns];
    }
}
