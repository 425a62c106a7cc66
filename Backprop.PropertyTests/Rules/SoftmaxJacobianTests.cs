using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SoftmaxJacobianTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("softmax-jacobian");

    [Fact]
    public void ProductIsThatOfTheRuleWithoutTheMatrix() => ForAll(Inputs.Pair, pair =>
    {
        var (x, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        Close(Softmax.Backward(v, Softmax.Forward(x).Saved).DX, SoftmaxJacobian.Product(v, x));
    });

    [Fact]
    public void EntriesAreThoseOfTheNotes() => ForAll(Inputs.Logits, matrix =>
    {
        var x = matrix.Tensor()[0];
        var (y, jacobian) = (Numbers(Softmax.Forward(x).Y), SoftmaxJacobian.Of(x));
        for (var i = 0; i < y.Length; i++)
            for (var j = 0; j < y.Length; j++)
                Close(Scalar(i == j ? y[i] * (1 - y[i]) : -y[i] * y[j]), jacobian[i, j]);
    });

    [Fact]
    public void IsSymmetricAndItsRowsSumToZero() => ForAll(Inputs.ExtremeLogits, matrix =>
    {
        var jacobian = SoftmaxJacobian.Of(matrix.Tensor()[0]);
        Close(jacobian, jacobian.t(), 0);
        Close(torch.zeros(matrix.Columns, torch.float64), jacobian.sum(1L));
    });

    [Fact]
    public void IsPositiveSemiDefinite() => ForAll(Inputs.Pair, pair =>
    {
        // v · D_xσ · vᵀ is the variance of v under σ; it is also the Hessian of the softmax cross-entropy.
        var (x, v) = (pair.X.Tensor()[0], pair.DY.Tensor()[0]);
        Assert.True(Dot.Forward(SoftmaxJacobian.Product(v, x), v).Y.item<double>() >= -1e-12);
    });

    [Fact]
    public void RefusesMatricesAndAnotherSize()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("x: expected shape N, got shape [2, 2]", Assert.Throws<ArgumentException>(() => SoftmaxJacobian.Of(torch.zeros(2, 2))).Message);
        Assert.Contains("v: expected the shape of x, [2]", Assert.Throws<ArgumentException>(() => SoftmaxJacobian.Product(torch.zeros(3), torch.zeros(2))).Message);
        Assert.Contains("C ≥ 1", Assert.Throws<ArgumentException>(() => SoftmaxJacobian.Of(Vector())).Message);
    }
}
