using Backprop.Models;
using Backprop.Rules;

namespace Backprop.PropertyTests.Models;

/// <summary>A batch and a network with one hidden layer, one example a row.</summary>
internal sealed record Network(Matrix X, Matrix W1, Matrix B1, Matrix W2, Matrix B2, long[] Labels)
{
    /// <summary>σ, then affine; W is D×M, b a row.</summary>
    public IReadOnlyList<LayerParameters> Rows() =>
        [new(W1.Tensor(), B1.Tensor(), Activation.Sigmoid), new(W2.Tensor(), B2.Tensor(), Activation.Identity)];

    /// <summary>The same network for examples as columns: W is M×D, b a column.</summary>
    public IReadOnlyList<LayerParameters> Columns() => [.. Rows().Select(layer => layer with { W = layer.W.t(), B = layer.B.t() })];

    /// <summary>The labels as rows of 0 and 1.</summary>
    public Tensor OneHot() => torch.nn.functional.one_hot(Property.Labels(Labels), W2.Columns).to_type(torch.float64);
}

/// <summary>A scorer and two batches of windows, one a column.</summary>
internal sealed record Ranking(Matrix V, Matrix W, Matrix B, Matrix X, Matrix Corrupt)
{
    public Tensor Vector() => V.Tensor().squeeze(1);

    public Tensor Bias() => B.Tensor().squeeze(1);
}

/// <summary>Networks and scorers of any size, with numbers at which sigmoids are not yet flat.</summary>
internal static class Networks
{
    private static readonly Gen<double> Number = Gen.OneOf(Gen.Double[-2, 2], Gen.Int[-2, 2].Select(n => (double)n));

    public static readonly Gen<Network> Any =
        from n in Gen.Int[1, 4]
        from d in Gen.Int[1, 4]
        from h in Gen.Int[1, 4]
        from c in Gen.Int[1, 4]
        from x in Of(n, d)
        from w1 in Of(d, h)
        from b1 in Of(1, h)
        from w2 in Of(h, c)
        from b2 in Of(1, c)
        from labels in Gen.Int[0, c - 1].Select(label => (long)label).Array[n]
        select new Network(x, w1, b1, w2, b2, labels);

    public static readonly Gen<Ranking> Windows =
        from n in Gen.Int[1, 4]
        from d in Gen.Int[1, 4]
        from h in Gen.Int[1, 4]
        from v in Of(h, 1)
        from w in Of(h, d)
        from b in Of(h, 1)
        from x in Of(d, n)
        from corrupt in Of(d, n)
        select new Ranking(v, w, b, x, corrupt);

    /// <summary>Numbers between −1 and 1 that follow no line, the same each time.</summary>
    public static Tensor Some(int salt, params long[] shape) =>
        (torch.arange(shape.Aggregate(1L, (product, size) => product * size)).to_type(torch.float64) * 1.7 + salt).sin().reshape(shape);

    private static Gen<Matrix> Of(int rows, int columns) => Number.Array[rows * columns].Select(entries => new Matrix(rows, columns, entries));
}
