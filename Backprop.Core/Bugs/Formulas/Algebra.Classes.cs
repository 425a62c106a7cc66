using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>Softmax, labels, and rows of tables by index.</summary>
internal static partial class Algebra
{
    private static readonly Operator OneHotOf = new("onehot({0})", x => Labelled(x[0], x[1].shape.Length == 0 ? 0 : x[1].shape[^1]))
    {
        Slips = x =>
        [
            new(Roll(OneHot(x[0], x[1]), 1, -1), CauseCode.Shifted, "has its labels one too high", 1),
            new(Roll(OneHot(x[0], x[1]), -1, -1), CauseCode.Shifted, "has its labels one too low", 1),
            new(Likeliest(x[1]), CauseCode.WrongArgument, "has the likeliest class where the label belongs", 3),
            new(Shifted(x[0], x[1], 1), CauseCode.Shifted, "has its labels one too high", 1),
            new(Shifted(x[0], x[1], -1), CauseCode.Shifted, "has its labels one too low", 1),
        ],
    };

    private static readonly Operator RowsOf = new("{0}[{1}]", x => Indexed(x[0], x[1]))
    {
        Slips = x =>
        [
            new(RowsAt(x[0], x[1], 1), CauseCode.Shifted, "takes the rows after those it should", 2),
            new(RowsAt(x[0], x[1], -1), CauseCode.Shifted, "takes the rows before those it should", 2),
            new(Leading(x[0], x[1]), CauseCode.WrongArgument, "takes rows by position where the index says which", 2),
        ],
    };

    private static readonly Operator ScatterOf = new("scatter-add({0} at {1})", x => Scattered(x, Collision.Sum, 0))
    {
        Slips = x =>
        [
            new(ScatterWith(x, Collision.Last, 0), CauseCode.Duplicates, "overwrites where repeated indices must accumulate", 0),
            new(ScatterWith(x, Collision.First, 0), CauseCode.Duplicates, "keeps the first where repeated indices must accumulate", 1),
            new(ScatterWith(x, Collision.Mean, 0), CauseCode.Duplicates, "averages where repeated indices must accumulate", 0),
            new(ScatterWith(x, Collision.MeanOfAll, 0), CauseCode.Scale, "divides by the number of indices", 1),
            new(ScatterWith(x, Collision.ByPosition, 0), CauseCode.WrongArgument, "writes rows by position where the index says which", 1),
            new(ScatterWith(x, Collision.Sum, 1), CauseCode.Shifted, "writes one row after the one it should", 1),
            new(ScatterWith(x, Collision.Sum, -1), CauseCode.Shifted, "writes one row before the one it should", 1),
            new(ScatterWith(x, Collision.SumButRow, 0), CauseCode.Mask, "leaves row 0 at zero as if it were padding", 2),
            new(ScatterWith(x, Collision.SumButRow, -1), CauseCode.Mask, "leaves the last row at zero as if it were padding", 2),
            new(ScatterWith(x, Collision.LastColumnwise, 0), CauseCode.Duplicates, "assigns the last index only", 3),
        ],
    };

    private enum Collision
    {
        Sum,
        Last,
        First,
        Mean,
        MeanOfAll,
        ByPosition,
        SumButRow,
        LastColumnwise,
    }

    /// <summary>Probabilities along a dimension.</summary>
    internal static Expr Softmax(Expr x, int dim = -1) => new Operator("softmax({0})", one => Inside(one[0], dim) ? one[0].softmax(At(one[0], dim)) : null)
    {
        Sort = Sort.Map,
        Slips = one =>
        [
            new(Softmax(Softmax(one[0], dim), dim), CauseCode.WrongArgument, "applies softmax twice", 1),
            new(one[0], CauseCode.WrongArgument, "has logits where their softmax belongs", 1),
            new(LogSoftmax(one[0], dim), CauseCode.WrongArgument, "has log-softmax where softmax belongs", 1),
            new(Sigmoid(one[0]), CauseCode.WrongArgument, "has a sigmoid where a softmax belongs", 2),
            new(Exp(one[0]), CauseCode.MissingFactor, "lacks softmax's normalisation", 2),
            .. Others(dim).Select(other => new Change(Softmax(one[0], other), CauseCode.Axis, "takes softmax along another dimension", 1)),
        ],
    }.Of(x);

    /// <summary>Scores with −∞ where the column is later than the row.</summary>
    internal static Expr Causal(Expr scores) => new Operator("causal({0})", x => x[0].shape.Length < 2 ? null
        : x[0].masked_fill(torch.arange(x[0].shape[^1], dtype: torch.int64).unsqueeze(0).gt(torch.arange(x[0].shape[^2], dtype: torch.int64).unsqueeze(1)), double.NegativeInfinity))
    {
        Slips = x => [new(x[0], CauseCode.Mask, "lacks the causal mask", 0)],
    }.Of(scores);

    /// <summary>Logarithms of probabilities along a dimension.</summary>
    internal static Expr LogSoftmax(Expr x, int dim = -1) => new Operator("log-softmax({0})", one => Inside(one[0], dim) ? one[0].log_softmax(At(one[0], dim)) : null)
    {
        Sort = Sort.Map,
        Slips = one =>
        [
            new(Softmax(one[0], dim), CauseCode.WrongArgument, "has softmax where log-softmax belongs", 1),
            new(one[0], CauseCode.WrongArgument, "has logits where log-softmax belongs", 1),
            .. Others(dim).Select(other => new Change(LogSoftmax(one[0], other), CauseCode.Axis, "takes log-softmax along another dimension", 1)),
        ],
    }.Of(x);

