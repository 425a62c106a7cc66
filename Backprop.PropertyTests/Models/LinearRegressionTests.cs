using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class LinearRegressionTests
{
    [Theory]
    [InlineData("linear-regression")]
    [InlineData("linear-regression-half-mean")]
    [InlineData("linear-regression-plain")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void TheGradientIsThatOfTheNotes() => ForAll(Inputs.Product, input =>
    {
        // Notes 004, lines 2327–2337: Σ_i x^i (h(x^i) − y^i), for the ½ in front.
        var (x, theta, y) = Parts(input);
        var sum = torch.zeros(input.X.Columns, torch.float64);
        for (var i = 0; i < input.X.Rows; i++) sum = sum + x[i] * (torch.dot(theta, x[i]) - y[i]);
        Close(sum, Grads(x, theta, y).DTheta);
    });

    [Fact]
    public void AtTheLeastSquaresSolutionItIsZero() => ForAll(Inputs.Product, input =>
    {
        // Rows of the unit matrix below keep X away from singular, where θ, and with it the rounding, is as great as it likes.
        var (above, _, right) = Parts(input);
        var x = torch.cat([above, torch.eye(input.X.Columns, dtype: torch.float64)], 0);
        var y = torch.cat([right, torch.ones(input.X.Columns, torch.float64)], 0);
        var theta = torch.linalg.pinv(x).mv(y);
        var terms = x.abs().t().mv(x.abs().mv(theta.abs()) + y.abs()).max();
        Close(torch.zeros_like(theta), Grads(x, theta, y).DTheta / (1 + terms), 1e-12);
    });

    [Fact]
    public void StepsDownhillLowerTheErrorAndTheStepOfTheNotesRaisesIt() => ForAll(Inputs.Product, input =>
    {
        // Notes 004, lines 2319–2357 write θ = θ + α∇J.
        var (x, theta, y) = Parts(input);
        var step = 1e-5 * Grads(x, theta, y).DTheta;
        var before = J(x, theta, y);
        Assert.True(J(x, theta - step, y) <= before);
        Assert.True(J(x, theta + step, y) >= before);
    });

    [Fact]
    public void AColumnOfOnesMakesABias() => ForAll(Inputs.Product, input =>
    {
        var (x, theta, _) = Parts(input);
        var (ones, bias) = (torch.ones(input.X.Rows, 1, torch.float64), Vector(0.5));
        Close(LinearRegression.Predict(x, theta) + 0.5, LinearRegression.Predict(torch.cat([ones, x], 1), torch.cat([bias, theta], 0)));
    });

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("theta: expected size 2 in dimension 0 (the columns of x), got shape [3]", Assert.Throws<ArgumentException>(() => LinearRegression.Forward(torch.zeros(4, 2), torch.zeros(3), torch.zeros(4))).Message);
        Assert.Contains("y: expected the shape of h, [4], got shape [4, 1]", Assert.Throws<ArgumentException>(() => LinearRegression.Forward(torch.zeros(4, 2), torch.zeros(2), torch.zeros(4, 1))).Message);
        Assert.Contains("h: expected at least one row", Assert.Throws<ArgumentException>(() => LinearRegression.Forward(torch.zeros(0, 2), torch.zeros(2), torch.zeros(0), ErrorScale.HalfMean)).Message);
        Assert.Contains("x: expected floating-point numbers", Assert.Throws<ArgumentException>(() => LinearRegression.Predict(torch.zeros(1, 1, torch.int64), torch.zeros(1))).Message);
    }

    private static (Tensor X, Tensor Theta, Tensor Y) Parts((Matrix X, Matrix W, Matrix DY) input) => (input.X.Tensor(), input.W.Tensor().select(1, 0), input.DY.Tensor().select(1, 0));

    private static double J(Tensor x, Tensor theta, Tensor y) => LinearRegression.Forward(x, theta, y).Y.item<double>();

    private static LinearRegression.Grads Grads(Tensor x, Tensor theta, Tensor y) => LinearRegression.Backward(Scalar(1), LinearRegression.Forward(x, theta, y).Saved);
}
