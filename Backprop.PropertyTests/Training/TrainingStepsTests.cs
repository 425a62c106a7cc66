using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

public class TrainingStepsTests
{
    private static readonly Optimizer[] Rules = [new Optimizer.Sgd(), new Optimizer.Momentum(), new Optimizer.AdaGrad(), new Optimizer.Adam()];

    private sealed record Setting(DenseNetwork Network, Optimizer Optimizer, int Seed, int Examples, double Rate)
    {
        public Batch Draw(int step)
        {
            // Two sizes of batch in turn, so that buffers are changed and come back.
            var (random, n) = (new Random(1009 * Seed + step), step % 3 == 2 ? (1 + Examples) / 2 : Examples);
            // A bias behind the hinge gets a sum of ±1/n, often 0, which is exact in any order only where n is a power of two. With n = 9 one order
            // leaves 2⁻⁵⁴, and AdaGrad divides that by its 1e-10.
            if (Network.Judge is NetworkLoss.Hinge) n = 1 << int.Log2(n);
            double[] Numbers(int count, Func<double> one) => [.. Enumerable.Range(0, count).Select(_ => one())];
            var (inputs, outputs) = (Network.Sizes[0], Network.Sizes[^1]);
            return new(torch.tensor(Numbers(n * inputs, () => 4 * random.NextDouble() - 2), [n, inputs], torch.float64), Network.Judge switch
            {
                NetworkLoss.SquaredError => torch.tensor(Numbers(n * outputs, () => 2 * random.NextDouble() - 1), [n, outputs], torch.float64),
                NetworkLoss.SigmoidCrossEntropy => torch.tensor(Numbers(n * outputs, random.NextDouble), [n, outputs], torch.float64),
                _ => torch.tensor(Enumerable.Range(0, n).Select(_ => random.NextInt64(outputs)).ToArray(), torch.int64),
            });
        }
    }

    private static readonly Gen<Setting> Settings =
        from sizes in Gen.Int[1, 6].List[2, 4]
        from hidden in Gen.OneOfConst(Enum.GetValues<Activation>())
        from output in Gen.OneOfConst(Enum.GetValues<Activation>())
        from loss in Gen.OneOfConst(Enum.GetValues<NetworkLoss>())
        from l2 in Gen.OneOfConst(0, 0.01)
        from bias in Gen.Bool
        from rule in Gen.Int[0, 3]
        from seed in Gen.Int[1, 1_000_000]
        from examples in Gen.Int[1, 7]
        from rate in Gen.Double[0.001, 0.1]
        select new Setting(new(sizes, hidden, loss, l2, bias, output), Rules[rule], seed, examples, rate);

    // Where all units before it are closed, a relu before the hinge sees a bias alone, a sum of equal steps there and back: 0, or what rounding left, which opens it.
    // So there each step is compared from the same point.
    private static bool StandsOnAKink(DenseNetwork network) => network.Judge is NetworkLoss.Hinge && (network.Hidden is Activation.Relu || network.Output is Activation.Relu);

    /// <summary>Both steps side by side: the greatest distance of a parameter or of the loss, relative to its tensor's scale.</summary>
    private static double Distance(Setting setting, GradientSource one, GradientSource other, int steps, Func<Batch, Batch>? spoiled = null)
    {
        using var scope = torch.NewDisposeScope();
        var start = setting.Network.Initial(setting.Seed, torch.float64, torch.CPU);
        using var a = TrainingSteps.Create(setting.Network, setting.Optimizer, one, start);
        using var b = TrainingSteps.Create(setting.Network, setting.Optimizer, other, start);
        var worst = 0.0;
        for (var step = 0; step < steps; step++)
        {
            using var inner = torch.NewDisposeScope();
            var batch = setting.Draw(step);
            var (lossA, lossB) = (a.Step(batch, setting.Rate), b.Step(spoiled?.Invoke(batch) ?? batch, setting.Rate));
            // Where the rate is too great for the network, rounding grows with everything else, to ∞ − ∞ at last.
            if (!(Math.Abs(lossA) < 1e4)) break;
            worst = Math.Max(worst, Math.Abs(lossA - lossB) / Math.Max(1, Math.Abs(lossA)));
            foreach (var (p, q) in a.Parameters.Zip(b.Parameters))
            {
                Assert.Equal(p.Name, q.Name);
                var (x, y) = (Numbers(p.Value), Numbers(q.Value));
                worst = x.Zip(y, (u, v) => Math.Abs(u - v) / Math.Max(1, x.Max(Math.Abs))).Append(worst).Max();
            }
            if (StandsOnAKink(setting.Network)) b.Restore(a.Parameters, a.Memory, a.Steps);
        }
        return worst;
    }

    // AdaGrad and Adam divide by the size of the gradient: where that is rounding alone, the quotient is anything; so they are compared
    // where gradients are not: one step of each from the same point is compared exactly in UpdatesTests.
    private static bool IsDecided(Setting setting) => setting.Optimizer is Optimizer.Sgd or Optimizer.Momentum;

