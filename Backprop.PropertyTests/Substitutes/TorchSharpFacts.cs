using System.Globalization;
using System.Reflection;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What the tests of TorchSharp share. They run against the substitute and against the real package.</summary>
internal static class TorchSharpFacts
{
    /// <summary>Which of the two is loaded.</summary>
    public static bool IsSubstitute { get; } = typeof(torch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a.Key == "Substitute");

    /// <summary>Has the one that is loaded what came after 0.99?</summary>
    public static bool HasNewer { get; } = typeof(Tensor).GetProperty("grad") is not null;

    /// <summary>The repository: the folder with Backprop.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Backprop.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("No Backprop.sln above " + AppContext.BaseDirectory);
    }

    /// <summary>The elements as double, in order.</summary>
    public static double[] Values(Tensor t) => [.. t.detach().to_type(torch.ScalarType.Float64).contiguous().view(-1).data<double>()];

    /// <summary>Is the tensor of this shape, with these values up to rounding (and NaN where NaN is wanted)?</summary>
    public static void Holds(Tensor actual, long[] shape, params double[] expected)
    {
        Assert.Equal(shape, actual.shape);
        Holds(actual, expected);
    }

    /// <summary>Has the tensor these values, up to rounding?</summary>
    public static void Holds(Tensor actual, params double[] expected)
    {
        var values = Values(actual);
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(double.IsNaN(expected[i]) ? double.IsNaN(values[i]) : values[i].Equals(expected[i]) || Math.Abs(values[i] - expected[i]) <= 1e-6 * (1 + Math.Abs(expected[i])),
                string.Create(CultureInfo.InvariantCulture, $"element {i}: {values[i]:R}, expected {expected[i]:R}"));
    }

    /// <summary>A vector of double.</summary>
    public static Tensor Vector(params double[] values) => torch.tensor(values);

    /// <summary>A matrix of double: rows of equal length.</summary>
    public static Tensor Matrix(double[,] values) => torch.tensor(values);

    /// <summary>The process's resident memory, after a full collection.</summary>
    public static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}

/// <summary>Tests that look at the whole process: they run while no other test does.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;
