using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class LayerTests
{
    [Theory]
    [InlineData("layer")]
    [InlineData("layer-identity")]
    [InlineData("layer-tanh")]
    [InlineData("layer-relu")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void RowsAreNeurons() => ForAll(Inputs.Product, input =>
    {
        // Notes 004: a₁ = f(w₁₁x₁ + w₁₂x₂ + w₁₃x₃ + b₁), a₂ = …, etc.
        var (w, x) = (input.W.Tensor().t(), input.X.Tensor().t());
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64);
        var a = Layer.Forward(w, x, b, Activation.Sigmoid).Y;
        for (var row = 0; row < input.W.Columns; row++) Close(Neuron.Forward(w[row], x, b[row]).Y, a[row]);
    });

    [Fact]
    public void PermutingTheNeuronsPermutesTheGradients() => ForAll(Inputs.Product, input =>
    {
        var (w, x, dy) = (input.W.Tensor().t(), input.X.Tensor().t(), input.DY.Tensor().t());
        var b = torch.linspace(-1, 1, input.W.Columns, torch.float64);
        var straight = Layer.Backward(dy, Layer.Forward(w, x, b, Activation.Tanh).Saved);
        var flipped = Layer.Backward(dy.flip(0), Layer.Forward(w.flip(0), x, b.flip(0), Activation.Tanh).Saved);
        Close(straight.DW.flip(0), flipped.DW);
        Close(straight.DB.flip(0), flipped.DB);
        Close(straight.DX, flipped.DX);
    });

    [Fact]
    public void ShapesAreThoseOfTheNotes()
    {
        // 3×3 · 3×1 + 3×1 = 3×1.
        using var scope = torch.NewDisposeScope();
        Assert.Equal([3, 1], Layer.Forward(torch.zeros(3, 3), torch.zeros(3, 1), torch.zeros(3, 1), Activation.Sigmoid).Y.shape);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected shape [3]", Assert.Throws<ArgumentException>(() => Layer.Forward(torch.zeros(2, 3), torch.zeros(2), torch.zeros(2), Activation.Relu)).Message);
        Assert.Contains("kind: expected Identity", Assert.Throws<ArgumentOutOfRangeException>(() => Layer.Forward(torch.zeros(2, 3), torch.zeros(3), torch.zeros(2), (Activation)7)).Message);
    }
}
