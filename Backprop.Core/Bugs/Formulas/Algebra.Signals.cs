using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>Convolutions, neighbours, running sums.</summary>
internal static partial class Algebra
{
    private static readonly Operator CumulatedOf = new("cumsum({0})", x => x[0].shape.Length > 0 ? x[0].cumsum(-1) : null)
    {
        Slips = x => [new(x[0], CauseCode.MissingTerm, "lacks a running sum", 2)],
    };

    private static readonly Operator PairedOf = new("{0}", x => x[0].shape is [.., var size] && size % 2 == 0 ? x[0].reshape([.. x[0].shape[..^1], size / 2, 2]) : null);

    private static readonly Operator LineOf = new("{0}", x => x[0].reshape(-1));

    private static readonly Operator FirstOfAll = new("[first]", x => x[0].shape is [> 0 and var size] ? torch.arange(size, dtype: torch.int64).eq(0).to_type(torch.float64) : null)
    {
        Sort = Sort.Mask,
        Slips = x => [new(0, CauseCode.WrongArgument, "takes the first for one of the others", 1), new(1, CauseCode.WrongArgument, "takes all for the first", 1), new(1 - First(x[0]), CauseCode.WrongArgument, "takes the others for the first", 1)],
    };

    /// <summary>Running sums along the last dimension.</summary>
    internal static Expr Cumulated(Expr x) => CumulatedOf.Of(x);

    /// <summary>The last dimension in pairs.</summary>
    internal static Expr Paired(Expr x) => PairedOf.Of(x);

    /// <summary>All entries as one line.</summary>
    internal static Expr Line(Expr x) => LineOf.Of(x);

    /// <summary>1 for the first entry of a vector, 0 for the others.</summary>
    internal static Expr First(Expr x) => FirstOfAll.Of(x);

    /// <summary>Cross-correlation over the last dimensions, as networks call a convolution; only where the kernel fits.</summary>
    internal static Expr Convolve(Expr x, Expr w, int dims) => new Operator("{0} ⋆ {1}", one => Convolved(one[0], one[1], dims)) { Loose = true }.Of(x, w);

    /// <summary>With zeros around the last dimensions, one fewer than the kernel is long.</summary>
    internal static Expr Padded(Expr x, Expr w, int dims) => new Operator("pad({0})", one => one[0].shape.Length == dims + 2 && one[1].shape.Length == dims + 2
        ? Enumerable.Range(2, dims).Aggregate(one[0], (padded, dim) => Zeros(padded, dim, one[1].shape[dim] - 1) is var zeros ? torch.cat([zeros, padded, zeros], dim) : padded) : null).Of(x, w);

    private static Tensor Zeros(Tensor like, int dim, long size) => torch.zeros([.. like.shape.Select((old, i) => i == dim ? size : old)], torch.float64);

    private static Tensor? Convolved(Tensor x, Tensor w, int dims)
    {
        if (x.shape.Length != dims + 2 || w.shape.Length != dims + 2 || x.shape[1] != w.shape[1]) return null;
        for (var dim = 2; dim < dims + 2; dim++)
            if (w.shape[dim] < 1 || x.shape[dim] < w.shape[dim]) return null;
        var patches = Enumerable.Range(2, dims).Aggregate(x, (all, dim) => all.unfold(dim, w.shape[dim], 1));
        // N, C, places, kernel → (N places) × (C kernel).
        long[] places = patches.shape[2..(dims + 2)];
        var order = new[] { 0L }.Concat(Enumerable.Range(2, dims).Select(dim => (long)dim)).Append(1).Concat(Enumerable.Range(dims + 2, dims).Select(dim => (long)dim)).ToArray();
        var flat = patches.permute(order).reshape(x.shape[0] * ShapeFit.Count(places), ShapeFit.Count(w.shape[1..]));
        var product = flat.matmul(w.reshape(w.shape[0], -1).transpose(0, 1)).reshape([x.shape[0], .. places, w.shape[0]]);
        return product.permute([0, dims + 1, .. Enumerable.Range(1, dims).Select(dim => (long)dim)]);
    }
}
