using Backprop.Diagnosis;
using Backprop.Verify;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace Backprop.Benchmarks;

/// <summary>A function with a hand-written backward pass, and the tensors that it is checked at.</summary>
/// <param name="Name">As in gradcheck.py.</param>
/// <param name="IsRight">Whether the backward pass is.</param>
/// <param name="Specimen">The two passes, at fixed tensors.</param>
internal sealed record CheckCase(string Name, bool IsRight, Specimen Specimen);

/// <summary>What both sides check: six right functions, and thirteen of the wrong ones of the corpus. Written with the same operators in gradcheck.py.</summary>
internal static class CheckCases
{
    private static readonly IReadOnlyList<Input> LinearInputs = [Real("x", 1, 32, 16), Real("w", 2, 16, 8), Real("b", 3, 8)];
    private static readonly IReadOnlyList<Input> RowInputs = [Real("x", 4, 32, 10)];
    private static readonly IReadOnlyList<Input> LossInputs = [Real("logits", 5, 32, 10), Input.Fixed("t", torch.arange(32, torch.int64).remainder(10))];
    private static readonly IReadOnlyList<Input> NormInputs = [Real("x", 6, 16, 12), Real("gain", 7, 12), Real("bias", 8, 12)];
    private static readonly IReadOnlyList<Input> NetworkInputs = [Real("x", 9, 16, 8), Real("w1", 10, 8, 12), Real("b1", 11, 12), Real("w2", 12, 12, 4), Real("b2", 13, 4)];

    internal static IReadOnlyList<CheckCase> All { get; } =
    [
        Case("linear", true, LinearInputs, Linear, (dy, x) => [dy.mm(x[1].t()), x[0].t().mm(dy), dy.sum(0L)]),
        Case("sigmoid", true, RowInputs, x => x[0].sigmoid(), (dy, x) => [dy * SigmoidSlope(x[0])]),
        Case("softmax", true, RowInputs, x => x[0].softmax(-1), (dy, x) => [SoftmaxBackward(dy, x[0].softmax(-1))]),
        Case("cross-entropy", true, LossInputs, CrossEntropy, (dy, x) => [dy * Error(x) / x[0].shape[0]]),
        Case("layer-norm", true, NormInputs, x => Standardized(x[0]) * x[1] + x[2], (dy, x) => LayerNormBackward(dy, x, means: true)),
        Case("two-layer-network", true, NetworkInputs, Network, (dy, x) => NetworkBackward(dy, x, h => 1 - h * h)),
        Case("linear: dw divided by N", false, LinearInputs, Linear, (dy, x) => [dy.mm(x[1].t()), x[0].t().mm(dy) / x[0].shape[0], dy.sum(0L)]),
        Case("linear: db not summed", false, LinearInputs, Linear, (dy, x) => [dy.mm(x[1].t()), x[0].t().mm(dy), dy]),
        Case("linear: x of the call before", false, LinearInputs, Linear, Stale()),
        Case("linear: dy overwritten", false, LinearInputs, Linear, Overwrites),
        Case("sigmoid: slope of the pre-activation", false, RowInputs, x => x[0].sigmoid(), (dy, x) => [dy * x[0] * (1 - x[0])]),
        Case("sigmoid: sigmoid twice", false, RowInputs, x => x[0].sigmoid(), (dy, x) => [dy * SigmoidSlope(x[0].sigmoid())]),
        Case("sigmoid: slope rounded to float32", false, RowInputs, x => x[0].sigmoid(), (dy, x) => [dy * SigmoidSlope(x[0].to_type(torch.float32)).to_type(torch.float64)]),
        Case("softmax: diagonal only", false, RowInputs, x => x[0].softmax(-1), (dy, x) => [dy * x[0].softmax(-1) * (1 - x[0].softmax(-1))]),
        Case("softmax: passed through", false, RowInputs, x => x[0].softmax(-1), (dy, _) => [dy.clone()]),
        Case("cross-entropy: not divided by N", false, LossInputs, CrossEntropy, (dy, x) => [dy * Error(x)]),
        Case("cross-entropy: dy ignored", false, LossInputs, CrossEntropy, (_, x) => [Error(x) / x[0].shape[0]]),
        Case("layer-norm: means forgotten", false, NormInputs, x => Standardized(x[0]) * x[1] + x[2], (dy, x) => LayerNormBackward(dy, x, means: false)),
        Case("two-layer-network: tanh for its slope", false, NetworkInputs, Network, (dy, x) => NetworkBackward(dy, x, h => h)),
    ];

