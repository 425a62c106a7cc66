using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>Products of matrices, transposes, sums and means, and what only moves entries.</summary>
internal static partial class Algebra
{
    private static readonly Operator MatMulOf = new("{0}·{1}", x => ShapeFit.Product(x[0].shape, x[1].shape) ? x[0].matmul(x[1]) : null)
    {
        Loose = true,
        Slips = x =>
        [
            .. Transposed(x[0]).Select(one => new Change(MatMul(one, x[1]), CauseCode.Transpose, "has a transpose too many or too few", 1)),
            .. Transposed(x[1]).Select(one => new Change(MatMul(x[0], one), CauseCode.Transpose, "has a transpose too many or too few", 1)),
            new(MatMul(x[1], x[0]), CauseCode.Transpose, "has the product in the other order", 2),
            new(T(MatMul(x[0], x[1])), CauseCode.Transpose, "has a product transposed", 2),
            new(Reshaped(T(MatMul(x[0], x[1])), MatMul(x[0], x[1])), CauseCode.Transpose, "has a product transposed and reshaped", 2),
            new(MatMul(x[0], Ones(x[1])), CauseCode.MissingFactor, "has ones for one factor of a product", 3),
            new(MatMul(Ones(x[0]), x[1]), CauseCode.MissingFactor, "has ones for one factor of a product", 3),
            new(LastOf(x[0], x[1]), CauseCode.Duplicates, "keeps the last contribution where all must be summed", 1),
            new(FirstOf(x[0], x[1]), CauseCode.Duplicates, "keeps the first contribution where all must be summed", 2),
            new(x[0] * x[1], CauseCode.WrongArgument, "has a product entry by entry where a matrix product belongs", 3),
            new(x[0], CauseCode.MissingFactor, "lacks a factor of a product", 3),
            new(x[1], CauseCode.MissingFactor, "lacks a factor of a product", 3),
        ],
    };

    private static readonly Operator TransposeOf = new("{0}ᵀ", x => x[0].shape.Length < 2 ? null : x[0].transpose(-1, -2))
    {
        Slips = x => [new(Reshaped(x[0], T(x[0])), CauseCode.Transpose, $"has a reshape where a transpose belongs", 1)],
    };

    private static readonly Operator OuterOf = new("{0} ⊗ {1}", x => x[0].shape.Length == 1 && x[1].shape.Length == 1 ? x[0].unsqueeze(1) * x[1].unsqueeze(0) : null)
    {
        Loose = true,
        Slips = x => [new(Outer(x[1], x[0]), CauseCode.Transpose, "has an outer product transposed", 1), new(Reshaped(Outer(x[1], x[0]), Outer(x[0], x[1])), CauseCode.Transpose, "has an outer product transposed and reshaped", 2)],
    };

    private static readonly Operator CountOf = new("count({0})", x => torch.tensor((double)ShapeFit.Count(x[0].shape), torch.float64)) { Sort = Sort.Number };

    private static readonly Operator ReshapedOf = new("{0}", x => ShapeFit.Count(x[0].shape) == ShapeFit.Count(x[1].shape) ? x[0].reshape(x[1].shape) : null);

    private static readonly Operator LikeOf = new("{0}", x => ShapeFit.Into(x[0].shape, x[1].shape) ? x[0].expand(x[1].shape) : null);

    private static readonly Operator FlatOf = new("{0}", x => x[0].shape.Length switch
    {
        0 => null,
        1 => x[0].unsqueeze(0),
        2 => x[0],
        _ => x[0].reshape(ShapeFit.Count(x[0].shape[..^1]), x[0].shape[^1]),
    });

    /// <summary>Summed to the shape of the other, as broadcasting is undone.</summary>
    private static readonly Operator UnbroadcastOf = new("sum({0} to {1})", x => ShapeFit.Into(x[1].shape, x[0].shape) ? Shapes.Unbroadcast.Sum(x[0], x[1].shape) : null)
    {
        Slips = x => [new(Unbroadcast(x[0], x[1]) * Count(x[1]) / Count(x[0]), CauseCode.Scale, "has a mean where a sum belongs", 1)],
    };

    internal static Expr MatMul(Expr a, Expr b) => MatMulOf.Of(a, b);

    /// <summary>The last two dimensions exchanged; twice is nothing.</summary>
    internal static Expr T(Expr x) => x is Apply { Arguments: [var inner] } apply && ReferenceEquals(apply.Operator, TransposeOf) ? inner : TransposeOf.Of(x);

    internal static Expr Outer(Expr a, Expr b) => OuterOf.Of(a, b);

    /// <summary>How many entries.</summary>
    internal static Expr Count(Expr x) => CountOf.Of(x);

    internal static Expr Reshaped(Expr x, Expr like) => ReshapedOf.Of(x, like);

    /// <summary>Broadcast to the shape of another.</summary>
    internal static Expr Like(Expr x, Expr other) => LikeOf.Of(x, other);

    /// <summary>All dimensions but the last as one.</summary>
    internal static Expr Flat(Expr x) => FlatOf.Of(x);

