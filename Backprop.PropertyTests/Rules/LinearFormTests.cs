using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class LinearFormTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("linear-form");

    [Fact]
    public void WithOneColumnTheGradientIsTheColumn() => ForAll(Inputs.Product, input =>
    {
        // Notes 004, lines 485–492: d/dx xᵀA = [a₁; a₂], for A: 2×1.
        var (x, a) = (input.X.Tensor()[0], input.W.Tensor().narrow(1, 0, 1));
        var (y, saved) = LinearForm.Forward(x, a);
        Close(Dot.Forward(x, a.squeeze(1)).Y.unsqueeze(0), y);
        Close(a.squeeze(1), LinearForm.Backward(Vector(1), saved).DX);
    });

    [Fact]
    public void IsLinear() => ForAll(Inputs.Product, input =>
    {
        var (x, a) = (input.X.Tensor()[0], input.W.Tensor());
        var other = x.flip(0);
        Close(2 * Y(x, a) - 3 * Y(other, a), Y(2 * x - 3 * other, a), 1e-9);
    });

    [Fact]
    public void TheGradientOfTheMatrixIsAnOuterProduct() => ForAll(Inputs.Product, input =>
    {
        var (x, a, dy) = (input.X.Tensor()[0], input.W.Tensor(), input.DY.Tensor()[0]);
        Close(OuterProduct.Forward(x, dy).Y, LinearForm.Backward(dy, LinearForm.Forward(x, a).Saved).DA);
    });

    [Fact]
    public void RefusesAnotherNumberOfRows()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("a: expected size 2 in dimension 0 (the entries of x), got shape [3, 4]", Assert.Throws<ArgumentException>(() => LinearForm.Forward(torch.zeros(2), torch.zeros(3, 4))).Message);
        Assert.Contains("x: expected shape D", Assert.Throws<ArgumentException>(() => LinearForm.Forward(torch.zeros(2, 1), torch.zeros(2, 4))).Message);
    }

    private static Tensor Y(Tensor x, Tensor a) => LinearForm.Forward(x, a).Y;
}
