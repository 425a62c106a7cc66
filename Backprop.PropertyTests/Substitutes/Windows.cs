namespace Backprop.PropertyTests.Substitutes;

/// <summary>Convolutions and windows written out as loops over [sample, channel, depth, height, width].</summary>
internal static class Windows
{
    /// <summary>Numbers without a pattern that the loops could miss.</summary>
    public static Tensor Some(params long[] shape) =>
        torch.arange(shape.Aggregate(1L, (a, b) => a * b), torch.float64).square().add(1).sin().reshape(shape);

    /// <summary>The sum of products over each window, in groups of channels.</summary>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] dilation, long groups)
    {
        var kernel = weight.shape[2..];
        var perGroup = weight.shape[0] / groups;
        return Each(input, weight.shape[0], kernel, stride, padding, dilation, (at, n, o) =>
        {
            var sum = bias is null ? 0 : bias[o].item<double>();
            for (var c = 0L; c < weight.shape[1]; c++)
                foreach (var (offset, x) in at(o / perGroup * weight.shape[1] + c))
                    sum += x * weight[o, c, offset[0], offset[1], offset[2]].item<double>();
            return sum;
        });
    }

    /// <summary>What <paramref name="reduce"/> makes of the elements of each window that lie within the input.</summary>
    public static Tensor Pool(Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, Func<IReadOnlyList<double>, double> reduce) =>
        Each(input, input.shape[1], kernel, stride, padding, dilation, (at, _, c) => reduce(at(c).Select(p => p.Item2).ToList()));

    /// <summary>As five dimensions.</summary>
    public static Tensor Five(Tensor t) => t.ndim switch { 3 => t.unsqueeze(2).unsqueeze(2), 4 => t.unsqueeze(2), _ => t };

    private static Tensor Each(Tensor input, long channels, long[] kernel, long[] stride, long[] padding, long[] dilation, Func<Func<long, IEnumerable<(long[], double)>>, long, long, double> value)
    {
        var size = Enumerable.Range(0, 3).Select(d => (input.shape[d + 2] + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1) / stride[d] + 1).ToArray();
        var data = TorchSharpFacts.Values(input);
        var (c, h, w, depth) = (input.shape[1], input.shape[3], input.shape[4], input.shape[2]);
        var results = new List<double>();
        for (var n = 0L; n < input.shape[0]; n++)
            for (var o = 0L; o < channels; o++)
                foreach (var place in All(size))
                {
                    var sample = n;
                    IEnumerable<(long[], double)> At(long channel)
                    {
                        foreach (var k in All(kernel))
                        {
                            var p = Enumerable.Range(0, 3).Select(d => place[d] * stride[d] - padding[d] + k[d] * dilation[d]).ToArray();
                            if (p[0] >= 0 && p[0] < depth && p[1] >= 0 && p[1] < h && p[2] >= 0 && p[2] < w)
                                yield return (k, data[(((sample * c + channel) * depth + p[0]) * h + p[1]) * w + p[2]]);
                        }
                    }
                    results.Add(value(At, n, o));
                }
        return torch.tensor(results.ToArray()).reshape([input.shape[0], channels, .. size]);
    }

    private static IEnumerable<long[]> All(long[] size)
    {
        for (var a = 0L; a < size[0]; a++)
            for (var b = 0L; b < size[1]; b++)
                for (var c = 0L; c < size[2]; c++)
                    yield return [a, b, c];
    }
}
