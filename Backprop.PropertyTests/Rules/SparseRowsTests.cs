using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SparseRowsTests
{
    private static readonly Gen<(Matrix Rows, long[] Ids)> Rows =
        from pair in Inputs.Pair
        from ids in Gen.Long[0, 3].Array[pair.X.Rows]
        select (pair.X, ids);

    [Fact]
    public void RowsOfOneIdAreSummed() => ForAll(Rows, input =>
    {
        var rows = input.Rows.Tensor();
        var sparse = SparseRows.Accumulate(Labels(input.Ids), rows);
        var oneHot = torch.nn.functional.one_hot(Labels(input.Ids), 4).to_type(torch.float64);
        Close(oneHot.t().mm(rows), sparse.Dense(4));
    });

    [Fact]
    public void IndicesAscendAndComeOnce() => ForAll(Rows, input =>
    {
        var sparse = SparseRows.Accumulate(Labels(input.Ids), input.Rows.Tensor());
        Assert.Equal(input.Ids.Distinct().Order(), sparse.Indices.data<long>());
        Assert.Equal([sparse.Indices.shape[0], input.Rows.Columns], sparse.Rows.shape);
    });

    [Fact]
    public void OrderOfTheRowsDoesNotMatter() => ForAll(Rows, input =>
        Close(SparseRows.Accumulate(Labels(input.Ids), input.Rows.Tensor()).Dense(4),
            SparseRows.Accumulate(Labels(input.Ids).flip(0), input.Rows.Tensor().flip(0)).Dense(4)));

    [Fact]
    public void PlusIsTheSumOfTheMatrices() => ForAll(Rows, input =>
    {
        var (one, other) = (SparseRows.Accumulate(Labels(input.Ids), input.Rows.Tensor()), SparseRows.Accumulate(Labels(2, 0), torch.ones(2, input.Rows.Columns, torch.float64)));
        Close(one.Dense(4) + other.Dense(4), one.Plus(other).Dense(4));
        Assert.Equal(input.Ids.Concat([2, 0]).Distinct().Order(), one.Plus(other).Indices.data<long>());
    });

    [Fact]
    public void NoRowsAreNoRows()
    {
        using var scope = torch.NewDisposeScope();
        var none = SparseRows.Accumulate(torch.zeros(0, torch.int64), torch.zeros(0, 3));
        Assert.Equal([0], none.Indices.shape);
        Assert.Equal([0, 3], none.Rows.shape);
        Close(torch.zeros(2, 3), none.Dense(2));
    }

    [Fact]
    public void RefusesWhatIsNoIndex()
    {
        using var scope = torch.NewDisposeScope();
        var rows = torch.zeros(2, 3);
        Assert.Contains("ids: expected int64 indices of one dimension, got shape [2] of Int32", Assert.Throws<ArgumentException>(() => SparseRows.Accumulate(torch.zeros(2, torch.int32), rows)).Message);
        Assert.Contains("got -1", Assert.Throws<ArgumentOutOfRangeException>(() => SparseRows.Accumulate(Labels(0, -1), rows)).Message);
        Assert.Contains("rows: expected size 3 in dimension 0 (one row for each id)", Assert.Throws<ArgumentException>(() => SparseRows.Accumulate(Labels(0, 1, 1), rows)).Message);
        Assert.Contains("Indices: expected indices in 0 … 1, got 7", Assert.Throws<ArgumentOutOfRangeException>(() => SparseRows.Accumulate(Labels(0, 7), rows).Dense(2)).Message);
    }
}
