using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Verify;

public class AutogradTests
{
    [Fact]
    public void GivesAGradientForEachDifferentiableInput() => ForAll(Inputs.Product, input =>
    {
        var gradients = Autograd.Gradients(x => x[0].mm(x[1]), [input.X.Tensor(), input.W.Tensor()], [false, true], input.DY.Tensor());
        Close(input.X.Tensor().t().mm(input.DY.Tensor()), Assert.Single(gradients));
    });

    [Fact]
    public void AnUnusedInputGetsZeros()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal([0, 0], Numbers(Autograd.Gradients(x => x[0] * 2, [Vector(1), Vector(1, 2)], [true, true], Vector(1))[1]));
        Assert.Equal([0], Numbers(Autograd.Gradients(x => torch.ones(1, torch.float64), [Vector(1)], [true], Vector(1))[0]));
    }

    [Fact]
    public void LeavesTheInputsAsTheyWere()
    {
        using var scope = torch.NewDisposeScope();
        var x = Vector(1, 2);
        Autograd.Gradients(inputs => inputs[0].pow(2), [x], [true], Vector(1, 1));
        Assert.False(x.requires_grad);
    }
}
