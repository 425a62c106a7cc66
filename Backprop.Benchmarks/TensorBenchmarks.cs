using BenchmarkDotNet.Attributes;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace Backprop.Benchmarks;

/// <summary>What one small operation costs from C# to libtorch and back: the price that every rule pays.</summary>
[MemoryDiagnoser]
public class TensorBenchmarks
{
    private const int Operations = 1000;
    private Tensor _a = null!;
    private Tensor _b = null!;

    /// <summary>Two 4×4 matrices of float32.</summary>
    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        (_a, _b) = (torch.rand(4, 4), torch.rand(4, 4));
    }

    /// <summary>a + b into a new tensor, which dies with the dispose scope.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Add()
    {
        using var scope = torch.NewDisposeScope();
        for (var i = 0; i < Operations; i++) _ = _a + _b;
    }

    /// <summary>a += b in place.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void AddInPlace()
    {
        for (var i = 0; i < Operations; i++) _a.add_(_b);
    }
}
