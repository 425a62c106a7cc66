using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class WindowConcatenationTests
{
    private static readonly Gen<(Matrix Table, long[] Ids, Matrix DY)> Windows =
        from n in Gen.Int[1, 3]
        from k in Gen.Int[1, 4]
        from pair in Inputs.Pair
        from ids in Gen.Int[0, pair.X.Rows - 1].Select(id => (long)id).Array[n * k]
        from dy in Inputs.Real.Array[n * k * pair.X.Columns]
        select (pair.X, ids, new Matrix(k * pair.X.Columns, n, dy));

    [Fact]
    public void Agrees() => Judge.Agrees("window-concatenation");

    [Fact]
    public void BackwardIsTheAdjointOfForward() => ForAll(Windows, input =>
    {
        // Linear in the table, so ⟨dy, Forward(table)⟩ = ⟨Backward(dy), table⟩.
        var (table, dy) = (input.Table.Tensor(), input.DY.Tensor());
        var (y, saved) = WindowConcatenation.Forward(table, Ids(input.Ids, input.DY));
        Close((dy * y).sum(), (WindowConcatenation.Backward(dy, saved).DTable.Dense(input.Table.Rows) * table).sum(), 1e-9);
    });

    [Fact]
    public void TouchesTheWordsOfTheWindowsAndNoOthers() => ForAll(Windows, input =>
    {
        var (_, saved) = WindowConcatenation.Forward(input.Table.Tensor(), Ids(input.Ids, input.DY));
        Assert.Equal(input.Ids.Distinct().Order(), WindowConcatenation.Backward(input.DY.Tensor(), saved).DTable.Indices.data<long>());
    });

    [Fact]
    public void AWindowIsItsWordsOneBelowTheOther()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.tensor(new double[] { 0, 1, 10, 11, 20, 21 }, [3, 2], torch.float64);
        Assert.Equal([20.0, 21, 0, 1, 20, 21], Numbers(WindowConcatenation.Forward(table, Labels(2, 0, 2)).Y));
        Close(Vector(20, 21, 0, 1).unsqueeze(1), WindowConcatenation.Forward(table, Labels(2, 0).unsqueeze(0)).Y);
    }

    [Fact]
    public void RepeatedWordsAccumulate()
    {
        using var scope = torch.NewDisposeScope();
        var (_, saved) = WindowConcatenation.Forward(torch.zeros(4, 2, torch.float64), Labels(2, 0, 2));
        var rows = WindowConcatenation.Backward(Vector(1, 2, 10, 20, 100, 200), saved).DTable;
        Assert.Equal([0L, 2L], rows.Indices.data<long>());
        Assert.Equal([10.0, 20, 101, 202], Numbers(rows.Rows));
    }

    [Fact]
    public void SplitGivesEachWordItsSlice() => ForAll(Windows, input =>
    {
        // Notes 004, lines 733–735: δ_window = [∇x_museums; ∇x_in; …].
        var words = input.Ids.Length / input.DY.Columns;
        var (delta, d) = (input.DY.Tensor(), input.Table.Columns);
        var slices = WindowConcatenation.Split(delta, words);
        for (var i = 0; i < input.Ids.Length; i++) Close(delta[.., i / words].narrow(0, i % words * d, d), slices[i]);
    });

    [Fact]
    public void RefusesWhatIsNoWindow()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.zeros(3, 2);
        Assert.Contains("ids: expected indices in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => WindowConcatenation.Forward(table, Labels(0, 3))).Message);
        Assert.Contains("ids: expected int64 ids of shape [K] or [N, K], K ≥ 1 words in a window, got shape [0]", Wrong(table, Labels()));
        Assert.Contains("got shape [2] of Int32", Wrong(table, torch.zeros(2, torch.int32)));
        Assert.Contains("table: expected a vocabulary of at least one word, got shape [0, 2]", Wrong(torch.zeros(0, 2), Labels(0)));
        Assert.Contains("window: expected shape [5·d] or [5·d, N], d numbers for each of 5 words, got [12]", Assert.Throws<ArgumentException>(() => WindowConcatenation.Split(torch.zeros(12), 5)).Message);

        static string Wrong(Tensor table, Tensor ids) => Assert.Throws<ArgumentException>(() => WindowConcatenation.Forward(table, ids)).Message;
    }

    private static Tensor Ids(long[] ids, Matrix dy) => Labels(ids).reshape(dy.Columns, -1);
}