    /// <summary>Ones of the shape of another.</summary>
    internal static Expr Ones(Expr like) => new Operator("1", x => torch.ones_like(x[0])).Of(like);

    /// <summary>One slice along the first dimension, which stays with size 1; −1 for the last.</summary>
    internal static Expr Slice(Expr x, long place) => Narrowed(x, 0, place);

    /// <summary>Zeros but for one row.</summary>
    internal static Expr OnlyRow(Expr x, long place) => new Operator(place < 0 ? "last row of {0}" : "first row of {0}", one => one[0].shape is [> 0 and var size, ..]
        ? one[0] * torch.arange(size, dtype: torch.int64).eq(place < 0 ? size + place : place).to_type(torch.float64).reshape([size, .. one[0].shape[1..].Select(_ => 1L)]) : null).Of(x);

    private static Expr Narrowed(Expr x, int dim, long place) => new Operator(place < 0 ? "last({0})" : "first({0})", one =>
        Inside(one[0], dim) && At(one[0], dim) is var along && one[0].shape[along] is > 0 and var size ? one[0].narrow(along, place < 0 ? size + place : place, 1) : null).Of(x);

    private static Expr LastOf(Expr a, Expr b) => MatMul(Narrowed(a, -1, -1), Narrowed(b, -2, -1));

    private static Expr FirstOf(Expr a, Expr b) => MatMul(Narrowed(a, -1, 0), Narrowed(b, -2, 0));

    internal static Expr Unbroadcast(Expr x, Expr like) => UnbroadcastOf.Of(x, like);

    /// <summary>How large dimension <paramref name="dim"/> is.</summary>
    internal static Expr Size(Expr x, int dim) => new Operator($"size({{0}}, {dim})", one => Inside(one[0], dim) ? torch.tensor((double)one[0].shape[At(one[0], dim)], torch.float64) : null) { Sort = Sort.Number }.Of(x);

    /// <summary>The sum of all entries.</summary>
    internal static Expr Total(Expr x) => new Operator("Σ({0})", one => one[0].sum()) { Slips = one => [new(Total(one[0]) / Count(one[0]), CauseCode.Scale, "has a mean where a sum belongs", 1)] }.Of(x);

    /// <summary>The mean of all entries.</summary>
    internal static Expr Average(Expr x) => new Operator("mean({0})", one => one[0].mean()) { Slips = one => [new(Total(one[0]), CauseCode.Scale, "has a sum where a mean belongs", 1)] }.Of(x);

    /// <summary>The sum along a dimension, which goes.</summary>
    internal static Expr SumOver(Expr x, int dim) => Reduce("Σ", x, dim, false, Sums);

    /// <summary>The sum along a dimension, which stays with size 1.</summary>
    internal static Expr RowSum(Expr x, int dim = -1) => Reduce("Σ", x, dim, true, Sums);

    /// <summary>The mean along a dimension, which goes.</summary>
    internal static Expr MeanOver(Expr x, int dim) => Reduce("mean", x, dim, false, Means);

    /// <summary>The mean along a dimension, which stays with size 1.</summary>
    internal static Expr RowMean(Expr x, int dim = -1) => Reduce("mean", x, dim, true, Means);

    /// <summary>The greatest along a dimension, which stays with size 1.</summary>
    internal static Expr RowMax(Expr x, int dim = -1) => Reduce("max", x, dim, true, (one, along, keep) => one.amax([along], keep));

    private static Tensor Sums(Tensor x, long dim, bool keep) => x.sum(dim, keep);

    private static Tensor Means(Tensor x, long dim, bool keep) => x.mean([dim], keep);

    private static Apply Reduce(string name, Expr x, int dim, bool keep, Func<Tensor, long, bool, Tensor> reduce) =>
        new(new($"{name}[{Dimension(dim)}]({{0}})", one => Inside(one[0], dim) ? reduce(one[0], At(one[0], dim), keep) : null)
        {
            Slips = one =>
            [
                .. name == "Σ" ? (IEnumerable<Change>)[new(Reduce("mean", one[0], dim, keep, Means), CauseCode.Scale, "has a mean where a sum belongs", 1)]
                    : name == "mean" ? [new(Reduce("Σ", one[0], dim, keep, Sums), CauseCode.Scale, "has a sum where a mean belongs", 1)] : [],
                .. Others(dim).Select(other => new Change(Reduce(name, one[0], other, keep, reduce), CauseCode.Axis, "reduces along another dimension", 1)),
                .. Others(dim).Select(other => new Change(Reshaped(Reduce(name, one[0], other, keep, reduce), Reduce(name, one[0], dim, keep, reduce)), CauseCode.Axis, "reduces along another dimension", 1)),
                .. name == "Σ" ? (IEnumerable<Change>)[new(Total(one[0]), keep ? CauseCode.Coupling : CauseCode.Axis, "sums over all dimensions", 2), .. Others(dim).Select(other => new Change(Reduce("mean", one[0], other, keep, Means), CauseCode.Axis, "averages along another dimension", 3))]
                    : name == "mean" ? [new(Average(one[0]), keep ? CauseCode.Coupling : CauseCode.Axis, "averages over all dimensions", 2)] : [],
                .. keep ? (IEnumerable<Change>)[new(Narrowed(one[0], dim, -1), CauseCode.Duplicates, "takes the last where all must be summed", 3), new(one[0], CauseCode.DiagonalOnly, "leaves out a sum", 1), new(0, CauseCode.MissingTerm, "leaves out what a sum brings", 4)] : [],
                .. keep ? [] : (IEnumerable<Change>)[new(Picked(one[0], dim, 0), CauseCode.Duplicates, "takes the first where all must be summed", 3), new(Picked(one[0], dim, -1), CauseCode.Duplicates, "takes the last where all must be summed", 2)],
            ],
        }, [x]);

