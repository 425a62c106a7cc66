using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SoftmaxTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("softmax");

    [Fact]
    public void IsInvariantToShifts() => ForAll(Gen.Select(Inputs.Logits, Gen.Double[-100, 100]), pair =>
        Close(Y(pair.Item1.Tensor()), Y(pair.Item1.Tensor() + pair.Item2), 1e-9));

    [Fact]
    public void IsInvariantToExtremeShifts() => ForAll(Gen.Select(Inputs.Logits, Gen.OneOfConst(-1e4, 1e4)), pair =>
    {
        // A shift of 10⁴ rounds the logits themselves, by up to 10⁴ · 2⁻⁵³ each.
        var shifted = Y(pair.Item1.Tensor() + pair.Item2);
        Close(Y(pair.Item1.Tensor()), shifted, 1e-11);
    });

    [Fact]
    public void RowsAreProbabilities() => ForAll(Inputs.ExtremeLogits, x =>
    {
        var y = Y(x.Tensor());
        Close(torch.ones(x.Rows, torch.float64), y.sum(1L));
        Assert.All(Numbers(y), p => Assert.InRange(p, 0, 1));
    });

    [Fact]
    public void PermutingTheClassesPermutesTheResult() => ForAll(Inputs.Logits, x => Close(Y(x.Tensor()).flip(1), Y(x.Tensor().flip(1))));

    [Fact]
    public void JacobianIsDiagonalMinusOuterProduct() => ForAll(Inputs.Logits, x =>
    {
        var row = x.Tensor()[0];
        var y = Y(row);
        Close(torch.diag(y) - torch.outer(y, y), Jacobian(row));
    });

    [Fact]
    public void JacobianIsSymmetricAndItsRowsSumToZero() => ForAll(Inputs.ExtremeLogits, x =>
    {
        var jacobian = Jacobian(x.Tensor()[0]);
        Close(jacobian, jacobian.t());
        Close(torch.zeros(x.Columns, torch.float64), jacobian.sum(1L));
    });

    [Fact]
    public void VectorJacobianProductIsThatOfTheNotes() => ForAll(Inputs.Pair, pair =>
    {
        // Notes 002, question 1 (b): z_i = σ_i(v_i − v·σᵀ).
        var (x, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        var (y, saved) = Softmax.Forward(x);
        var dx = Softmax.Backward(v, saved).DX;
        Close(y * (v - torch.dot(v, y)), dx);
        Close(torch.mv(Jacobian(x).t(), v), dx);
    });

    [Fact]
    public void GradientRowsSumToZero() => ForAll(Inputs.Pair, pair =>
        Close(torch.zeros(pair.X.Rows, torch.float64), Softmax.Backward(pair.DY.Tensor(), Softmax.Forward(pair.X.Tensor()).Saved).DX.sum(1L)));

    [Fact]
    public void ExtremeLogitsGiveNoNaN() => ForAll(Inputs.ExtremeLogits, x =>
    {
        var (y, saved) = Softmax.Forward(x.Tensor());
        Assert.All(Numbers(Softmax.Backward(torch.ones_like(y), saved).DX), entry => Assert.True(double.IsFinite(entry)));
    });

    [Fact]
    public void RefusesNoClasses()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("C ≥ 1", Assert.Throws<ArgumentException>(() => Softmax.Forward(torch.zeros(2, 0))).Message);
        Assert.Contains("C ≥ 1", Assert.Throws<ArgumentException>(() => Softmax.Forward(Scalar(1))).Message);
    }

    private static Tensor Y(Tensor x) => Softmax.Forward(x).Y;

    /// <summary>Row i is what a cotangent of e_i gives.</summary>
    private static Tensor Jacobian(Tensor x)
    {
        var (_, saved) = Softmax.Forward(x);
        var unit = torch.eye(x.shape[0], dtype: torch.float64);
        return torch.stack(Enumerable.Range(0, (int)x.shape[0]).Select(i => Softmax.Backward(unit[i], saved).DX).ToArray());
    }
}