    [Fact]
    public void FusedIsThePureStep() => ForAll(Settings, setting =>
    {
        if (IsDecided(setting)) Assert.InRange(Distance(setting, GradientSource.Pure, GradientSource.Fused, 12), 0, 1e-10);
    });

    [Fact]
    public void AutogradIsThePureStep() => ForAll(Settings, setting =>
    {
        if (IsDecided(setting)) Assert.InRange(Distance(setting, GradientSource.Pure, GradientSource.Autograd, 12), 0, 1e-10);
    });

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    public void EveryOptimizerHasItsTwin(Activation hidden) => Assert.All(Rules, rule => Assert.All(Enum.GetValues<NetworkLoss>(), loss =>
    {
        var setting = new Setting(new([4, 5, 3], hidden, loss, 0.01), rule, 7, 9, 0.01);
        Assert.InRange(Distance(setting, GradientSource.Autograd, GradientSource.Fused, 60), 0, 1e-10);
        Assert.InRange(Distance(setting, GradientSource.Autograd, GradientSource.Pure, 60), 0, 1e-10);
    }));

    [Fact]
    public void TheComparisonSeesASmallSlip() =>
        Assert.InRange(Distance(new(new([4, 5, 3], Activation.Tanh, NetworkLoss.SoftmaxCrossEntropy), new Optimizer.Sgd(), 7, 9, 0.01), GradientSource.Pure, GradientSource.Fused, 2,
            batch => batch with { Inputs = batch.Inputs * (1 + 1e-6) }), 1e-10, 1e-4);

    [Fact]
    public void RestoredItGoesOnBitForBit() => Assert.All(Rules, rule => Assert.All(Enum.GetValues<GradientSource>(), source =>
    {
        using var scope = torch.NewDisposeScope();
        var setting = new Setting(new([3, 4, 2], Activation.Relu, NetworkLoss.SoftmaxCrossEntropy, 0.001), rule, 3, 6, 0.05);
        using var whole = TrainingSteps.Create(setting.Network, rule, source, setting.Network.Initial(3, torch.float64, torch.CPU));
        using var later = TrainingSteps.Create(setting.Network, rule, source, setting.Network.Initial(4, torch.float64, torch.CPU));
        for (var step = 0; step < 10; step++)
        {
            if (step == 5) later.Restore(whole.Parameters, whole.Memory, whole.Steps);
            var loss = whole.Step(setting.Draw(step), setting.Rate);
            if (step >= 5) Assert.Equal(loss, later.Step(setting.Draw(step), setting.Rate));
        }
        Assert.Equal(whole.Steps, later.Steps);
        Assert.All(whole.Parameters.Concat(whole.Memory).Zip(later.Parameters.Concat(later.Memory)), pair => Assert.Equal(Numbers(pair.First.Value), Numbers(pair.Second.Value)));
    }));

    [Fact]
    public void StepsLiveOutsideTheScopeThatMadeThem()
    {
        foreach (var source in Enum.GetValues<GradientSource>())
        {
            var network = new DenseNetwork([2, 3, 2], Activation.Sigmoid, NetworkLoss.Hinge);
            ITrainingStep step;
            using (torch.NewDisposeScope()) step = TrainingSteps.Create(network, new Optimizer.Momentum(), source, network.Initial(1, torch.float32, torch.CPU));
            using (step)
                for (var i = 0; i < 3; i++)
                    using (torch.NewDisposeScope()) Assert.True(double.IsFinite(step.Step(new(torch.ones(4, 2), torch.zeros(4, torch.int64)), 0.1)));
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedAndChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var network = new DenseNetwork([2, 3], Activation.Identity, NetworkLoss.SoftmaxCrossEntropy);
        using var step = TrainingSteps.Create(network, new Optimizer.Sgd(), GradientSource.Fused, network.Initial(1, torch.float64, torch.CPU));
        var before = step.Parameters.SelectMany(parameter => Numbers(parameter.Value)).ToArray();
        var x = torch.ones(2, 2, torch.float64);
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(torch.ones(1, 3, torch.float64), Labels(0)), 0.1));
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(torch.ones(2, 2), Labels(0, 1)), 0.1));
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(x, Labels(0)), 0.1));
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(x, torch.zeros(2, 3, torch.float64)), 0.1));
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(torch.zeros(0, 2, torch.float64), torch.zeros(0, torch.int64)), 0.1));
        Assert.ThrowsAny<Exception>(() => step.Step(new(x, Labels(0, 3)), 0.1));
        Assert.ThrowsAny<ArgumentException>(() => step.Step(new(x, Labels(0, 1)), double.NaN));
        Assert.ThrowsAny<ArgumentException>(() => step.Restore([], [], 0));
        Assert.Equal(before, step.Parameters.SelectMany(parameter => Numbers(parameter.Value)));
        Assert.Equal(0, step.Steps);
        Assert.ThrowsAny<ArgumentException>(() => TrainingSteps.Create(network with { Sizes = [3] }, new Optimizer.Sgd(), GradientSource.Fused, []));
        Assert.ThrowsAny<ArgumentException>(() => TrainingSteps.Create(network, new Optimizer.Adam(Beta1: 1), GradientSource.Fused, network.Initial(1, torch.float64, torch.CPU)));
    }
}
