using Backprop.Models;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

public class OnlineTrainingTests
{
    [Fact]
    public void LearnsExclusiveOr()
    {
        using var scope = torch.NewDisposeScope();
        var (x, labels) = ExclusiveOr();
        var trained = OnlineTraining.Train(OnlineTraining.Initial(2, 4, 1, 3), x, labels, 2, TrainingOptions.Online(1e-3, 5000));
        var predicted = Numbers(LayerSequence.Forward(x, trained.Layers).Y);
        Assert.All(predicted.Zip(Numbers(labels)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.1));
        Assert.True(trained.Settled);
        Assert.True(trained.Losses[^1] < 0.05 * trained.Losses[0]);
    }

    [Fact]
    public void OneUpdateIsTheGradientOfAutograd() => ForAll(Gen.Int[1, 1000], seed =>
    {
        var (x, labels) = ExclusiveOr();
        var (one, label) = (x.narrow(0, 1, 1), labels.narrow(0, 1, 1));
        var network = OnlineTraining.Initial(2, 3, 1, seed);
        IReadOnlyList<Tensor> start = Parameters(network);
        var trained = OnlineTraining.Train(network, one, label, 0.5, TrainingOptions.Online(0, 1));
        var after = Parameters(trained.Layers);
        var error = (IReadOnlyList<Tensor> p) => ((one.mm(p[0]) + p[1]).sigmoid().mm(p[2]) + p[3]).sigmoid().sub(label).pow(2).sum() / 2;
        var gradients = Backprop.Verify.Autograd.Gradients(error, start, [true, true, true, true], Scalar(1));
        Close(error(start), Scalar(trained.Losses[0]));
        foreach (var ((before, gradient), stepped) in start.Zip(gradients).Zip(after)) Close(before - 0.5 * gradient, stepped);
    });

    [Fact]
    public void TheSameSeedGivesTheSameNetworkAndLeaksNothing()
    {
        using var scope = torch.NewDisposeScope();
        var (x, labels) = ExclusiveOr();
        var (first, second) = (OnlineTraining.Initial(2, 3, 1, 7), OnlineTraining.Initial(2, 3, 1, 7));
        var before = scope.DisposablesCount;
        var a = OnlineTraining.Train(first, x, labels, 1, TrainingOptions.Online(0, 20));
        Assert.Equal(before + 4, scope.DisposablesCount);
        var b = OnlineTraining.Train(second, x, labels, 1, TrainingOptions.Online(0, 20));
        Assert.All(Parameters(a.Layers).Zip(Parameters(b.Layers)), pair => Assert.Equal(Numbers(pair.First), Numbers(pair.Second)));
    }

    [Fact]
    public void RefusesDataThatDoNotFit()
    {
        using var scope = torch.NewDisposeScope();
        var (x, labels) = ExclusiveOr();
        var network = OnlineTraining.Initial(2, 3, 1, 7);
        Assert.Contains("labels: expected size 4 in dimension 0 (the rows of x)", Assert.Throws<ArgumentException>(() => OnlineTraining.Train(network, x, labels.narrow(0, 0, 3), 1, new())).Message);
        Assert.Contains("x: expected finite numbers", Assert.Throws<ArgumentException>(() => OnlineTraining.Train(network, x * double.NaN, labels, 1, new())).Message);
        Assert.Contains("layers[0].W: expected size 4", Assert.Throws<ArgumentException>(() => OnlineTraining.Train(network, torch.cat([x, x], 1), labels, 1, new())).Message);
        Assert.Contains("labels: expected size 1 in dimension 1 (the outputs of the last layer)", Assert.Throws<ArgumentException>(() => OnlineTraining.Train(network, x, torch.cat([labels, labels], 1), 1, new())).Message);
        Assert.Contains("expected at least one layer", Assert.Throws<ArgumentException>(() => OnlineTraining.Train([], x, labels, 1, new())).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnlineTraining.Initial(2, 0, 1, 7));
    }

    private static IReadOnlyList<Tensor> Parameters(IReadOnlyList<LayerParameters> layers) => [.. layers.SelectMany(layer => new[] { layer.W, layer.B })];

    private static (Tensor X, Tensor Labels) ExclusiveOr() => (Vector(0, 0, 0, 1, 1, 0, 1, 1).reshape(4, 2), Vector(0, 1, 1, 0).unsqueeze(1));
}
