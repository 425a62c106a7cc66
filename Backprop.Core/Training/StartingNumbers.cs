namespace Backprop.Training;

/// <summary>Random numbers for parameters to start from; the same on every device, whatever libtorch's generators do there.</summary>
internal static class StartingNumbers
{
    /// <exception cref="ArgumentException">A size is not positive.</exception>
    internal static void CheckSizes(params (long Size, string Name)[] sizes)
    {
        foreach (var (size, name) in sizes)
            if (size < 1) throw new ArgumentException($"{name}: expected at least 1, got {size}.", nameof(sizes));
    }

    /// <summary>Normal numbers, by Box and Muller.</summary>
    /// <exception cref="ArgumentException">There would be more than an array can hold.</exception>
    internal static Tensor Normal(Random random, double deviation, long rows, long columns, torch.ScalarType dtype, torch.Device device)
    {
        var numbers = Room(rows, columns);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return torch.tensor(numbers, [rows, columns], torch.float64).to_type(dtype).to(device);
    }

    /// <summary>Numbers between −½/d and ½/d, d the columns: as word2vec.c starts.</summary>
    /// <exception cref="ArgumentException">There would be more than an array can hold.</exception>
    internal static Tensor Uniform(Random random, long rows, int columns, torch.ScalarType dtype, torch.Device device)
    {
        var numbers = Room(rows, columns);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (random.NextDouble() - 0.5) / columns;
        return torch.tensor(numbers, [rows, columns], torch.float64).to_type(dtype).to(device);
    }

    private static double[] Room(long rows, long columns) => (double)rows * columns <= Array.MaxLength ? new double[rows * columns]
        : throw new ArgumentException($"sizes: expected a parameter of at most {Array.MaxLength} numbers, got one of {rows}×{columns}.", nameof(rows));
}
