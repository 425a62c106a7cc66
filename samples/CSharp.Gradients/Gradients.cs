// Gradients written by hand, for `backprop check`: all of them are right.
using Backprop.Facade;
using Backprop.Rules;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace CSharp.Gradients;

[HandGradient]
public static class MyLinear
{
    public static Tensor Forward([Shape("N", "D")] Tensor x, [Shape("D", "M")] Tensor w, [Shape("M")] Tensor b) => x.matmul(w) + b;

    public static Tensor[] Backward(Tensor dy, Tensor x, Tensor w, Tensor b) => [dy.matmul(w.t()), x.t().matmul(dy), dy.sum(0L)];
}

/// <summary>Cross-entropy of softmax, and a penalty on large logits.</summary>
[HandGradient(Operation = "softmax-cross-entropy")]
public static class MyLoss
{
    public static Tensor Forward([Shape("N", "C")] Tensor logits, [Labels("N", "C")] Tensor y, double lambda = 0.1) =>
        -logits.log_softmax(1).gather(1, y.unsqueeze(1)).mean() + lambda * (logits * logits).sum();

    public static Tensor Backward(Tensor dy, Tensor logits, Tensor y, double lambda)
    {
        var onTarget = torch.zeros_like(logits).scatter(1, y.unsqueeze(1), torch.ones_like(logits));
        return dy * ((logits.softmax(1) - onTarget) / logits.shape[0] + 2 * lambda * logits);
    }
}

/// <summary>The form of Backprop's own rules: Forward says what Backward needs.</summary>
[HandGradient]
public static class MySigmoid
{
    public sealed record Saved(Tensor Y);

    public static Primal<Saved> Forward([Shape("N", "D")] Tensor x)
    {
        var y = x.sigmoid();
        return new(y, new(y));
    }

    public static Tensor Backward(Tensor dy, Saved saved) => dy * saved.Y * (1 - saved.Y);
}

/// <summary>Rows of a table; a row that is asked for twice gets both cotangents.</summary>
[HandGradient]
[Size("V", 5, 9)]
public static class MyEmbedding
{
    public sealed record Grads(Tensor DTable);

    public static Tensor Forward([Shape("V", "D")] Tensor table, [Indices("K", "V")] Tensor rows) => table.index_select(0, rows);

    public static Grads Backward(Tensor dy, Tensor table, Tensor rows) => new(torch.zeros_like(table).index_add(0, rows, dy, 1));
}

/// <summary>Two outputs, so two cotangents.</summary>
[HandGradient]
public static class MyPolar
{
    public static (Tensor X, Tensor Y) Forward([Shape("N"), Positive] Tensor radius, [Shape("N"), Range(-3, 3)] Tensor angle) => (radius * angle.cos(), radius * angle.sin());

    public static (Tensor DRadius, Tensor DAngle) Backward(Tensor dx, Tensor dy, Tensor radius, Tensor angle) =>
        (dx * angle.cos() + dy * angle.sin(), radius * (dy * angle.cos() - dx * angle.sin()));
}
