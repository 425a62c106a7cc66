using Backprop.Models;
using Backprop.Rules;
using BenchmarkDotNet.Attributes;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace Backprop.Benchmarks;

/// <summary>Loss and gradients of the softmax classifier of notes 003 (300×2 points, 3 classes): by hand, and by autograd over the same operators.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private Tensor _x = null!;
    private Tensor _w = null!;
    private Tensor _b = null!;
    private Tensor _labels = null!;
    private Tensor _one = null!;

    /// <summary>float32, one thread.</summary>
    [GlobalSetup]
    public void Setup()
    {
        torch.set_num_threads(1);
        (_x, _w, _b) = (torch.randn(300, 2), torch.randn(2, 3), torch.zeros(3));
        (_labels, _one) = (torch.arange(300, torch.int64).remainder(3), torch.tensor(1f));
    }

    /// <summary>libtorch's engine.</summary>
    [Benchmark(Baseline = true)]
    public void ByAutograd()
    {
        using var scope = torch.NewDisposeScope();
        var (w, b) = (_w.detach().requires_grad_(true), _b.detach().requires_grad_(true));
        var loss = F.cross_entropy(F.linear(_x, w.t(), b), _labels, reduction: torch.nn.Reduction.Sum);
        torch.autograd.grad([loss], [w, b]);
    }

    /// <summary>The pure rules.</summary>
    [Benchmark]
    public void ByHand()
    {
        using var scope = torch.NewDisposeScope();
        SoftmaxClassifier.Backward(_one, SoftmaxClassifier.Forward(_x, _w, _b, _labels, BatchReduction.Sum).Saved);
    }
}
