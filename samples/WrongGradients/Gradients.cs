// Wrong on purpose, for `backprop check` to find: each is a slip that people have made.
using Backprop.Facade;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace WrongGradients;

/// <summary>The mean where the sum belongs: db is 1/N of what it should be.</summary>
[HandGradient]
public static class MeanForSum
{
    public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => x.matmul(w) + b;

    public static Tensor[] Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => [dy.matmul(w.t()), x.t().matmul(dy), dy.mean([0L])];
}

/// <summary>σ′ with the input where the output belongs.</summary>
[HandGradient(Operation = "sigmoid")]
public static class SlopeOfTheInput
{
    public static Tensor Forward([Shape("N", "D")] Tensor x) => x.sigmoid();

    public static Tensor Backward(Tensor dy, Tensor x) => dy * x * (1 - x);
}

/// <summary>A row that is asked for twice keeps only one of its cotangents.</summary>
[HandGradient]
public static class LostRepeats
{
    public static Tensor Forward([Shape("V", "D")] Tensor table, [Indices("K", "V")] Tensor rows) => table.index_select(0, rows);

    public static Tensor Backward(Tensor dy, Tensor table, Tensor rows) => torch.zeros_like(table).scatter(0, rows.unsqueeze(1).expand(dy.shape), dy);
}

/// <summary>Right, beside the wrong ones.</summary>
[HandGradient]
public static class Right
{
    public static Tensor Forward([Shape("N", "D")] Tensor x) => x.tanh();

    public static Tensor Backward(Tensor dy, Tensor x) => dy * (1 - x.tanh().pow(2));
}