    /// <summary>One slice along a dimension, which goes; −1 for the last.</summary>
    internal static Expr Picked(Expr x, int dim, long place) => new Operator($"{{0}}[{place}]", one =>
        Inside(one[0], dim) && At(one[0], dim) is var along && one[0].shape[along] is var size && size > 0 ? one[0].select(along, place < 0 ? size + place : place) : null).Of(x);

    /// <summary>A new dimension of size 1.</summary>
    internal static Expr Unsqueeze(Expr x, int dim) => new Operator("{0}", one => Math.Abs(dim) <= one[0].shape.Length + 1 ? one[0].unsqueeze(dim) : null).Of(x);

    /// <summary>Without a dimension of size 1.</summary>
    internal static Expr Squeeze(Expr x, int dim) => new Operator("{0}", one => Inside(one[0], dim) && one[0].shape[At(one[0], dim)] == 1 ? one[0].squeeze(dim) : null).Of(x);

    /// <summary>Two dimensions exchanged.</summary>
    internal static Expr Exchanged(Expr x, int a, int b) => new Operator($"transpose({{0}}, {a}, {b})", one => Inside(one[0], a) && Inside(one[0], b) ? one[0].transpose(a, b) : null)
    {
        Slips = one => [new(one[0], CauseCode.Transpose, "lacks a transpose", 1)],
    }.Of(x);

    /// <summary>Mirrored along dimensions.</summary>
    internal static Expr Flip(Expr x, params long[] dims) => new Operator("flip({0})", one => dims.All(dim => Inside(one[0], (int)dim)) ? one[0].flip(dims) : null)
    {
        Slips = one => [new(one[0], CauseCode.Flipped, "lacks a flip", 0), .. dims.Length > 1 ? dims.Select(dim => new Change(Flip(one[0], dim), CauseCode.Flipped, "flips along one dimension only", 2)) : []],
    }.Of(x);

    /// <summary>Rolled along a dimension.</summary>
    internal static Expr Roll(Expr x, long by, int dim) => new Operator($"roll({{0}}, {by})", one => Inside(one[0], dim) ? one[0].roll(by, At(one[0], dim)) : null).Of(x);

    /// <summary>Part <paramref name="index"/> of <paramref name="count"/> equal ones along the last dimension.</summary>
    internal static Expr Part(Expr x, int index, int count) => new Operator($"{{0}}[{index}]", one => one[0].shape.Length > 0 && one[0].shape[^1] % count == 0 ? one[0].narrow(-1, one[0].shape[^1] / count * index, one[0].shape[^1] / count) : null)
    {
        Slips = one => Enumerable.Range(0, count).Where(other => other != index).Select(other => new Change(Part(one[0], other, count), CauseCode.WrongArgument, "takes another gate's part", 2)),
    }.Of(x);

    /// <summary>Side by side along the last dimension.</summary>
    internal static Expr Join(params Expr[] parts) => new Operator($"[{string.Join(", ", parts.Select((_, i) => $"{{{i}}}"))}]", one => one.All(part => part.shape.Length > 0 && ShapeFit.Same(part.shape[..^1], one[0].shape[..^1])) ? torch.cat([.. one], -1) : null)
    {
        Slips = one => from i in Enumerable.Range(0, one.Count)
                       from j in Enumerable.Range(i + 1, one.Count - i - 1)
                       select new Change(Join([.. one.Select((part, k) => k == i ? one[j] : k == j ? one[i] : part)]), CauseCode.Swapped, "has two parts swapped", 2),
    }.Of(parts);

    private static IEnumerable<Expr> Transposed(Expr x) => [T(x)];

    private static IEnumerable<int> Others(int dim) => dim < 0 ? new[] { -1, -2, -3 }.Where(other => other != dim) : new[] { 0, 1, 2 }.Where(other => other != dim);

    private static string Dimension(int dim) => dim == -1 ? "last" : dim == 0 ? "first" : dim.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool Inside(Tensor x, int dim) => dim < 0 ? -dim <= x.shape.Length : dim < x.shape.Length;

    private static int At(Tensor x, int dim) => dim < 0 ? x.shape.Length + dim : dim;
}
