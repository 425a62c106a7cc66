using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class MatrixProductTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("matrix-product");

    [Fact]
    public void BackwardIsTheAdjoint() => ForAll(Inputs.Product, input =>
    {
        // ⟨dY, XW⟩ is linear in X and in W, so it equals ⟨dX, X⟩ and ⟨dW, W⟩.
        var (x, w, dy) = (input.X.Tensor(), input.W.Tensor(), input.DY.Tensor());
        var (y, saved) = MatrixProduct.Forward(x, w);
        var (dx, dw) = MatrixProduct.Backward(dy, saved);
        Close((dy * y).sum(), (dx * x).sum());
        Close((dy * y).sum(), (dw * w).sum());
    });

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Inputs.Product, input =>
    {
        // Notes 000, entry by entry: dL/dx_ik = Σ_j dL/dy_ij w_kj; dL/dw_kj = Σ_i x_ik dL/dy_ij.
        var (x, w, dy) = (input.X, input.W, input.DY);
        var (dx, dw) = MatrixProduct.Backward(dy.Tensor(), MatrixProduct.Forward(x.Tensor(), w.Tensor()).Saved);
        var byHandX = new double[x.Entries.Length];
        var byHandW = new double[w.Entries.Length];
        for (var i = 0; i < x.Rows; i++)
            for (var k = 0; k < x.Columns; k++)
                for (var j = 0; j < w.Columns; j++)
                {
                    byHandX[i * x.Columns + k] += dy.Entries[i * w.Columns + j] * w.Entries[k * w.Columns + j];
                    byHandW[k * w.Columns + j] += dy.Entries[i * w.Columns + j] * x.Entries[i * x.Columns + k];
                }
        Close((x with { Entries = byHandX }).Tensor(), dx);
        Close((w with { Entries = byHandW }).Tensor(), dw);
    });

    [Fact]
    public void TransposingSwapsTheRoles() => ForAll(Inputs.Product, input =>
    {
        var (x, w, dy) = (input.X.Tensor(), input.W.Tensor(), input.DY.Tensor());
        var (dx, dw) = MatrixProduct.Backward(dy, MatrixProduct.Forward(x, w).Saved);
        var swapped = MatrixProduct.Backward(dy.t(), MatrixProduct.Forward(w.t(), x.t()).Saved);
        Close(dx.t(), swapped.DW);
        Close(dw.t(), swapped.DX);
    });

    [Fact]
    public void AnEmptyBatchGivesZeroForTheWeights()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = MatrixProduct.Forward(torch.zeros(0, 2, torch.float64), torch.ones(2, 3, torch.float64));
        var (dx, dw) = MatrixProduct.Backward(torch.zeros_like(y), saved);
        Assert.Equal([0, 2], dx.shape);
        Assert.Equal(new double[6], Numbers(dw));
    }

    [Fact]
    public void SaysWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("w: expected size 2 in dimension 0 (the columns of x), got shape [3, 2]", Assert.Throws<ArgumentException>(() => MatrixProduct.Forward(torch.zeros(4, 2), torch.zeros(3, 2))).Message);
        Assert.Contains("x: expected shape N×D, got shape [4]", Assert.Throws<ArgumentException>(() => MatrixProduct.Forward(torch.zeros(4), torch.zeros(3, 2))).Message);
        Assert.Contains("w: expected dtype and device of x, Float32 on cpu", Assert.Throws<ArgumentException>(() => MatrixProduct.Forward(torch.zeros(4, 2), torch.zeros(2, 3, torch.float64))).Message);
    }
}
