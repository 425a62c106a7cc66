using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class WindowRankingTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("window-ranking");

    [Fact]
    public void GradientsAreThoseOfTheNotes() => ForAll(Networks.Windows, input =>
    {
        // Notes 004, lines 1026–1030: ∂J/∂W = −δxᵀ + δ_c x_cᵀ where J > 0; and where J = 0, which they leave out, 0.
        var (v, w, b, x, c) = (input.Vector(), input.W.Tensor(), input.Bias(), input.X.Tensor()[.., 0], input.Corrupt.Tensor()[.., 0]);
        var (a, ac) = (torch.sigmoid(w.mv(x) + b), torch.sigmoid(w.mv(c) + b));
        var (delta, deltaC) = (v * a * (1 - a), v * ac * (1 - ac));
        var (loss, saved) = WindowRanking.Forward(v, w, b, x, c);
        var grads = WindowRanking.Backward(Scalar(1), saved);
        var gate = loss.item<double>() > 0 ? 1 : 0;
        Close((-a + ac) * gate, grads.DV);
        Close((-torch.outer(delta, x) + torch.outer(deltaC, c)) * gate, grads.DW);
        Close((-delta + deltaC) * gate, grads.DB);
        Close(-w.t().mv(delta) * gate, grads.DX);
        Close(w.t().mv(deltaC) * gate, grads.DXCorrupt);
    });

    [Fact]
    public void ShutGatesLetNothingThrough()
    {
        using var scope = torch.NewDisposeScope();
        var (loss, saved) = WindowRanking.Forward(Vector(9, 9), torch.eye(2, dtype: torch.float64) * 5, Vector(0, 0), Vector(1, 1), Vector(-1, -1));
        var grads = WindowRanking.Backward(Scalar(1), saved);
        Close(Scalar(0), loss);
        Assert.All(new[] { grads.DV, grads.DW, grads.DB, grads.DX, grads.DXCorrupt }, gradient => Assert.All(Numbers(gradient), entry => Assert.Equal(0, entry)));
    }

    [Fact]
    public void AWindowAgainstItselfCostsOneAndTeachesTheParametersNothing() => ForAll(Networks.Windows, input =>
    {
        var x = input.X.Tensor();
        var (loss, saved) = WindowRanking.Forward(input.Vector(), input.W.Tensor(), input.Bias(), x, x, reduction: BatchReduction.Mean);
        var grads = WindowRanking.Backward(Scalar(1), saved);
        Close(Scalar(1), loss);
        Close(torch.zeros_like(grads.DW), grads.DW);
        Close(torch.zeros_like(grads.DV), grads.DV);
        Close(-grads.DX, grads.DXCorrupt);
    });

    [Fact]
    public void StepsDownhillLowerTheLoss() => ForAll(Networks.Windows, input =>
    {
        var (v, w, b, x, c) = (input.Vector(), input.W.Tensor(), input.Bias(), input.X.Tensor(), input.Corrupt.Tensor());
        var (loss, saved) = WindowRanking.Forward(v, w, b, x, c);
        var grads = WindowRanking.Backward(Scalar(1), saved);
        var after = WindowRanking.Forward(v - 1e-5 * grads.DV, w - 1e-5 * grads.DW, b - 1e-5 * grads.DB, x, c).Y;
        Assert.True(after.item<double>() <= loss.item<double>() + 1e-7);
    });

    [Fact]
    public void RefusesWindowsOfDifferentShapes()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("xCorrupt: expected the shape of x, [2, 3]", Assert.Throws<ArgumentException>(() =>
            WindowRanking.Forward(torch.zeros(4), torch.zeros(4, 2), torch.zeros(4), torch.zeros(2, 3), torch.zeros(2, 1))).Message);
    }
}
