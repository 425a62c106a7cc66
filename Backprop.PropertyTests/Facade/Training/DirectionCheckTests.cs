using Backprop.Facade.Training;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Facade.Training;

public class DirectionCheckTests
{
    private static readonly DenseNetwork Network = new([2, 4, 3], Activation.Tanh, NetworkLoss.SoftmaxCrossEntropy, 0.01);

    private static readonly Gen<(int Seed, int Wrong)> Cases = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 3]);

    [Fact]
    public void TheTrueGradientPassesAndOneWrongEntryIsNamed() => ForAll(Cases, @case =>
    {
        var parameters = Network.Initial(@case.Seed, torch.float64, torch.CPU);
        var batch = new Batch(Vector([.. Enumerable.Range(0, 10).Select(n => Math.Sin(n + @case.Seed))]).reshape(5, 2), Labels(0, 1, 2, 1, 0));
        var right = Network.Gradients([.. parameters.Select(parameter => parameter.Value)], batch).Gradients;
        Assert.Null(DirectionCheck.Compare(Network, parameters, right, batch, @case.Seed));

        List<Tensor> wrong = [.. right.Select(gradient => gradient.clone())];
        wrong[@case.Wrong].view(-1).narrow(0, 0, 1).add_(1e-3);
        Assert.Contains($"worst d{parameters[@case.Wrong].Name}[0", DirectionCheck.Compare(Network, parameters, wrong, batch, @case.Seed));
        wrong[@case.Wrong].mul_(double.NaN);
        Assert.Contains("hand NaN", DirectionCheck.Compare(Network, parameters, wrong, batch, @case.Seed));
    });
}