    private static CheckCase Case(string name, bool isRight, IReadOnlyList<Input> inputs, Func<IReadOnlyList<Tensor>, Tensor> forward, Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward) =>
        new(name, isRight, new() { Name = name, Inputs = inputs, Forward = x => new([forward(x)], null), Backward = (dys, x, _) => backward(dys[0], x) });

    private static Input Real(string name, int seed, params long[] shape)
    {
        var random = new Random(seed);
        return Input.Fixed(name, torch.tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(_ => random.NextDouble() * 2 - 1).ToArray(), shape, torch.float64));
    }

    private static Tensor Linear(IReadOnlyList<Tensor> x) => x[0].mm(x[1]) + x[2];

    private static Tensor SigmoidSlope(Tensor x) => x.sigmoid() is var y ? y * (1 - y) : x;

    private static Tensor SoftmaxBackward(Tensor dy, Tensor y) => y * (dy - (y * dy).sum(-1L, keepdim: true));

    private static Tensor CrossEntropy(IReadOnlyList<Tensor> x) => -x[0].log_softmax(-1).gather(1, x[1].unsqueeze(1)).mean();

    /// <summary>p − t.</summary>
    private static Tensor Error(IReadOnlyList<Tensor> x) => x[0].softmax(-1) - torch.zeros_like(x[0]).scatter(1, x[1].unsqueeze(1), torch.ones(x[0].shape[0], 1, torch.float64));

    private static Tensor Deviation(Tensor x) => ((x - x.mean([-1L], keepdim: true)).pow(2).mean([-1L], keepdim: true) + 1e-5).sqrt();

    private static Tensor Standardized(Tensor x) => (x - x.mean([-1L], keepdim: true)) / Deviation(x);

    private static IReadOnlyList<Tensor> LayerNormBackward(Tensor dy, IReadOnlyList<Tensor> x, bool means)
    {
        var (z, dz) = (Standardized(x[0]), dy * x[1]);
        if (means) dz = dz - dz.mean([-1L], keepdim: true) - z * (dz * z).mean([-1L], keepdim: true);
        return [dz / Deviation(x[0]), (dy * z).sum(0L), dy.sum(0L)];
    }

    private static Tensor Network(IReadOnlyList<Tensor> x) => (x[0].mm(x[1]) + x[2]).tanh().mm(x[3]) + x[4];

    private static IReadOnlyList<Tensor> NetworkBackward(Tensor dy, IReadOnlyList<Tensor> x, Func<Tensor, Tensor> slope)
    {
        var h = (x[0].mm(x[1]) + x[2]).tanh();
        var da = dy.mm(x[3].t()) * slope(h);
        return [da.mm(x[1].t()), x[0].t().mm(da), da.sum(0L), h.t().mm(dy), dy.sum(0L)];
    }

    /// <summary>Keeps the x of the call before.</summary>
    private static Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> Stale()
    {
        Tensor? last = null;
        return (dy, x) =>
        {
            var kept = last ?? x[0];
            last = x[0].clone().DetachFromDisposeScope();
            return [dy.mm(x[1].t()), kept.t().mm(dy), dy.sum(0L)];
        };
    }

    private static IReadOnlyList<Tensor> Overwrites(Tensor dy, IReadOnlyList<Tensor> x)
    {
        IReadOnlyList<Tensor> gradients = [dy.mm(x[1].t()), x[0].t().mm(dy), dy.sum(0L)];
        dy.mul_(0.5);
        return gradients;
    }
}
