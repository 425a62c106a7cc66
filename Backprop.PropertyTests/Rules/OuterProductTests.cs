using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class OuterProductTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("outer-product");

    [Fact]
    public void IsAColumnTimesARow() => ForAll(Inputs.Product, input =>
    {
        var (u, v) = (input.DY.Tensor().select(1, 0), input.X.Tensor()[0]);
        Close(MatrixProduct.Forward(u.unsqueeze(1), v.unsqueeze(0)).Y, OuterProduct.Forward(u, v).Y);
    });

    [Fact]
    public void IsTheWeightGradientOfOneExample() => ForAll(Inputs.Product, input =>
    {
        // Notes 004: ∂s/∂W = δxᵀ for z = Wx + b.
        var (w, x, delta) = (input.W.Tensor().t(), input.X.Tensor()[0], input.DY.Tensor()[0]);
        var grads = ColumnLinear.Backward(delta, ColumnLinear.Forward(w, x, torch.zeros_like(delta)).Saved);
        Close(OuterProduct.Forward(delta, x).Y, grads.DW);
    });

    [Fact]
    public void ItsTraceIsTheDotProduct() => ForAll(Inputs.Pair, pair =>
    {
        var (u, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        Close(Dot.Forward(u, v).Y, torch.trace(OuterProduct.Forward(u, v).Y));
    });

    [Fact]
    public void RefusesMatrices()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("v: expected shape D, got shape [1, 2]", Assert.Throws<ArgumentException>(() => OuterProduct.Forward(torch.zeros(2), torch.zeros(1, 2))).Message);
        Assert.Contains("v: expected dtype and device of u", Assert.Throws<ArgumentException>(() => OuterProduct.Forward(torch.zeros(2), Vector(1))).Message);
    }
}
