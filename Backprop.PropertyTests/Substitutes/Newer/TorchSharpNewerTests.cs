using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using static Backprop.PropertyTests.Substitutes.Windows;
using static TorchSharp.torch.nn;

namespace Backprop.PropertyTests.Substitutes.Newer;

/// <summary>What TorchSharp 0.105 has and 0.99 has not, or has otherwise: this folder is compiled against the newer ones and the substitute.</summary>
public sealed class TorchSharpNewerTests
{
    private static readonly double[] At = [-4, -1.5, -0.25, 0.5, 2, 7];

    private static void Near(Tensor actual, Tensor expected) => Holds(actual, expected.shape, Values(expected));

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Function, Func<double, double> Value)> Activations = new(StringComparer.Ordinal)
    {
        ["silu"] = (t => functional.silu(t), x => x / (1 + Math.Exp(-x))),
        ["silu in place"] = (t => functional.silu(t.clone(), inplace: true), x => x / (1 + Math.Exp(-x))),
        ["mish"] = (t => functional.mish(t), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["mish in place"] = (t => functional.mish(t.clone(), inplace: true), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ["sigmoid"] = (functional.sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["sigmoid in place"] = (t => functional.sigmoid(t.clone(), true), x => 1 / (1 + Math.Exp(-x))),
        ["tanh"] = (t => functional.tanh(t.clone(), inplace: true), Math.Tanh),
        ["tanhshrink"] = (t => functional.tanhshrink(t), x => x - Math.Tanh(x)),
        ["tanhshrink in place"] = (t => functional.tanhshrink(t.clone(), true), x => x - Math.Tanh(x)),
        ["softsign"] = (t => functional.softsign(t), x => x / (1 + Math.Abs(x))),
        ["softsign in place"] = (t => functional.softsign(t.clone(), true), x => x / (1 + Math.Abs(x))),
        ["softshrink"] = (t => functional.softshrink(t, 1), x => Math.Abs(x) > 1 ? x - Math.Sign(x) : 0),
        ["hardshrink"] = (t => functional.hardshrink(t, 1), x => Math.Abs(x) > 1 ? x : 0),
        ["hardtanh"] = (t => functional.hardtanh(t, -2, 3), x => Math.Clamp(x, -2, 3)),
        ["hardtanh in place"] = (t => functional.hardtanh(t.clone(), -2, 3, true), x => Math.Clamp(x, -2, 3)),
        ["logsigmoid"] = (functional.logsigmoid, x => -Math.Log(1 + Math.Exp(-x))),
        ["threshold"] = (t => functional.threshold(t, 1, -5), x => x > 1 ? x : -5),
        ["threshold of the tensor"] = (t => t.threshold(1, -5), x => x > 1 ? x : -5),
        ["prelu"] = (t => functional.prelu(t, Vector(0.3)), x => x > 0 ? x : 0.3 * x),
        ["gelu in place"] = (t => functional.gelu(t.clone(), true), x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)))),
        ["elu"] = (t => t.elu(0.5), x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1)),
        ["celu"] = (t => t.celu(2), x => x > 0 ? x : 2 * (Math.Exp(x / 2) - 1)),
        ["softplus"] = (t => t.softplus(2), x => Math.Log(1 + Math.Exp(2 * x)) / 2),
        ["max"] = (t => t.max(torch.ones_like(t)), x => Math.Max(x, 1)),
        ["min"] = (t => t.min(torch.ones_like(t)), x => Math.Min(x, 1)),
    };

    public static TheoryData<string> Names => [.. Activations.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Elements(string name)
    {
        var (function, value) = Activations[name];
        Holds(function(Vector(At)), At.Select(value).ToArray());
    }

    private static double Erf(double x) => 2 / Math.Sqrt(Math.PI) * Enumerable.Range(0, 4000).Sum(i => Math.Exp(-Math.Pow(x * (i + 0.5) / 4000, 2))) * x / 4000;

    [Fact]
    public void Gates_and_losses()
    {
        Holds(functional.glu(Vector(1, 2, 0, Math.Log(3)), 0), 0.5, 1.5);
        Holds(Vector(1, 2, 0, Math.Log(3)).glu(), 0.5, 1.5);
        Holds(functional.l1_loss(Vector(1, 2), Vector(3, -2)), 3);
        Holds(functional.l1_loss(Vector(1, 2), Vector(3, -2), Reduction.Sum), 6);
        Assert.All(Values(Vector(-1, -2).rrelu(0.25, 0.5)).Zip([-1.0, -2]), p => Assert.InRange(p.First / p.Second, 0.25, 0.5));
    }

    /// <summary>Each window by itself; a transposed convolution is what its name says.</summary>
    [Fact]
    public void Windows_of_all_dimensions()
    {
        var x = Some(2, 3, 7);
        Near(functional.max_pool1d(x, 3, 2, 1), Pool(Five(x), [1, 1, 3], [1, 1, 2], [0, 0, 1], [1, 1, 1], w => w.Max()).squeeze(2).squeeze(2));
        Near(functional.max_pool1d_with_indices(x, 3, 2, 1).output, functional.max_pool1d(x, 3, 2, 1));
        Near(x.gather(2, functional.max_pool1d_with_indices(x, 3, 2, 1).indices), functional.max_pool1d(x, 3, 2, 1));
        Near(functional.avg_pool1d(x, 3, 2, 1), Pool(Five(x), [1, 1, 3], [1, 1, 2], [0, 0, 1], [1, 1, 1], w => w.Sum() / 3).squeeze(2).squeeze(2));
        Near(functional.lp_pool1d(x, 2, 3, 2), Pool(Five(x), [1, 1, 3], [1, 1, 2], [0, 0, 0], [1, 1, 1], w => Math.Sqrt(w.Sum(v => v * v))).squeeze(2).squeeze(2));
        x = Some(2, 2, 6, 5);
        Near(functional.max_pool2d(x, 2), Pool(Five(x), [1, 2, 2], [1, 2, 2], [0, 0, 0], [1, 1, 1], w => w.Max()).squeeze(2));
        Near(functional.max_pool2d(x, (3, 2), (2, 1), (1, 0), (1, 2)), Pool(Five(x), [1, 3, 2], [1, 2, 1], [0, 1, 0], [1, 1, 2], w => w.Max()).squeeze(2));
        var (output, indices) = functional.max_pool2d_with_indices(x, [3, 2], [2, 1]);
        Near(output, functional.max_pool2d(x, [3, 2], [2, 1]));
        Near(x.flatten(2).gather(2, indices.flatten(2)), output.flatten(2));
        Near(functional.avg_pool2d(x, 2), Pool(Five(x), [1, 2, 2], [1, 2, 2], [0, 0, 0], [1, 1, 1], w => w.Average()).squeeze(2));
        Near(functional.avg_pool2d(x, (3, 2), (2, 1), (1, 0), count_include_pad: false), Pool(Five(x), [1, 3, 2], [1, 2, 1], [0, 1, 0], [1, 1, 1], w => w.Average()).squeeze(2));
        Near(functional.avg_pool2d(x, [3, 2], divisor_override: 5), Pool(Five(x), [1, 3, 2], [1, 3, 2], [0, 0, 0], [1, 1, 1], w => w.Sum() / 5).squeeze(2));
        Near(functional.lp_pool2d(x, 2, 2), Pool(Five(x), [1, 2, 2], [1, 2, 2], [0, 0, 0], [1, 1, 1], w => Math.Sqrt(w.Sum(v => v * v))).squeeze(2));
        Near(functional.lp_pool2d(x, 2, [3, 2]), Pool(Five(x), [1, 3, 2], [1, 3, 2], [0, 0, 0], [1, 1, 1], w => Math.Sqrt(w.Sum(v => v * v))).squeeze(2));
        x = Some(1, 2, 4, 4, 4);
        Near(functional.max_pool3d(x, [2, 2, 2]), Pool(x, [2, 2, 2], [2, 2, 2], [0, 0, 0], [1, 1, 1], w => w.Max()));
        Near(functional.max_pool3d_with_indices(x, [2, 2, 2]).output, functional.max_pool3d(x, [2, 2, 2]));
        Near(functional.avg_pool3d(x, [2, 2, 2], [1, 2, 2]), Pool(x, [2, 2, 2], [1, 2, 2], [0, 0, 0], [1, 1, 1], w => w.Average()));
        Near(functional.adaptive_max_pool3d(x, [2, 2, 2]), functional.max_pool3d(x, [2, 2, 2]));
        Near(functional.adaptive_max_pool3d_with_indices(x, [2, 2, 2]).Values, functional.max_pool3d(x, [2, 2, 2]));
        Near(functional.adaptive_max_pool2d(x[0], [2, 2]), functional.max_pool2d(x[0], 2));
        Near(functional.adaptive_max_pool2d_with_indices(x[0], [2, 2]).Values, functional.max_pool2d(x[0], 2));
        Near(functional.adaptive_max_pool1d(x[0, 0], 2), functional.max_pool1d(x[0, 0], 2));
        Near(functional.adaptive_max_pool1d_with_indices(x[0, 0], 2).Values, functional.max_pool1d(x[0, 0], 2));
    }

    [Fact]
    public void Transposed_convolutions()
    {
        var (x, w) = (Some(2, 4, 7), Some(6, 2, 3));
        var y = functional.conv1d(x, w, null, 2, 1, 1, 2);
        var cotangent = Some(y.shape);
        Near(functional.conv_transpose1d(cotangent, w, null, 2, 1, 0, 1, 2).mul(x).sum(), cotangent.mul(y).sum());
        (x, w) = (Some(2, 4, 7, 6), Some(6, 4, 3, 2));
        y = functional.conv2d(x, w, null, [2, 2], [1, 1]);
        cotangent = Some(y.shape);
        Near(functional.conv_transpose2d(cotangent, w, null, [2, 2], [1, 1], [0, 0]).mul(x).sum(), cotangent.mul(y).sum());
        Near(functional.conv_transpose2d(cotangent, w, Vector(5, 5, 5, 5), [2, 2], [1, 1]), functional.conv_transpose2d(cotangent, w, null, [2, 2], [1, 1]).add(5));
        (x, w) = (Some(1, 2, 4, 4, 3), Some(3, 2, 2, 2, 2));
        y = functional.conv3d(x, w);
        cotangent = Some(y.shape);
        Near(functional.conv_transpose3d(cotangent, w).mul(x).sum(), cotangent.mul(y).sum());
    }

    [Fact]
    public void Distances_and_pixels()
    {
        var (a, b) = (Matrix(new double[,] { { 3, 4 }, { 0, 0 } }), Matrix(new double[,] { { 0, 0 }, { 1, 1 } }));
        Holds(functional.normalize(a), [2, 2], 0.6, 0.8, 0, 0);
        Holds(functional.normalize(a, 1, 0), [2, 2], 1, 1, 0, 0);
        Holds(functional.pairwise_distance(a, b, eps: 0), [2], 5, Math.Sqrt(2));
        Holds(functional.pairwise_distance(a, b, 1, 0, keepdim: true), [2, 1], 7, 2);
        var x = torch.arange(8, torch.float64).reshape(1, 4, 1, 2);
        Holds(functional.pixel_shuffle(x, 2), [1, 1, 2, 4], 0, 2, 1, 3, 4, 6, 5, 7);
        Near(functional.pixel_unshuffle(functional.pixel_shuffle(x, 2), 2), x);
    }

    [Fact]
    public void Attention()
    {
        var (q, k, v) = (Some(2, 3, 4), Some(2, 5, 4), Some(2, 5, 6));
        Tensor Written(Tensor mask) => q.bmm(k.transpose(1, 2)).div(2).add(mask).softmax(-1).bmm(v);
        Near(functional.scaled_dot_product_attention(q, k, v), Written(torch.zeros(3, 5, torch.float64)));
        Near(functional.scaled_dot_product_attention(q, k, v, Some(3, 5)), Written(Some(3, 5)));
        var allowed = torch.ones(3, 5, torch.float64).tril();
        var mask = torch.zeros(3, 5, torch.float64).masked_fill(allowed.eq(0), double.NegativeInfinity);
        Near(functional.scaled_dot_product_attention(q, k, v, allowed.gt(0)), Written(mask));
        Near(functional.scaled_dot_product_attention(q, k, v, is_casual: true), Written(mask));
    }

    [Fact]
    public void Gradients_that_leaves_keep()
    {
        using var x = torch.tensor(new double[] { 1, 2 }).requires_grad_();
        Assert.Null(x.grad);
        x.square().sum().backward();
        Holds(x.grad!, 2, 4);
        x.square().sum().backward();
        Holds(x.grad!, 4, 8);
        x.grad!.zero_();
        Holds(x.grad!, 0, 0);
        x.grad = Vector(5, 6);
        Holds(x.grad, 5, 6);
        x.grad = null;
        Assert.Null(x.grad);
        var y = x.mul(3);
        y.backward([Vector(1, 10)], retain_graph: true);
        y.backward([Vector(1, 10)]);
        Holds(x.grad!, 6, 60);
    }

    [Fact]
    public void Rows_added_up_where_indices_repeat()
    {
        var (rows, values) = (torch.tensor(new long[] { 2, 0, 2 }), Matrix(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }));
        Holds(torch.zeros(3, 2, torch.float64).index_put_(values, new[] { rows }, true), [3, 2], 3, 4, 0, 0, 6, 8);
        Holds(torch.zeros(3, 2, torch.float64).index_put_(values, [torch.TensorIndex.Tensor(rows)], accumulate: true), [3, 2], 3, 4, 0, 0, 6, 8);
        Holds(torch.zeros(2, 3, torch.float64).index_put_(Vector(1, 2, 3), [torch.TensorIndex.Single(1), torch.TensorIndex.Tensor(rows)], accumulate: true), [2, 3], 0, 0, 0, 2, 0, 4);
        Holds(torch.zeros(2, 3, torch.float64).index_put_(values.t(), [torch.TensorIndex.Colon, torch.TensorIndex.Tensor(rows)], accumulate: true), [2, 3], 3, 0, 6, 4, 0, 8);
        Holds(torch.arange(5)[^2], 3);
        Assert.Equal(5, torch.arange(24).reshape(1, 1, 1, 1, 1, 4, 6)[new long[] { 0, 0, 0, 0, 0, 0, 5 }].item<long>());
    }

    [Fact]
    public void Products_and_pieces()
    {
        var t = Matrix(new double[,] { { 1, 2 }, { 3, 4 } });
        Holds(t.prod(), 24);
        Holds(torch.prod(t, 0L), 3, 8);
        Holds(t.prod(1, keepdim: true), [2, 1], 2, 12);
        Holds(torch.max(t, t.t()), [2, 2], 1, 3, 3, 4);
        Holds(torch.min(t, t.t()), [2, 2], 1, 2, 2, 4);
        Holds(t.diagonal(), 1, 4);
        Holds(torch.diagonal(t), 1, 4);
        Holds(t.permute(new List<long> { 1, 0 }), [2, 2], 1, 3, 2, 4);
        Holds(t.clone().tril_(), [2, 2], 1, 0, 3, 4);
        Holds(torch.triu_(t.clone()), [2, 2], 1, 2, 0, 4);
        ReadOnlySpan<Tensor> both = [t, t];
        foreach (var joined in new[] { torch.cat(both), torch.concat(both), torch.concatenate(both), torch.vstack(both), torch.cat(new[] { t, t }), torch.concat(new[] { t, t }), torch.concatenate(new[] { t, t }), torch.vstack(new[] { t, t }) })
            Holds(joined, [4, 2], 1, 2, 3, 4, 1, 2, 3, 4);
        var (once, inverse, _) = torch.unique(Vector(3, 1, 3), return_inverse: true);
        Holds(once, 1, 3);
        Holds(inverse!, 1, 0, 1);
        Holds(torch.unique_consecutive(Vector(3, 3, 1, 3)).output, 3, 1, 3);
        Holds(torch.linalg.vector_norm(t), Math.Sqrt(30));
        Holds(torch.linalg.solve_triangular(t.tril(), Matrix(new double[,] { { 1 }, { 11 } }), upper: false), [2, 1], 1, 2);
        Assert.Equal([torch.float16, torch.bfloat16, torch.int16, torch.complex64, torch.complex128], new[] { t.half(), t.bfloat16(), t.@short(), t.cfloat(), t.cdouble() }.Select(x => x.dtype));
    }

    [Fact]
    public void One_random_number()
    {
        torch.manual_seed(1);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.True(torch.rand_float() is >= 0 and < 1 && Math.Abs(torch.randn_float()) < 6 && torch.randint_int(3) is >= 0 and < 3 && torch.randint_int(5, 7) is 5 or 6 && torch.randint_long(3L) is >= 0 and < 3 && torch.randint_long(5L, 7L) is 5 or 6));
        Assert.Equal(2, Enumerable.Range(0, 50).Select(_ => torch.randint_bool()).Distinct().Count());
        Assert.True(Enumerable.Range(0, 50).Select(_ => torch.randn_float()).Distinct().Count() == 50 && Enumerable.Range(0, 50).Select(_ => torch.rand_float()).Distinct().Count() == 50);
    }

    [Fact]
    public void Tensors_change_scopes_and_places()
    {
        using var outer = torch.NewDisposeScope();
        Tensor kept, moved, made;
        using (var inner = torch.NewDisposeScope())
        {
            Assert.Same(inner, torch.CurrentDisposeScope);
            (kept, moved) = (Vector(1), Vector(2));
            inner.MoveToOther(outer, kept);
            moved.MoveToOtherDisposeScope(kept);
            made = Vector(3).DetachFromDisposeScope();
            inner.Attach(made);
        }
        Assert.True(!kept.IsInvalid && !moved.IsInvalid && made.IsInvalid);
        var half = kept.to(torch.float16, disposeAfter: true);
        Assert.True(kept.IsInvalid && half.dtype == torch.float16);
        Assert.Equal(1, half.to(torch.CPU, non_blocking: true).to(torch.float64, torch.CPU).item<double>());
    }

    [Fact]
    public void Text()
    {
        var t = Vector(1, 2);
        Assert.Equal(t.ToString(TensorStringStyle.Julia), t.jlstr());
        Assert.Equal(t.ToString(TensorStringStyle.Numpy), t.npstr());
        Assert.Contains("1", t.npstr(), StringComparison.Ordinal);
        Assert.Equal(t.npstr(), t.str(style: TensorStringStyle.Numpy));
    }
}
