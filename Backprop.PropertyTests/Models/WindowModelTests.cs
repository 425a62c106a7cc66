using Backprop.Data;
using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class WindowModelTests
{
    private static readonly string[] Vocabulary = ["aardvark", "amazing", "are", "bread", "in", "museums", "Paris", "zebra"];

    [Fact]
    public void Agrees() => Judge.Agrees("window-model");

    [Fact]
    public void MuseumsInParisAreAmazing()
    {
        // Notes 004, lines 705–791, at their sizes: d = 4, x 20×1, W 8×20, v 8. The corrupt window has another word in the middle, one that it has already.
        using var scope = torch.NewDisposeScope();
        var (table, v, w, b) = (Networks.Some(1, 8, 4), Networks.Some(2, 8), Networks.Some(3, 8, 20), Networks.Some(4, 8));
        var (ids, corrupt) = (Ids("museums in Paris are amazing"), Ids("museums in amazing are amazing"));
        var (loss, saved) = WindowModel.Forward(table, v, w, b, ids, corrupt);
        var grads = WindowModel.Backward(Scalar(1), saved);

        var (x, xc) = (table[ids].flatten(), table[corrupt].flatten());
        var (a, ac) = (torch.sigmoid(w.mv(x) + b), torch.sigmoid(w.mv(xc) + b));
        var (delta, deltaC) = (v * a * (1 - a), v * ac * (1 - ac));
        Close(1 - v.dot(a) + v.dot(ac), loss);
        Assert.True(loss.item<double>() > 0, "the gate should be open here");
        Close(ac - a, grads.DV);
        Close(torch.outer(deltaC, xc) - torch.outer(delta, x), grads.DW);
        Close(deltaC - delta, grads.DB);

        var (slices, corruptSlices) = (-w.t().mv(delta).reshape(5, 4), w.t().mv(deltaC).reshape(5, 4));
        Assert.Equal(ids.data<long>().Order(), grads.DTable.Indices.data<long>());
        var rows = grads.DTable.Dense(8);
        Close(slices[0] + corruptSlices[0], rows[Id("museums")]);
        Close(slices[1] + corruptSlices[1], rows[Id("in")]);
        Close(slices[2], rows[Id("Paris")]);
        Close(slices[3] + corruptSlices[3], rows[Id("are")]);
        Close(slices[4] + corruptSlices[4] + corruptSlices[2], rows[Id("amazing")]);
        Close(torch.zeros(4, torch.float64), rows[Id("zebra")]);
    }

    [Fact]
    public void DescentTellsTheWindowFromItsCorruptOnes()
    {
        using var scope = torch.NewDisposeScope();
        var (table, v, w, b) = (Networks.Some(1, 8, 4), Networks.Some(2, 8), Networks.Some(3, 8, 20) * 0.3, torch.zeros(8, torch.float64));
        var windows = SentenceWindows.Of(Ids("museums in Paris are amazing"), 5).repeat(6, 1);
        var corrupt = SentenceWindows.Corrupt(windows, 8, seed: 1);
        var losses = new List<double>();
        for (var step = 0; step < 60; step++)
        {
            var (loss, saved) = WindowModel.Forward(table, v, w, b, windows, corrupt, reduction: BatchReduction.Mean);
            var grads = WindowModel.Backward(Scalar(1), saved);
            (v, w, b) = (v - 0.3 * grads.DV, w - 0.3 * grads.DW, b - 0.3 * grads.DB);
            table = table.index_add(0, grads.DTable.Indices, grads.DTable.Rows, -0.3);
            losses.Add(loss.item<double>());
        }
        Assert.True(losses[^1] < 0.1 * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void SwappingTheWindowsTurnsTheGradientsRound() => ForAll(Gen.Int[0, 1000], salt =>
    {
        // Small enough weights that both gates are open: then J − 1 and its gradients change sign.
        var (table, v, w, b) = (Networks.Some(salt, 6, 2), Networks.Some(salt + 1, 3) * 0.1, Networks.Some(salt + 2, 3, 6), Networks.Some(salt + 3, 3));
        var (ids, corrupt) = (Labels(0, salt % 6, 2), Labels(5, 4, salt % 5));
        var (forth, back) = (WindowModel.Forward(table, v, w, b, ids, corrupt), WindowModel.Forward(table, v, w, b, corrupt, ids));
        Close(forth.Y - 1, 1 - back.Y);
        var (a, c) = (WindowModel.Backward(Scalar(1), forth.Saved), WindowModel.Backward(Scalar(1), back.Saved));
        Close(a.DW, -c.DW);
        Close(a.DTable.Dense(6), -c.DTable.Dense(6));
    });

    [Fact]
    public void NoWindowsCostNothingAndTouchNoWord()
    {
        using var scope = torch.NewDisposeScope();
        var none = torch.zeros(0, 5, torch.int64);
        var (loss, saved) = WindowModel.Forward(torch.zeros(8, 4, torch.float64), Networks.Some(1, 3), Networks.Some(2, 3, 20), Networks.Some(3, 3), none, none);
        var grads = WindowModel.Backward(Scalar(1), saved);
        Close(Scalar(0), loss);
        Close(torch.zeros(3, 20, torch.float64), grads.DW);
        Assert.Equal([0, 4], grads.DTable.Rows.shape);
    }

    [Fact]
    public void RefusesWindowsThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var (table, v, w, b) = (torch.zeros(8, 4), torch.zeros(3), torch.zeros(3, 20), torch.zeros(3));
        Assert.Contains("corruptIds: expected the shape of ids, [5], got [4]", Wrong(Labels(0, 1, 2, 3, 4), Labels(0, 1, 2, 3)));
        Assert.Contains("x: expected shape [20] or [20, N]", Wrong(Labels(0, 1, 2), Labels(0, 1, 2)));
        Assert.Contains("ids: expected indices in 0 … 7, got 8", Wrong(Labels(0, 1, 2, 3, 4), Labels(0, 1, 8, 3, 4)));

        string Wrong(Tensor ids, Tensor corrupt) => Assert.ThrowsAny<ArgumentException>(() => WindowModel.Forward(table, v, w, b, ids, corrupt)).Message;
    }

    private static long Id(string word) => Array.IndexOf(Vocabulary, word);

    private static Tensor Ids(string sentence) => Labels([.. sentence.Split(' ').Select(Id)]);
}
