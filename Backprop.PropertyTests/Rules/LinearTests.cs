using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class LinearTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("linear");

    [Fact]
    public void BiasGradientIsTheColumnSum() => ForAll(Inputs.Product, input =>
    {
        var b = torch.ones(input.W.Columns, torch.float64);
        var grads = Linear.Backward(input.DY.Tensor(), Linear.Forward(input.X.Tensor(), input.W.Tensor(), b).Saved);
        Close(input.DY.Tensor().sum(0L), grads.DB);
    });

    [Fact]
    public void ARowOfBiasesKeepsItsShape() => ForAll(Inputs.Product, input =>
    {
        // np.sum(dZ, axis=0, keepdims=True) of notes 003.
        var b = torch.ones(1, input.W.Columns, torch.float64);
        var grads = Linear.Backward(input.DY.Tensor(), Linear.Forward(input.X.Tensor(), input.W.Tensor(), b).Saved);
        Close(input.DY.Tensor().sum(0L, keepdim: true), grads.DB);
    });

    [Fact]
    public void IsTheProductWithAColumnOfOnes() => ForAll(Inputs.Product, input =>
    {
        var (x, w, dy) = (input.X.Tensor(), input.W.Tensor(), input.DY.Tensor());
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64);
        var (y, saved) = Linear.Forward(x, w, b);
        var grads = Linear.Backward(dy, saved);
        var product = MatrixProduct.Forward(torch.cat([x, torch.ones(input.X.Rows, 1, torch.float64)], 1), torch.cat([w, b.unsqueeze(0)], 0));
        var stacked = MatrixProduct.Backward(dy, product.Saved);
        Close(product.Y, y);
        Close(stacked.DW, torch.cat([grads.DW, grads.DB.unsqueeze(0)], 0));
    });

    [Fact]
    public void RefusesABiasOfAnotherSize()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var shape in new long[][] { [2], [3, 1], [1, 1, 3], [] })
            Assert.Contains("b: expected shape [3] or [1, 3]", Assert.Throws<ArgumentException>(() => Linear.Forward(torch.zeros(4, 2), torch.zeros(2, 3), torch.zeros(shape))).Message);
    }
}
