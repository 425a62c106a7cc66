using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class SquaredErrorTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("squared-error");

    [Fact]
    public void GradientIsPredictionMinusLabel() => ForAll(Inputs.Pair, pair =>
    {
        // Notes 002 write (d − z) for ∂E/∂z; it is the gradient with respect to d.
        var (z, d) = (pair.X.Tensor(), pair.DY.Tensor());
        var (dz, dd) = SquaredError.Backward(Scalar(1), SquaredError.Forward(z, d).Saved);
        Close(z - d, dz);
        Close(d - z, dd);
    });

    [Fact]
    public void IsHalfTheSquaredDistance() => ForAll(Inputs.Pair, pair =>
        Close(Scalar(0.5 * pair.X.Entries.Zip(pair.DY.Entries, (z, d) => (d - z) * (d - z)).Sum()), SquaredError.Forward(pair.X.Tensor(), pair.DY.Tensor()).Y));

    [Fact]
    public void ShiftingBothChangesNothing() => ForAll(Inputs.Pair, pair =>
        Close(SquaredError.Forward(pair.X.Tensor(), pair.DY.Tensor()).Y, SquaredError.Forward(pair.X.Tensor() + 8, pair.DY.Tensor() + 8).Y));

    [Fact]
    public void RefusesToBroadcast()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("d: expected the shape of z, [4, 1], got shape [4]", Assert.Throws<ArgumentException>(() => SquaredError.Forward(torch.zeros(4, 1), torch.zeros(4))).Message);
    }
}
