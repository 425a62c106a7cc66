using Backprop.Shapes;

namespace Backprop.PropertyTests;

/// <summary>Properties over generated inputs; the tensors of one trial die with it.</summary>
internal static class Property
{
    /// <summary>The trial throws for no input.</summary>
    public static void ForAll<T>(Gen<T> inputs, Action<T> trial) => inputs.Sample(input =>
    {
        using var scope = torch.NewDisposeScope();
        trial(input);
    });

    /// <summary>Equal entry by entry, relative to the entry or, for small ones, to 1. NaN equals nothing.</summary>
    public static void Close(Tensor expected, Tensor actual, double tolerance = 1e-10)
    {
        Assert.Equal(expected.shape, actual.shape);
        var (a, b) = (Numbers(expected), Numbers(actual));
        for (var i = 0; i < a.Length; i++)
            Assert.True(Math.Abs(a[i] - b[i]) <= tolerance * Math.Max(1, Math.Abs(a[i])), $"entry {i} of {Expect.Show(expected.shape)}: expected {a[i]:R}, got {b[i]:R}");
    }

    /// <summary>All entries, row by row.</summary>
    public static double[] Numbers(Tensor tensor) => [.. tensor.detach().to_type(torch.float64).contiguous().data<double>()];

    /// <summary>A float64 tensor of these entries.</summary>
    public static Tensor Vector(params double[] entries) => torch.tensor(entries, [entries.Length], torch.float64);

    /// <summary>A float64 tensor of no dimension.</summary>
    public static Tensor Scalar(double value) => torch.tensor(value, torch.float64);

    /// <summary>int64 labels.</summary>
    public static Tensor Labels(params long[] labels) => torch.tensor(labels, [labels.Length], torch.int64);
}
