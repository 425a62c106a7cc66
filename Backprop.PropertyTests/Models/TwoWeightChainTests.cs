using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class TwoWeightChainTests
{
    private static readonly Gen<double[]> Numbers4 = Inputs.Real.Array[4];

    [Theory]
    [InlineData("two-weight-chain")]
    [InlineData("two-weight-chain-batch")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void GradientsAreTheProductsOfTheNotes() => ForAll(Numbers4, numbers =>
    {
        // Notes 002 ④ and ⑤, with the sign of ∂E/∂z set right: ∂E/∂w₂ = ∂E/∂z · z(1 − z) · y; ∂E/∂w₁ = ∂E/∂z · z(1 − z) · w₂ · y(1 − y) · x.
        var (x, w1, w2, d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var grads = Grads(x, w1, w2, d);
        var y = 1 / (1 + Math.Exp(-w1 * x));
        var z = 1 / (1 + Math.Exp(-w2 * y));
        Close(Scalar((z - d) * z * (1 - z) * y), grads.DW2);
        Close(Scalar((z - d) * z * (1 - z) * w2 * y * (1 - y) * x), grads.DW1);
    });

    [Fact]
    public void XAndTheFirstWeightMayBeExchanged() => ForAll(Numbers4, numbers =>
    {
        var (there, back) = (Grads(numbers[0], numbers[1], numbers[2], numbers[3]), Grads(numbers[1], numbers[0], numbers[2], numbers[3]));
        Close(there.DX, back.DW1);
        Close(there.DW1, back.DX);
        Close(there.DW2, back.DW2);
    });

    [Fact]
    public void AStepAgainstTheGradientDescendsAndTheSignOfTheNotesClimbs() => ForAll(Numbers4, numbers =>
    {
        var (x, w1, w2, d) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var slope = Grads(x, w1, w2, d).DW2.item<double>();
        var before = E(x, w1, w2, d);
        Assert.True(E(x, w1, w2 - 1e-3 * slope, d) <= before);
        // (d − z) instead of (z − d) turns the gradient's sign, and the step with it.
        Assert.True(E(x, w1, w2 + 1e-3 * slope, d) >= before - 1e-12);
    });

    [Fact]
    public void ABatchIsAsManyChains() => ForAll(Gen.Select(Numbers4, Numbers4), pair =>
    {
        var batch = pair.Item1.Zip(pair.Item2, (first, second) => Vector(first, second)).ToArray();
        var (e, saved) = TwoWeightChain.Forward(batch[0], batch[1], batch[2], batch[3]);
        var grads = TwoWeightChain.Backward(Scalar(1), saved);
        foreach (var (one, i) in new[] { pair.Item1, pair.Item2 }.Select((one, i) => (one, i)))
            Close(Grads(one[0], one[1], one[2], one[3]).DW1, grads.DW1[i]);
        Close(Scalar(E(pair.Item1) + E(pair.Item2)), e);
    });

    [Fact]
    public void RefusesToBroadcast()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("w2: expected the shape of x, [2], got shape []", Assert.Throws<ArgumentException>(() => TwoWeightChain.Forward(Vector(1, 2), Vector(1, 2), Scalar(1), Vector(1, 2))).Message);
        Assert.Contains("x: expected floating-point numbers", Assert.Throws<ArgumentException>(() => TwoWeightChain.Forward(Labels(1), Vector(1), Vector(1), Vector(1))).Message);
    }

    private static double E(params double[] numbers) => Primal(numbers).Y.item<double>();

    private static TwoWeightChain.Grads Grads(params double[] numbers) => TwoWeightChain.Backward(Scalar(1), Primal(numbers).Saved);

    private static Primal<TwoWeightChain.Saved> Primal(double[] numbers) => TwoWeightChain.Forward(Scalar(numbers[0]), Scalar(numbers[1]), Scalar(numbers[2]), Scalar(numbers[3]));
}
