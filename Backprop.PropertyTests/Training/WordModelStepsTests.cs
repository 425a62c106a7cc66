using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Training;

/// <summary>Models with tables of word vectors: the hand-written gradient, whole and of the rows at hand alone, and autograd's.</summary>
public class WordModelStepsTests
{
    private static readonly Optimizer[] Rules = [new Optimizer.Sgd(), new Optimizer.Momentum(), new Optimizer.AdaGrad(), new Optimizer.Adam()];

    private sealed record Setting(TrainableModel Model, Func<Random, Batch> Draw, int Seed);

    private static Tensor Ids(Random random, long words, params long[] shape) =>
        torch.tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextInt64(words)).ToArray(), shape, torch.int64);

    private static readonly Gen<Setting> Settings =
        from kind in Gen.Int[0, 4]
        from words in Gen.Int[2, 9]
        from d in Gen.Int[1, 5]
        from n in Gen.Int[1, 6]
        from k in Gen.Int[1, 4]
        from activation in Gen.OneOfConst(Enum.GetValues<Activation>())
        from loss in Gen.OneOfConst(NetworkLoss.SoftmaxCrossEntropy, NetworkLoss.SigmoidCrossEntropy)
        from l2 in Gen.OneOfConst(0, 0.01)
        from seed in Gen.Int[1, 1_000_000]
        select Of(kind, words, d, n, k, activation, loss, l2, seed);

    private static Setting Of(int kind, int words, int d, int n, int k, Activation activation, NetworkLoss loss, double l2, int seed) => kind switch
    {
        0 => new(new WindowScoring(words, d, k, 3, activation), random => new(Ids(random, words, n, k), Ids(random, words, n, k)), seed),
        1 => new(new SentenceNetwork(words, new([d, 4, 3], activation, loss, l2)), random =>
        {
            // Sentences of different lengths: −1 after the last word.
            var ids = Ids(random, words, n, k).masked_fill(torch.arange(k, torch.int64).gt(Ids(random, k, n, 1)), -1);
            return new(ids, loss == NetworkLoss.SoftmaxCrossEntropy ? Ids(random, 3, n) : Ids(random, 2, n, 3).to_type(torch.float64));
        }, seed),
        2 => new(new SkipGramVectors(words, d), random => new(Ids(random, words, n, 2), Ids(random, words, n, k)), seed),
        3 => new(new CbowVectors(words, d), random => new(Ids(random, words, n, k), Ids(random, words, n)), seed),
        _ => new(new GloveVectors(words, d), random => new(Ids(random, words, n, 2), Ids(random, 200, n).to_type(torch.float64) + 1), seed),
    };

    /// <summary>The model's own start has zeros, behind which gradients could hide.</summary>
    private static IReadOnlyList<NamedTensor> Start(Setting setting)
    {
        var random = new Random(setting.Seed);
        return [.. setting.Model.Initial(setting.Seed, torch.float64, torch.CPU).Select(one => one with { Value = one.Value + torch.tensor(Enumerable.Range(0, (int)one.Value.numel()).Select(_ => random.NextDouble() - 0.5).ToArray(), one.Value.shape, torch.float64) })];
    }

    [Fact]
    public void GradientsAreThoseOfAutograd() => ForAll(Settings, setting =>
    {
        var (parameters, batch) = (Start(setting).Select(one => one.Value).ToList(), setting.Draw(new(setting.Seed)));
        var (loss, gradients) = setting.Model.Gradients(parameters, batch);
        var leaves = parameters.Select(one => one.clone().requires_grad_(true)).ToList();
        var other = setting.Model.Loss(leaves, batch);
        Close(other.detach(), loss, 1e-10);
        foreach (var (mine, truth) in gradients.Zip(torch.autograd.grad([other], leaves))) Close(truth, mine, 1e-9);
    });

    /// <summary>Six steps of each kind from the same start: the greatest distance of a parameter or of the optimizer's memory from the pure step's.</summary>
    private static double Distance(Setting setting, Optimizer rule, GradientSource source)
    {
        var start = Start(setting);
        using var pure = TrainingSteps.Create(setting.Model, rule, GradientSource.Pure, start);
        using var other = TrainingSteps.Create(setting.Model, rule, source, start);
        var (random, worst) = (new Random(setting.Seed), 0.0);
        for (var step = 0; step < 6; step++)
        {
            var batch = setting.Draw(random);
            worst = Math.Max(worst, Math.Abs(pure.Step(batch, 0.01) - other.Step(batch, 0.01)));
        }
        return pure.Parameters.Concat(pure.Memory).Zip(other.Parameters.Concat(other.Memory), (a, b) => Numbers(a.Value).Zip(Numbers(b.Value), (x, y) => Math.Abs(x - y)).Max()).Append(worst).Max();
    }

    [Fact]
    public void EveryOptimizerHasItsTwins() => ForAll(Settings, setting => Assert.All(Rules, rule =>
    {
        // AdaGrad and Adam divide by the size of the gradient: where that is rounding alone, another order of the same sum gives any other quotient.
        var decided = rule is Optimizer.Sgd or Optimizer.Momentum;
        if (decided || setting.Model is SkipGramVectors or GloveVectors) Assert.InRange(Distance(setting, rule, GradientSource.Fused), 0, 1e-10);
        if (decided) Assert.InRange(Distance(setting, rule, GradientSource.Autograd), 0, 1e-9);
    }));

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public void FusedStepsToo(int words) => Assert.All(Rules, rule => Assert.All([(0, Activation.Sigmoid), (0, Activation.Tanh), (1, Activation.Tanh), (2, Activation.Tanh), (3, Activation.Tanh), (4, Activation.Tanh)], kind =>
    {
        var setting = Of(kind.Item1, words, 4, 6, 3, kind.Item2, NetworkLoss.SoftmaxCrossEntropy, 0, 5);
        Assert.InRange(Distance(setting, rule, GradientSource.Fused), 0, 1e-10);
        Assert.InRange(Distance(setting, rule, GradientSource.Autograd), 0, 1e-9);
    }));

    [Fact]
    public void RestoredItGoesOnBitForBit() => ForAll(Settings, setting =>
    {
        var rule = Rules[setting.Seed % Rules.Length];
        using var whole = TrainingSteps.Create(setting.Model, rule, GradientSource.Fused, Start(setting));
        using var later = TrainingSteps.Create(setting.Model, rule, GradientSource.Fused, setting.Model.Initial(1, torch.float64, torch.CPU));
        var random = new Random(setting.Seed);
        for (var step = 0; step < 6; step++)
        {
            if (step == 3) later.Restore(whole.Parameters, whole.Memory, whole.Steps);
            var batch = setting.Draw(random);
            var loss = whole.Step(batch, 0.01);
            if (step >= 3) Assert.Equal(loss, later.Step(batch, 0.01));
        }
    });

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var kind in Enumerable.Range(0, 5))
        {
            var setting = Of(kind, 4, 2, 3, 2, Activation.Tanh, NetworkLoss.SoftmaxCrossEntropy, 0, 1);
            var batch = setting.Draw(new(1));
            var parameters = Start(setting).Select(one => one.Value).ToList();
            Assert.ThrowsAny<ArgumentException>(() => setting.Model.Gradients([.. parameters.Skip(1)], batch));
            using var fused = TrainingSteps.Create(setting.Model, new Optimizer.AdaGrad(), GradientSource.Fused, Start(setting));
            foreach (var wrong in new[] { batch with { Inputs = batch.Inputs + 4 }, batch with { Inputs = batch.Inputs.to_type(torch.float64) }, batch with { Inputs = batch.Inputs.narrow(0, 0, 0) }, batch with { Targets = batch.Targets.narrow(0, 0, 1) }, batch with { Targets = batch.Targets - 300 } })
            {
                Assert.ThrowsAny<ArgumentException>(() => setting.Model.Gradients(parameters, wrong));
                Assert.ThrowsAny<ArgumentException>(() => fused.Step(wrong, 0.1));
            }
            Assert.Equal(0, fused.Steps);
            Assert.All(fused.Parameters.Zip(Start(setting)), pair => Assert.Equal(Numbers(pair.Second.Value), Numbers(pair.First.Value)));
        }
        Assert.ThrowsAny<ArgumentException>(() => new WindowScoring(0, 1, 1, 1, Activation.Tanh).Initial(1, torch.float64, torch.CPU));
        Assert.ThrowsAny<ArgumentException>(() => new SkipGramVectors(3, 0).Initial(1, torch.float64, torch.CPU));
    }
}
