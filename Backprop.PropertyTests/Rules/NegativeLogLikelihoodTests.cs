using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class NegativeLogLikelihoodTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("negative-log-likelihood");

    [Fact]
    public void GradientIsMinusTargetOverProbability() => ForAll(Inputs.Labelled, input =>
    {
        var z = Softmax.Forward(input.X.Tensor()).Y;
        var t = OneHot(input.Labels, input.X.Columns);
        Close(-t / z, NegativeLogLikelihood.Backward(Scalar(1), NegativeLogLikelihood.Forward(z, t).Saved).DZ);
    });

    [Fact]
    public void IsNotNegative() => ForAll(Inputs.Labelled, input =>
        Assert.True(NegativeLogLikelihood.Forward(Softmax.Forward(input.X.Tensor()).Y, OneHot(input.Labels, input.X.Columns)).Y.item<double>() >= 0));

    [Fact]
    public void IsLeastWhenTheProbabilitiesAreTheTargets() => ForAll(Inputs.Pair, pair =>
    {
        // Gibbs' inequality: H(t, z) ≥ H(t, t).
        var (z, t) = (Softmax.Forward(pair.X.Tensor()).Y, Softmax.Forward(pair.DY.Tensor()).Y);
        Assert.True(NegativeLogLikelihood.Forward(z, t).Y.item<double>() >= NegativeLogLikelihood.Forward(t, t).Y.item<double>() - 1e-12);
    });

    [Fact]
    public void AtProbabilityZeroTheTargetDecides()
    {
        // The question of notes 002 (d): where t = 0 nothing is lost; where t > 0 the loss is infinite, and so is the slope.
        using var scope = torch.NewDisposeScope();
        var (loss, saved) = NegativeLogLikelihood.Forward(Vector(0, 1), Vector(0, 1));
        Assert.Equal(0, loss.item<double>());
        Assert.Equal([0, -2], Numbers(NegativeLogLikelihood.Backward(Scalar(2), saved).DZ));
        (loss, saved) = NegativeLogLikelihood.Forward(Vector(0, 1), Vector(1, 0));
        Assert.Equal(double.PositiveInfinity, loss.item<double>());
        Assert.Equal([double.NegativeInfinity, 0], Numbers(NegativeLogLikelihood.Backward(Scalar(2), saved).DZ));
    }

    [Fact]
    public void RefusesNegativeProbabilitiesAndNaN()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => NegativeLogLikelihood.Forward(Vector(-0.1, 1.1), Vector(0, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => NegativeLogLikelihood.Forward(Vector(double.NaN, 1), Vector(0, 1)));
    }

    internal static Tensor OneHot(long[] labels, int classes) => torch.nn.functional.one_hot(Labels(labels), classes).to_type(torch.float64);
}