    /// <summary>log Σ exp along the last dimension, which goes.</summary>
    internal static Expr LogSumExp(Expr x) => new Operator("log Σ exp({0})", one => one[0].shape.Length > 0 ? one[0].logsumexp(-1L) : null).Of(x);

    /// <summary>A row with one 1 for each label, as wide as the last dimension of <paramref name="like"/>; zeros for a label out of range.</summary>
    internal static Expr OneHot(Expr labels, Expr like) => OneHotOf.Of(labels, like);

    /// <summary>Labels as numbers.</summary>
    internal static Expr AsNumbers(Expr labels) => new Operator("{0}", x => x[0].to_type(torch.float64))
    {
        Slips = x => [new(2 * AsNumbers(x[0]) - 1, CauseCode.WrongArgument, "has labels −1 and 1 where 0 and 1 belong", 2), new(1 - AsNumbers(x[0]), CauseCode.WrongArgument, "has the labels the other way round", 2)],
    }.Of(labels);

    /// <summary>Labels, with 0 for those below.</summary>
    internal static Expr AtLeastZero(Expr labels) => new Operator("max({0}, 0)", x => x[0].clamp_min(0)).Of(labels);

    /// <summary>The rows of a table that the index names.</summary>
    internal static Expr Rows(Expr table, Expr index) => RowsOf.Of(table, index);

    /// <summary>A table of zeros like <paramref name="table"/> into which rows are summed where the index says.</summary>
    internal static Expr Scatter(Expr rows, Expr index, Expr table) => ScatterOf.Of(rows, index, table);

    private static Expr Likeliest(Expr logits) => new Operator("onehot(argmax({0}))", x => Labelled(x[0].argmax(-1L), x[0].shape[^1])).Of(logits);

    private static Expr Shifted(Expr labels, Expr like, long by) => new Operator($"onehot({{0}} {(by > 0 ? '+' : '−')} 1)", x => Labelled(x[0] + by, x[1].shape.Length == 0 ? 0 : x[1].shape[^1])).Of(labels, like);

    private static Expr RowsAt(Expr table, Expr index, long by) => new Operator($"{{0}}[{{1}} {(by > 0 ? '+' : '−')} 1]", x =>
        x[0].shape is [> 0, ..] && !x[1].is_floating_point() ? Indexed(x[0], (x[1] + by + x[0].shape[0]).remainder(x[0].shape[0])) : null).Of(table, index);

    /// <summary>The first rows, as many as there are indices.</summary>
    private static Expr Leading(Expr table, Expr index) => new Operator("{0}[first rows]", x =>
        x[0].shape.Length > 0 && ShapeFit.Count(x[1].shape) is var count && count <= x[0].shape[0] ? x[0].narrow(0, 0, count).reshape([.. x[1].shape, .. x[0].shape[1..]]) : null).Of(table, index);

    private static Expr ScatterWith(IReadOnlyList<Expr> arguments, Collision collision, long by) => new Operator("scatter({0} at {1})", x => Scattered(x, collision, by)).Of([.. arguments]);

    private static Tensor? Labelled(Tensor labels, long classes) =>
        labels.is_floating_point() || classes == 0 ? null : labels.unsqueeze(-1).eq(torch.arange(classes, dtype: torch.int64)).to_type(torch.float64);

    private static Tensor? Indexed(Tensor table, Tensor index)
    {
        if (index.is_floating_point() || table.shape.Length == 0 || table.shape[0] == 0) return null;
        var flat = index.reshape(-1);
        return flat.numel() > 0 && (flat.min().item<long>() < 0 || flat.max().item<long>() >= table.shape[0]) ? null : table.index_select(0, flat).reshape([.. index.shape, .. table.shape[1..]]);
    }

    private static Tensor? Scattered(IReadOnlyList<Tensor> x, Collision collision, long by)
    {
        var (rows, index, table) = (x[0], x[1], x[2]);
        if (index.is_floating_point() || table.shape.Length == 0 || table.shape[0] == 0 || !ShapeFit.Into(rows.shape, [.. index.shape, .. table.shape[1..]])) return null;
        var count = ShapeFit.Count(index.shape);
        var flat = rows.expand([.. index.shape, .. table.shape[1..]]).reshape([count, .. table.shape[1..]]);
        var size = table.shape[0];
        var at = index.reshape(-1);
        if (count > 0 && (at.min().item<long>() < 0 || at.max().item<long>() >= size)) return null;
        if (by != 0 && collision == Collision.Sum) at = (at + by + size).remainder(size);
        if (collision == Collision.ByPosition)
        {
            if (count > size) return null;
            at = torch.arange(count, dtype: torch.int64);
        }
        // hit[v, n]: whether row n goes to v. Tables are small here, and a product with zeros and ones has no order of writing to depend on.
        var hit = torch.arange(size, dtype: torch.int64).unsqueeze(1).eq(at.unsqueeze(0)).to_type(torch.float64);
        hit = collision switch
        {
            Collision.Last => hit * (hit.flip(1).cumsum(1).flip(1)).le(1).to_type(torch.float64),
            Collision.First => hit * hit.cumsum(1).le(1).to_type(torch.float64),
            Collision.Mean => hit / hit.sum(1L, true).clamp_min(1),
            Collision.MeanOfAll => hit / count,
            Collision.SumButRow => hit * torch.arange(size, dtype: torch.int64).ne(by == 0 ? 0 : size - 1).to_type(torch.float64).unsqueeze(1),
            Collision.LastColumnwise => hit * torch.arange(count, dtype: torch.int64).eq(count - 1).to_type(torch.float64).unsqueeze(0),
            _ => hit,
        };
        return hit.matmul(flat.reshape(count, ShapeFit.Count(table.shape[1..]))).reshape(table.shape);
    }
}
