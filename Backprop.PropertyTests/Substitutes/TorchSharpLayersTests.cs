using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using static Backprop.PropertyTests.Substitutes.Windows;
using static TorchSharp.torch.nn;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>Layers and losses as functions, against loops and their definitions.</summary>
public sealed class TorchSharpLayersTests
{
    private static void Near(Tensor actual, Tensor expected) => Holds(actual, expected.shape, Values(expected));

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 1, 1, 1)]
    [InlineData(1, 2, 2, 1)]
    [InlineData(1, 0, 1, 2)]
    public void Convolutions(long stride, long padding, long dilation, long groups)
    {
        var (x, w, b) = (Some(2, 4, 7), Some(6, 4 / groups, 3), Some(6));
        Near(functional.conv1d(x, w, b, stride, padding, dilation, groups), Convolve(Five(x), Five(w), b, [1, 1, stride], [0, 0, padding], [1, 1, dilation], groups).squeeze(2).squeeze(2));
        (x, w) = (Some(2, 4, 7, 6), Some(6, 4 / groups, 3, 2));
        Near(functional.conv2d(x, w, b, [stride, 1], [padding, 1], [dilation, 1], groups), Convolve(Five(x), Five(w), b, [1, stride, 1], [0, padding, 1], [1, dilation, 1], groups).squeeze(2));
        (x, w) = (Some(1, 4, 5, 5, 4), Some(2, 4 / groups, 2, 3, 2));
        Near(functional.conv3d(x, w, null, [1, stride, 1], [1, padding, 0], [1, dilation, 1], groups), Convolve(x, w, null, [1, stride, 1], [1, padding, 0], [1, dilation, 1], groups));
    }

    [Fact]
    public void Convolutions_by_default()
    {
        Near(functional.conv1d(Some(1, 2, 5), Some(3, 2, 2)), Convolve(Five(Some(1, 2, 5)), Five(Some(3, 2, 2)), null, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1).squeeze(2).squeeze(2));
        Near(functional.conv2d(Some(1, 2, 5, 4), Some(3, 2, 2, 2)), Convolve(Five(Some(1, 2, 5, 4)), Five(Some(3, 2, 2, 2)), null, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1).squeeze(2));
        Near(functional.conv3d(Some(1, 2, 3, 4, 3), Some(2, 2, 2, 2, 2)), Convolve(Some(1, 2, 3, 4, 3), Some(2, 2, 2, 2, 2), null, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1));
    }

    /// <summary>A convolution is a product of weights and columns; folding is the transpose of unfolding.</summary>
    [Fact]
    public void Columns()
    {
        var (x, w) = (Some(2, 3, 6, 5), Some(4, 3, 3, 2));
        var columns = functional.unfold(x, (3, 2), padding: (1, 0), stride: (2, 1));
        Near(w.reshape(4, 18).matmul(columns).reshape(2, 4, 3, 4), functional.conv2d(x, w, strides: [2, 1], padding: [1, 0]));
        Near(Some(4, 3, 2, 2).reshape(4, 12).matmul(functional.unfold(x, 2)).reshape(2, 4, 5, 4), functional.conv2d(x, Some(4, 3, 2, 2)));
        var cotangent = Some(columns.shape);
        Near(functional.fold(cotangent, (6, 5), (3, 2), padding: (1, 0), stride: (2, 1)).mul(x).sum(), cotangent.mul(columns).sum());
        Near(functional.fold(functional.unfold(torch.ones(1, 1, 3, 3), 2), 3, 2), torch.tensor(new double[] { 1, 2, 1, 2, 4, 2, 1, 2, 1 }).reshape(1, 1, 3, 3));
    }

    [Fact]
    public void Adaptive_averages()
    {
        var x = Some(2, 3, 6);
        Near(functional.adaptive_avg_pool1d(x, 3), x.reshape(2, 3, 3, 2).mean([-1]));
        x = Some(2, 3, 4, 6);
        foreach (var pooled in new[] { functional.adaptive_avg_pool2d(x, (2, 3)), functional.adaptive_avg_pool2d(x, [2L, 3]) }) Near(pooled, x.reshape(2, 3, 2, 2, 3, 2).mean([3, 5]));
        Near(functional.adaptive_avg_pool2d(x, 1), x.mean([2, 3], keepdim: true));
        x = Some(1, 2, 4, 4, 2);
        foreach (var pooled in new[] { functional.adaptive_avg_pool3d(x, (2, 2, 2)), functional.adaptive_avg_pool3d(x, [2L, 2, 2]), functional.adaptive_avg_pool3d(x, 2) }) Near(pooled, x.reshape(1, 2, 2, 2, 2, 2, 2).mean([3, 5]));
    }

    [Fact]
    public void Edges()
    {
        var x = Vector(1, 2, 3).reshape(1, 1, 3);
        Holds(functional.pad(x, (1, 2)), [1, 1, 6], 0, 1, 2, 3, 0, 0);
        Holds(functional.pad(x, (1, 0), PaddingModes.Constant, 5), [1, 1, 4], 5, 1, 2, 3);
        Holds(functional.pad(x, [1L, 2], value: 7), [1, 1, 6], 7, 1, 2, 3, 7, 7);
        Holds(functional.pad(x, (2, 1), PaddingModes.Reflect), [1, 1, 6], 3, 2, 1, 2, 3, 2);
        Holds(functional.pad(x, (2, 1), PaddingModes.Replicate), [1, 1, 6], 1, 1, 1, 2, 3, 3);
        Holds(functional.pad(x, (2, 1), PaddingModes.Circular), [1, 1, 6], 2, 3, 1, 2, 3, 1);
        Holds(functional.pad(Vector(1, 2).reshape(1, 2), (1, 0, 0, 1)), [2, 3], 0, 1, 2, 0, 0, 0);
        Holds(functional.pad(Vector(1, 2), 1), [4], 0, 1, 2, 0);
        ReadOnlySpan<long> pad = [0, 1];
        Holds(functional.pad(Vector(1, 2), pad), [3], 1, 2, 0);
    }

    [Fact]
    public void Pictures_made_larger_and_smaller()
    {
        var x = Matrix(new double[,] { { 1, 2 }, { 3, 5 } }).reshape(1, 1, 2, 2);
        Holds(functional.interpolate(x, scale_factor: [2, 2]), [1, 1, 4, 4], 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 5, 5, 3, 3, 5, 5);
        Holds(functional.interpolate(x, [3, 3], mode: torch.InterpolationMode.Bilinear, align_corners: true), [1, 1, 3, 3], 1, 1.5, 2, 2, 2.75, 3.5, 3, 4, 5);
        Holds(functional.interpolate(x, scale_factor: [2, 1], mode: torch.InterpolationMode.Bilinear, recompute_scale_factor: true), [1, 1, 4, 2], 1, 2, 1.5, 2.75, 2.5, 4.25, 3, 5);
        Holds(functional.interpolate(x, [1, 1], mode: torch.InterpolationMode.Area), [1, 1, 1, 1], 2.75);
        Holds(functional.interpolate(Vector(1, 2, 4).reshape(1, 1, 3), [5], mode: torch.InterpolationMode.Linear, align_corners: true), [1, 1, 5], 1, 1.5, 2, 3, 4);
        Holds(functional.interpolate(Vector(0, 1, 2, 3).reshape(1, 1, 1, 4), [1, 7], mode: torch.InterpolationMode.Bicubic, align_corners: true)[0, 0, 0, 3], 1.5);
        Holds(functional.interpolate(x.unsqueeze(0), [1, 3, 3], mode: torch.InterpolationMode.Trilinear, align_corners: true), [1, 1, 1, 3, 3], 1, 1.5, 2, 2, 2.75, 3.5, 3, 4, 5);
        Holds(functional.interpolate(Vector(1, 2).reshape(1, 1, 2), [4]), [1, 1, 4], 1, 1, 2, 2);
        Holds(functional.interpolate(x.unsqueeze(0), [1, 2, 1]), [1, 1, 1, 2, 1], 1, 3);
        var same = functional.affine_grid(Matrix(new double[,] { { 1, 0, 0 }, { 0, 1, 0 } }).unsqueeze(0), [1, 1, 2, 2]);
        Holds(same, [1, 2, 2, 2], -0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5);
        Holds(functional.grid_sample(x, same), [1, 1, 2, 2], 1, 2, 3, 5);
        Holds(functional.grid_sample(x, same.mul(9), torch.GridSampleMode.Bilinear, torch.GridSamplePaddingMode.Zeros), [1, 1, 2, 2], 0, 0, 0, 0);
        Holds(functional.grid_sample(x, same.mul(0)), [1, 1, 2, 2], 2.75, 2.75, 2.75, 2.75);
        Holds(functional.grid_sample(x, same.mul(4), torch.GridSampleMode.Nearest, torch.GridSamplePaddingMode.Border), [1, 1, 2, 2], 1, 2, 3, 5);
        Holds(functional.grid_sample(x, same.mul(3), padding_mode: torch.GridSamplePaddingMode.Reflection), [1, 1, 2, 2], 1, 2, 3, 5);
    }

    [Fact]
    public void Normalisations()
    {
        var x = Some(2, 6, 3);
        Tensor Standard(Tensor t) => t.sub(t.mean([-1], keepdim: true)).div(t.var(-1, unbiased: false, keepdim: true).add(1e-5).sqrt());
        var (w, b) = (Some(6), Some(6).cos());
        Near(functional.group_norm(x, 2, w, b), Standard(x.reshape(2, 2, 9)).reshape(2, 6, 3).mul(w.reshape(6, 1)).add(b.reshape(6, 1)));
        Near(functional.instance_norm(x, weight: w, bias: b), Standard(x).mul(w.reshape(6, 1)).add(b.reshape(6, 1)));
        var expected = torch.zeros_like(x);
        for (var c = 0; c < 6; c++) // two before, two after, each of the window of five counted, there or not
            expected[torch.TensorIndex.Colon, c] = x.select(1, c).div(x.narrow(1, Math.Max(0, c - 2), Math.Min(6, c + 3) - Math.Max(0, c - 2)).square().sum(1L).mul(0.1 / 5).add(2).pow(0.75));
        Near(functional.local_response_norm(x, 5, 0.1, 0.75, 2), expected);
        Near(functional.softmax2d(Some(2, 3, 2, 2)), Some(2, 3, 2, 2).exp().div(Some(2, 3, 2, 2).exp().sum(1, keepdim: true)));
        Near(functional.softmin(x, 1), x.neg().exp().div(x.neg().exp().sum(1, keepdim: true)));
    }

    [Fact]
    public void Activations()
    {
        double[] at = [-4, -1.5, -0.25, 0.5, 2, 7];
        var x = Vector(at);
        Holds(functional.celu(x, 2), at.Select(v => v > 0 ? v : 2 * (Math.Exp(v / 2) - 1)).ToArray());
        Holds(functional.selu(x), at.Select(v => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.Exp(v) - 1))).ToArray());
        Holds(functional.hardsigmoid(x), at.Select(v => Math.Clamp((v + 3) / 6, 0, 1)).ToArray());
        Holds(functional.hardswish(x), at.Select(v => v * Math.Clamp((v + 3) / 6, 0, 1)).ToArray());
        Assert.All(Values(functional.rrelu(Vector(-1, -2, 3), 0.25, 0.5)).Zip([-1.0, -2, 3]), p => Assert.InRange(p.First / p.Second, p.Second < 0 ? 0.25 : 1, p.Second < 0 ? 0.5 : 1));
        var y = x.clone();
        functional.celu(y, 2, inplace: true);
        Holds(y, at.Select(v => v > 0 ? v : 2 * (Math.Exp(v / 2) - 1)).ToArray());
    }

    [Fact]
    public void Losses()
    {
        double[] x = [0.5, -1, 2], y = [1, 0, 1], v = [0.5, 2, 1];
        Holds(functional.poisson_nll_loss(Vector(x), Vector(y), reduction: Reduction.Mean), x.Zip(y).Average(p => Math.Exp(p.First) - p.First * p.Second));
        Holds(functional.poisson_nll_loss(Vector(v), Vector(y), log_input: false, reduction: Reduction.Sum), v.Zip(y).Sum(p => p.First - p.Second * Math.Log(p.First + 1e-8)));
        double[] each = x.Zip(y, v).Select(p => 0.5 * (Math.Log(p.Third) + (p.First - p.Second) * (p.First - p.Second) / p.Third)).ToArray();
        Holds(functional.gaussian_nll_loss(Vector(x).reshape(3, 1), Vector(y).reshape(3, 1), Vector(v).reshape(3, 1)), each.Average());
        Holds(functional.gaussian_nll_loss(Vector(x).reshape(1, 3), Vector(y).reshape(1, 3), Vector(v).reshape(1, 3), full: true, reduction: Reduction.None), each.Sum() + 1.5 * Math.Log(2 * Math.PI));
        Assert.Throws<ArgumentException>(() => functional.gaussian_nll_loss(Vector(x).reshape(3, 1), Vector(y).reshape(3, 1), Vector(x).reshape(3, 1)));
        static double Soft(double z) => Math.Log(1 + Math.Exp(z));
        Holds(functional.multilabel_soft_margin_loss(Vector(x).reshape(1, 3), Vector(y).reshape(1, 3)), x.Zip(y).Average(p => p.Second * Soft(-p.First) + (1 - p.Second) * Soft(p.First)));
        Holds(functional.multilabel_soft_margin_loss(Vector(x).reshape(1, 3), Vector(y).reshape(1, 3), Vector(v), Reduction.Sum), x.Zip(y, v).Average(p => p.Third * (p.Second * Soft(-p.First) + (1 - p.Second) * Soft(p.First))));
        Holds(functional.multi_label_margin_loss(Vector(0.1, 0.2, 0.4, 0.8), torch.tensor(new long[] { 3, 0, -1, 1 })), (0.4 + 0.6 + (1 - 0.1 + 0.2) + (1 - 0.1 + 0.4)) / 4);
        var (anchor, near, far) = (Matrix(new double[,] { { 0, 0 } }), Matrix(new double[,] { { 3, 4 } }), Matrix(new double[,] { { 0, 2 } }));
        Holds(functional.triplet_margin_loss(anchor, near, far, 0.5, eps: 0), 5 - 2 + 0.5);
        Holds(functional.triplet_margin_loss(anchor, near, far, 0.5, eps: 0, swap: true), 5 - 2 + 0.5);
        Holds(functional.triplet_margin_loss(anchor, far, near, 4, eps: 0, swap: true), 2 - Math.Sqrt(13) + 4);
        Holds(functional.cosine_embedding_loss(Matrix(new double[,] { { 3, 4 }, { 1, 0 } }), Matrix(new double[,] { { 4, 3 }, { 1, 0 } }), Vector(1, -1), 0.5), ((1 - 0.96) + (1 - 0.5)) / 2);
    }

    /// <summary>The probability of the label "1" in two steps: 1 then blank, blank then 1, or 1 twice.</summary>
    [Fact]
    public void Connectionist_temporal_classification()
    {
        var p = Matrix(new double[,] { { 0.3, 0.7 }, { 0.6, 0.4 } });
        var loss = functional.ctc_loss(p.log().unsqueeze(1), torch.tensor(new long[,] { { 1 } }), torch.tensor(new long[] { 2 }), torch.tensor(new long[] { 1 }), reduction: Reduction.Sum);
        Holds(loss, -Math.Log(0.7 * 0.6 + 0.3 * 0.4 + 0.7 * 0.4));
    }

    /// <summary>Whole channels fall out together, what stays is scaled; by default nothing falls out of alpha_dropout.</summary>
    [Fact]
    public void Dropouts()
    {
        foreach (var (shape, drop) in new (long[], Func<Tensor, Tensor>)[] { ([4, 50, 6], t => functional.dropout1d(t, 0.25)), ([4, 50, 2, 3], t => functional.dropout2d(t, 0.25)), ([4, 50, 1, 2, 3], t => functional.dropout3d(t, 0.25)) })
        {
            torch.manual_seed(3);
            var kept = drop(torch.ones(shape, torch.float64)).reshape(200, 6);
            Assert.All(Values(kept).Chunk(6), channel => Assert.True(channel.All(x => x.Equals(channel[0])) && (channel[0] == 0 || Math.Abs(channel[0] - 4.0 / 3) < 1e-12)));
            Assert.InRange(Values(kept).Count(x => x == 0) / 6, 25, 75);
        }
        foreach (var drop in new Func<Tensor, bool, Tensor>[] { (t, training) => functional.alpha_dropout(t, 0.4, training), (t, training) => functional.feature_alpha_dropout(t, 0.4, training) })
        {
            torch.manual_seed(3);
            var x = torch.randn(200, 100, torch.float64);
            Near(drop(x, false), x);
            var y = drop(x, true);
            Assert.InRange(y.mean().item<double>(), -0.1, 0.1);
            Assert.InRange(y.std().item<double>(), 0.9, 1.1);
            Assert.NotEqual(Values(x), Values(y));
        }
    }
}
