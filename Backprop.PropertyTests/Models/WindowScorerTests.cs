using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class WindowScorerTests
{
    [Theory]
    [InlineData("window-scorer")]
    [InlineData("window-scorer-single")]
    public void Agrees(string subject) => Judge.Agrees(subject);

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Networks.Windows, input =>
    {
        // Notes 004, lines 1555–1640: ∂s/∂v = a, ∂s/∂W = δxᵀ, ∂s/∂b = δ, ∂s/∂x = Wᵀδ with δ = v ∘ f′(z).
        var (v, w, b, x) = (input.Vector(), input.W.Tensor(), input.Bias(), input.X.Tensor()[.., 0]);
        var a = torch.sigmoid(w.mv(x) + b);
        var delta = v * a * (1 - a);
        var (s, saved) = WindowScorer.Forward(v, w, b, x);
        var grads = WindowScorer.Backward(Scalar(1), saved);
        Close(v.dot(a), s);
        Close(a, grads.DV);
        Close(torch.outer(delta, x), grads.DW);
        Close(delta, grads.DB);
        Close(w.t().mv(delta), grads.DX);
    });

    [Fact]
    public void ABatchIsItsWindowsOneByOne() => ForAll(Networks.Windows, input =>
    {
        var (v, w, b, x) = (input.Vector(), input.W.Tensor(), input.Bias(), input.X.Tensor());
        var (scores, saved) = WindowScorer.Forward(v, w, b, x, Activation.Tanh);
        var ds = torch.linspace(-1, 2, input.X.Columns, torch.float64);
        var grads = WindowScorer.Backward(ds, saved);
        var dw = torch.zeros_like(w);
        for (var n = 0; n < input.X.Columns; n++)
        {
            var (s, one) = WindowScorer.Forward(v, w, b, x[.., n], Activation.Tanh);
            var each = WindowScorer.Backward(ds[n], one);
            dw += each.DW;
            Close(scores[n], s);
            Close(grads.DX[.., n], each.DX);
        }
        Close(dw, grads.DW);
    });

    [Fact]
    public void ShapesAreThoseOfTheNotes()
    {
        // Notes 004, lines 783–791: x 20×1, W 8×20, v 8×1.
        using var scope = torch.NewDisposeScope();
        var (v, w, b, x) = (Networks.Some(1, 8, 1), Networks.Some(2, 8, 20), Networks.Some(3, 8, 1), Networks.Some(4, 20, 1));
        var (s, saved) = WindowScorer.Forward(v, w, b, x);
        var grads = WindowScorer.Backward(torch.ones_like(s), saved);
        Assert.Equal([1], s.shape);
        Assert.Equal(v.shape, grads.DV.shape);
        Assert.Equal(w.shape, grads.DW.shape);
        Assert.Equal(b.shape, grads.DB.shape);
        Assert.Equal(x.shape, grads.DX.shape);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var (v, w, b, x) = (torch.zeros(8), torch.zeros(8, 20), torch.zeros(8), torch.zeros(20));
        Assert.Contains("v: expected shape [8] or [8, 1] (the rows of w), got shape [20]", Wrong(torch.zeros(20), w, b, x));
        Assert.Contains("w: expected shape M×D", Wrong(v, torch.zeros(8), b, x));
        Assert.Contains("b: expected shape [8] or [8, 1]", Wrong(v, w, torch.zeros(1, 8), x));
        Assert.Contains("x: expected shape [20] or [20, N]", Wrong(v, w, b, torch.zeros(1, 20)));
        Assert.Contains("v: expected floating-point numbers", Wrong(torch.zeros(8, torch.int64), w, b, x));

        static string Wrong(Tensor v, Tensor w, Tensor b, Tensor x) => Assert.Throws<ArgumentException>(() => WindowScorer.Forward(v, w, b, x)).Message;
    }
}
