using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class NeuronTests
{
    [Theory]
    [InlineData("neuron")]
    [InlineData("neuron-columns")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void IsTheActivationOfTheDotProduct() => ForAll(Inputs.Product, input =>
    {
        var (w, x, b) = (input.W.Tensor().select(1, 0), input.X.Tensor()[0], Scalar(0.5));
        foreach (var kind in Enum.GetValues<Activation>())
            Close(Activate.Forward(Dot.Forward(w, x).Y + b, kind).Y, Neuron.Forward(w, x, b, kind).Y);
    });

    [Fact]
    public void TheBiasIsAWeightOfAnInputThatIsOne() => ForAll(Inputs.Product, input =>
    {
        var (w, x, b) = (input.W.Tensor().select(1, 0), input.X.Tensor()[0], Scalar(0.5));
        var one = torch.ones(1, torch.float64);
        var grads = Neuron.Backward(Scalar(2), Neuron.Forward(w, x, b).Saved);
        var stacked = Neuron.Backward(Scalar(2), Neuron.Forward(torch.cat([w, b.unsqueeze(0)], 0), torch.cat([x, one], 0), Scalar(0)).Saved);
        Close(torch.cat([grads.DW, grads.DB.unsqueeze(0)], 0), stacked.DW);
    });

    [Fact]
    public void RefusesABiasThatIsNoScalar()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("b: expected a scalar, of shape [], got [1]", Assert.Throws<ArgumentException>(() => Neuron.Forward(torch.zeros(2), torch.zeros(2), torch.zeros(1))).Message);
        Assert.Contains("x: expected shape [2]", Assert.Throws<ArgumentException>(() => Neuron.Forward(torch.zeros(2), torch.zeros(3), torch.tensor(0.0f))).Message);
    }
}
