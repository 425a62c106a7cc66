using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class ColumnLinearTests
{
    [Theory]
    [InlineData("column-linear")]
    [InlineData("column-linear-vector")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void IsTheTransposeOfTheLayerOfRows() => ForAll(Inputs.Product, input =>
    {
        var (x, w, dy) = (input.X.Tensor(), input.W.Tensor(), input.DY.Tensor());
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64);
        var (rows, columns) = (Linear.Forward(x, w, b), ColumnLinear.Forward(w.t(), x.t(), b.unsqueeze(1)));
        Close(rows.Y.t(), columns.Y);
        var (of, back) = (Linear.Backward(dy, rows.Saved), ColumnLinear.Backward(dy.t(), columns.Saved));
        Close(of.DW.t(), back.DW);
        Close(of.DX.t(), back.DX);
        Close(of.DB.unsqueeze(1), back.DB);
    });

    [Fact]
    public void AVectorIsOneColumn() => ForAll(Inputs.Product, input =>
    {
        var (w, x, dy) = (input.W.Tensor().t(), input.X.Tensor()[0], input.DY.Tensor()[0]);
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64);
        var (one, column) = (ColumnLinear.Forward(w, x, b), ColumnLinear.Forward(w, x.unsqueeze(1), b));
        Close(one.Y, column.Y.squeeze(1));
        Close(ColumnLinear.Backward(dy, one.Saved).DX, ColumnLinear.Backward(dy.unsqueeze(1), column.Saved).DX.squeeze(1));
        // Notes 004: ∂/∂b = δ, true as it stands for one example only.
        Close(dy, ColumnLinear.Backward(dy, one.Saved).DB);
    });

    [Fact]
    public void DuplicatingTheColumnsDoublesTheGradientsOfTheParameters() => ForAll(Inputs.Product, input =>
    {
        var (w, x, dy) = (input.W.Tensor().t(), input.X.Tensor().t(), input.DY.Tensor().t());
        var b = torch.zeros(input.W.Columns, torch.float64);
        var once = ColumnLinear.Backward(dy, ColumnLinear.Forward(w, x, b).Saved);
        var twice = ColumnLinear.Backward(torch.cat([dy, dy], 1), ColumnLinear.Forward(w, torch.cat([x, x], 1), b).Saved);
        Close(2 * once.DW, twice.DW, 1e-9);
        Close(2 * once.DB, twice.DB, 1e-9);
    });

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var w = torch.zeros(2, 3);
        foreach (var x in new[] { torch.zeros(2), torch.zeros(2, 3), torch.zeros(3, 1, 1), torch.tensor(1.0f) })
            Assert.Contains("x: expected shape [3] or [3, N], the columns of w, got", Assert.Throws<ArgumentException>(() => ColumnLinear.Forward(w, x, torch.zeros(2))).Message);
        foreach (var b in new[] { torch.zeros(3), torch.zeros(1, 2), torch.tensor(1.0f) })
            Assert.Contains("b: expected shape [2] or [2, 1], the rows of w, got", Assert.Throws<ArgumentException>(() => ColumnLinear.Forward(w, torch.zeros(3), b)).Message);
        var saved = ColumnLinear.Forward(w, torch.zeros(3, 4), torch.zeros(2)).Saved;
        Assert.Contains("dy: expected shape M×N", Assert.Throws<ArgumentException>(() => ColumnLinear.Backward(torch.zeros(2), saved)).Message);
    }
}
