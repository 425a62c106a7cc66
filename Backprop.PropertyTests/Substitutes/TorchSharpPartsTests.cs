using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>Tensors taken apart and put together: each element is followed by its number.</summary>
public sealed class TorchSharpPartsTests
{
    private static Tensor Numbers(params long[] shape) => torch.arange(shape.Aggregate(1L, (a, b) => a * b), torch.float64).reshape(shape);

    [Fact]
    public void Views()
    {
        var t = Numbers(2, 3);
        Holds(t.as_strided([2, 2], [1, 2], 1), [2, 2], 1, 3, 2, 4);
        Holds(t.ravel(), [6], 0, 1, 2, 3, 4, 5);
        Holds(t.view_as(Numbers(3, 2)), [3, 2], 0, 1, 2, 3, 4, 5);
        Holds(t[0].expand_as(t), [2, 3], 0, 1, 2, 0, 1, 2);
        Holds(t[0].expand((torch.Size)(2, 3)), [2, 3], 0, 1, 2, 0, 1, 2);
        Holds(t.swapaxes(0, 1), [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.swapdims(0, 1), [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.unflatten(1, (torch.Size)(3, 1)), [2, 3, 1], 0, 1, 2, 3, 4, 5);
        Holds(t.tile([1, 2]), [2, 6], 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        var cube = Numbers(2, 3, 4);
        Assert.Equal([4, 2, 3], cube.movedim([2], [0]).shape);
        Assert.Equal([4, 2, 3], cube.moveaxis([2], [0]).shape);
        Assert.Equal(cube[1, 2, 3].item<double>(), torch.movedim(cube, 2, 0)[3, 1, 2].item<double>());
        Assert.Equal(cube[1, 2, 3].item<double>(), torch.moveaxis(cube, 2, 0)[3, 1, 2].item<double>());
        Assert.Equal(cube[1, 2, 3].item<double>(), torch.moveaxis(cube, (0, 1), (1, 0))[2, 1, 3].item<double>());
        Assert.Equal(cube[1, 2, 3].item<double>(), torch.moveaxis(cube, (0L, 1L, 2L), (1L, 2L, 0L))[3, 1, 2].item<double>());
        Assert.Equal(5, torch.moveaxis(Numbers(1, 2, 3, 1), (0L, 1L, 2L, 3L), (3L, 2L, 1L, 0L))[0, 2, 1, 0].item<double>());
        foreach (var (of, dims) in new[] { (torch.tensor(2.0).atleast_1d(), 1), (torch.tensor(2.0).atleast_2d(), 2), (torch.tensor(2.0).atleast_3d(), 3) }) Assert.Equal(Enumerable.Repeat(1L, dims), of.shape);
        Assert.Equal([[1], [2, 3]], torch.atleast_1d(torch.tensor(2.0), t).Select(x => x.shape));
        Assert.Equal([[1, 1], [2, 3]], torch.atleast_2d(torch.tensor(2.0), t).Select(x => x.shape));
        Assert.Equal([[1, 1, 1], [2, 3, 1]], torch.atleast_3d(torch.tensor(2.0), t).Select(x => x.shape));
    }

    [Fact]
    public void Turned_and_shifted()
    {
        var t = Numbers(2, 3);
        Holds(t.fliplr(), [2, 3], 2, 1, 0, 5, 4, 3);
        Holds(t.flipud(), [2, 3], 3, 4, 5, 0, 1, 2);
        Holds(t.rot90(), [3, 2], 2, 5, 1, 4, 0, 3);
        Holds(t.roll((1, 1), (0, 1)), [2, 3], 5, 3, 4, 2, 0, 1);
        Holds(Numbers(1, 2, 3).roll((0, 1, 1), (0, 1, 2)), [1, 2, 3], 5, 3, 4, 2, 0, 1);
        ReadOnlySpan<long> shifts = [1, 1], dims = [0, 1];
        Holds(t.roll(shifts, dims), [2, 3], 5, 3, 4, 2, 0, 1);
        Holds(torch.roll(t, shifts, dims), [2, 3], 5, 3, 4, 2, 0, 1);
        Holds(Vector(1, 2).diagflat(1), [3, 3], 0, 1, 0, 0, 0, 2, 0, 0, 0);
        Holds(Vector(1, 2).diag_embed(), [2, 2], 1, 0, 0, 2);
        Holds(Numbers(1, 4, 1).channel_shuffle(2), [1, 4, 1], 0, 2, 1, 3);
    }

    [Fact]
    public void Parts_replaced()
    {
        var t = torch.zeros(2, 3, torch.float64);
        Holds(t.diagonal_scatter(Vector(7, 8)), [2, 3], 7, 0, 0, 0, 8, 0);
        Holds(t.select_scatter(Vector(7, 8, 9), 0, 1), [2, 3], 0, 0, 0, 7, 8, 9);
        Holds(t.slice_scatter(Matrix(new double[,] { { 7 }, { 8 } }), 1, 1, 2), [2, 3], 0, 7, 0, 0, 8, 0);
        Holds(t.index_copy(1, torch.tensor(new long[] { 2 }), Matrix(new double[,] { { 7 }, { 8 } })), [2, 3], 0, 0, 7, 0, 0, 8);
        Holds(t.index_fill(1, torch.tensor(new long[] { 0, 2 }), 5), [2, 3], 5, 0, 5, 5, 0, 5);
        Holds(t.masked_scatter(Matrix(new double[,] { { 1, 0, 1 }, { 0, 1, 0 } }).gt(0), Vector(7, 8, 9)), [2, 3], 7, 0, 8, 0, 9, 0);
        Holds(t, [2, 3], 0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void Found_and_taken()
    {
        var t = Matrix(new double[,] { { 5, 0, 4 }, { 0, 6, 0 } });
        Holds(t.argwhere(), [3, 2], 0, 0, 0, 2, 1, 1);
        var places = t.nonzero_as_list();
        Holds(places[0], [3, 1], 0, 0, 1);
        Holds(places[1], [3, 1], 0, 2, 1);
        Holds(t.take_along_dim(t.argsort(1), 1), [2, 3], 0, 4, 5, 0, 0, 6);
        Holds(t.take_along_dim(new List<long> { 2, 4 }), [2], 4, 6);
        Holds(Vector(1, 2, 3).take_along_dim(new List<long> { 2, 0 }, 0), [2], 3, 1);
    }

    [Fact]
    public void Into_several()
    {
        var t = Numbers(4, 4);
        Tensor[][] halves = [t.hsplit(2), t.hsplit(new long[] { 2 }), t.tensor_split(2, 1), t.hsplit(torch.tensor(new long[] { 2 })), torch.hsplit(t, 2), torch.tensor_split(t, 2L, 1)];
        foreach (var half in halves)
        {
            Assert.Equal(2, half.Length);
            Holds(half[1], [4, 2], 2, 3, 6, 7, 10, 11, 14, 15);
        }
        foreach (var third in new[] { t.vsplit(1, 3), torch.vsplit(t, [1L, 3L]), t.vsplit(torch.tensor(new long[] { 1, 3 })), t.tensor_split([1L, 3L]), t.tensor_split(torch.tensor(new long[] { 1, 3 })), t.split(1, 2, 1) })
            Holds(third[1], [2, 4], 4, 5, 6, 7, 8, 9, 10, 11);
        Holds(t.vsplit(2)[1], [2, 4], 8, 9, 10, 11, 12, 13, 14, 15);
        Holds(torch.hsplit(t, (1L, 2L))[1], [4, 1], 1, 5, 9, 13);
        Holds(torch.hsplit(t, (1L, 2L, 3L))[2], [4, 1], 2, 6, 10, 14);
        Holds(torch.hsplit(t, (0L, 1L, 2L, 3L))[3], [4, 1], 2, 6, 10, 14);
        var cube = Numbers(1, 2, 4);
        foreach (var deep in new[] { cube.dsplit(2), cube.dsplit(new long[] { 2 }), cube.dsplit(torch.tensor(new long[] { 2 })) }) Holds(deep[1], [1, 2, 2], 2, 3, 6, 7);
        Holds(torch.dsplit(cube, (1L, 2L))[1], [1, 2, 1], 1, 5);
        Holds(torch.dsplit(cube, (1L, 2L, 3L))[2], [1, 2, 1], 2, 6);
        Holds(torch.dsplit(cube, (0L, 1L, 2L, 3L))[3], [1, 2, 1], 2, 6);
    }

    [Fact]
    public void Several_into_one()
    {
        var (a, b) = (Vector(1, 2), Vector(3, 4));
        foreach (var joined in new[] { torch.concat([a, b]), torch.concatenate([a, b]), torch.cat([a, b]) }) Holds(joined, [4], 1, 2, 3, 4);
        foreach (var rows in new[] { torch.row_stack(a, b), torch.row_stack(new List<Tensor> { a, b }), torch.vstack([a, b]) }) Holds(rows, [2, 2], 1, 2, 3, 4);
        Holds(torch.column_stack(a, b), [2, 2], 1, 3, 2, 4);
        Holds(torch.dstack(a, b), [1, 2, 2], 1, 3, 2, 4);
        Holds(torch.block_diag(Matrix(new double[,] { { 1, 2 } }), Matrix(new double[,] { { 3 } })), [2, 3], 1, 2, 0, 0, 0, 3);
        foreach (var pairs in new[] { torch.cartesian_prod(a, b), torch.cartesian_prod(new List<Tensor> { a, b }) }) Holds(pairs, [4, 2], 1, 3, 1, 4, 2, 3, 2, 4);
        Holds(torch.combinations(Vector(1, 2, 3)), [3, 2], 1, 2, 1, 3, 2, 3);
        Holds(torch.combinations(Vector(1, 2), 2, with_replacement: true), [3, 2], 1, 1, 1, 2, 2, 2);
        var mesh = torch.meshgrid([a, Vector(5, 6, 7)]);
        Holds(mesh[0], [2, 3], 1, 1, 1, 2, 2, 2);
        Holds(mesh[1], [2, 3], 5, 6, 7, 5, 6, 7);
        var alike = torch.broadcast_tensors(a, Matrix(new double[,] { { 5 }, { 6 } }));
        Holds(alike[0], [2, 2], 1, 2, 1, 2);
        Holds(alike[1], [2, 2], 5, 5, 6, 6);
        Holds(torch.nn.utils.rnn.pad_sequence([a, Vector(5, 6, 7)], batch_first: true, padding_value: -1), [2, 3], 1, 2, -1, 5, 6, 7);
    }

    [Fact]
    public void Triangles_by_index()
    {
        Holds(torch.tril_indices(2, 3), [2, 3], 0, 1, 1, 0, 0, 1);
        Holds(torch.triu_indices(2, 3, 1), [2, 3], 0, 0, 1, 1, 2, 2);
        Assert.Throws<ArgumentException>(() => torch.tril_indices(2, 2, dtype: torch.ScalarType.Float32));
    }

    [Fact]
    public void New_ones_of_the_same_dtype()
    {
        var t = torch.zeros(1, torch.int32);
        ReadOnlySpan<long> size = [2, 3];
        Tensor[] five = [t.new_full(size, 5), t.new_full(6, 5), t.new_full(2, 3, 5), t.new_full(1, 2, 3, 5), t.new_full(1, 2, 3, 1, 5)];
        Tensor[] one = [t.new_ones(6), t.new_ones(2, 3), t.new_ones(1, 2, 3), t.new_ones(1, 2, 3, 1)];
        Tensor[] none = [t.new_zeros(size), t.new_zeros(6), t.new_zeros(2, 3), t.new_zeros(1, 2, 3), t.new_zeros(1, 2, 3, 1)];
        Tensor[] any = [t.new_empty(size), t.new_empty(6), t.new_empty(2, 3), t.new_empty(1, 2, 3), t.new_empty(1, 2, 3, 1)];
        foreach (var (made, value) in five.Select(x => (x, 5)).Concat(one.Select(x => (x, 1))).Concat(none.Select(x => (x, 0))))
            Holds(made.ravel(), Enumerable.Repeat((double)value, 6).ToArray());
        long[][] shapes = [[2, 3], [6], [2, 3], [1, 2, 3], [1, 2, 3, 1]];
        Assert.Equal(shapes, five.Select(x => x.shape));
        Assert.Equal(shapes[1..], one.Select(x => x.shape));
        Assert.Equal(shapes, none.Select(x => x.shape));
        Assert.Equal(shapes, any.Select(x => x.shape));
        Assert.All([.. five, .. one, .. none, .. any], x => Assert.Equal(torch.int32, x.dtype));
        Assert.Equal(torch.float32, t.new_ones(2, dtype: torch.float32).dtype);
        Assert.Equal(torch.int32, Vector(1.5).type_as(t).dtype);
    }

    [Fact]
    public void Sizes()
    {
        torch.Size size = (2, 3, 4);
        Assert.Equal(24, size.numel());
        Assert.Equal((3, 4L, 3L, false, false), (size.Length, size[2], size[1L], size.IsEmpty, size.IsScalar));
        Assert.True(torch.Size.Empty.IsScalar && torch.Size.Empty.IsEmpty && torch.Size.Empty.numel() == 1);
        Assert.Equal([2L, 3, 4], size.Shape);
        Assert.Equal([2L, 3], size.Take(2));
        Assert.Equal([3L], size.Slice(1, -1).Shape);
        Assert.Equal([2L, 3, 4, 5], (size + (torch.Size)5).Shape);
        Assert.Equal([2L, 3, 4, 6], (size + (IEnumerable<long>)[6L]).Shape);
        Assert.Equal([2L, 3, 4], size.ToList());
        torch.Size[] same = [new([1L, 2]), new([1, 2]), new((1, 2)), new((1L, 2L)), (1, 2), new long[] { 1, 2 }, new(Enumerable.Range(1, 2).Select(i => (long)i))];
        Assert.All(same, s => Assert.Equal([1L, 2], s.Shape));
        torch.Size[] more = [new(7), new(7L), 7, new((1, 2, 3)), new((1L, 2L, 3L)), (1L, 2L, 3L, 4L), new((1, 2, 3, 4)), new((1, 2, 3, 4, 5)), (1L, 2L, 3L, 4L, 5L), new((1, 2, 3, 4, 5, 6)), (1L, 2L, 3L, 4L, 5L, 6L)];
        Assert.Equal([7, 7, 7, 6, 6, 24, 24, 120, 120, 720, 720], more.Select(s => s.numel()));
        Assert.Equal([2L, 3], torch.randint(5, (2, 3)).shape);
        Assert.InRange(Values(torch.randint(4, 6, (torch.Size)(50, 2))).Average(), 4.1, 4.9);
    }
}
