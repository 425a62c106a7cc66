using Backprop.Diagnosis;
using Backprop.Facade;
using Backprop.Facade.Training;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;
using static Backprop.PropertyTests.Property;
using Input = Backprop.Verify.Input;

namespace Backprop.PropertyTests.Cuda;

/// <summary>Everything again on a GPU.</summary>
public class CudaTests
{
    private static readonly Optimizer[] Rules = [new Optimizer.Sgd(), new Optimizer.Momentum(), new Optimizer.AdaGrad(), new Optimizer.Adam()];

    [CudaFact]
    public void EveryRuleAgrees()
    {
        foreach (var dtype in new[] { torch.ScalarType.Float64, torch.ScalarType.Float32 })
        {
            var report = Gradients.Verify(new VerifyRequest { Options = new() { Device = "cuda", Dtype = dtype } });
            Assert.True(report.Disagreed == 0, report.Sentence);
        }
    }

    [CudaFact]
    public void AWrongGradientIsWrongThereToo()
    {
        var x = Input.Real("x", "N", "D");
        Assert.Equal(Verdict.Right, Gradients.Check(x => x.tanh(), (dy, x) => dy * (1 - x.tanh().square()), x, new() { Device = "cuda" }).Verdict);
        var wrong = Gradients.Check(x => x.tanh(), (dy, x) => dy * (1 + x.tanh().square()), x, new() { Device = "cuda" });
        Assert.Equal(Verdict.Wrong, wrong.Verdict);
        Assert.NotEmpty(wrong.Causes);
    }

    /// <summary>TF32 keeps ten bits: far fewer than float32's 24.</summary>
    [CudaFact]
    public void ProductsHaveAllDigitsOfFloat32()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.randn([256, 256], torch.float32, torch.CUDA), torch.randn([256, 256], torch.float32, torch.CUDA));
        var exact = a.to_type(torch.float64).mm(b.to_type(torch.float64));
        Assert.InRange((a.mm(b).to_type(torch.float64) - exact).abs().max().item<double>(), 0, 1e-3);
    }

    [CudaFact]
    public void StepsAreTwinsThereToo() => Assert.All(Rules, rule => Assert.All(Enum.GetValues<NetworkLoss>(), loss =>
    {
        using var scope = torch.NewDisposeScope();
        var network = new DenseNetwork([4, 5, 3], Activation.Tanh, loss, 0.01);
        var (random, steps) = (new Random(1), Enum.GetValues<GradientSource>().Select(source => TrainingSteps.Create(network, rule, source, network.Initial(1, torch.float64, torch.CUDA))).ToList());
        for (var step = 0; step < 30; step++)
        {
            var x = torch.tensor(Enumerable.Range(0, 36).Select(_ => random.NextDouble()).ToArray(), [9, 4], torch.float64).cuda();
            var y = loss is NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge ? torch.tensor(Enumerable.Range(0, 9).Select(_ => random.NextInt64(3)).ToArray(), torch.int64).cuda()
                : torch.tensor(Enumerable.Range(0, 27).Select(_ => random.NextDouble()).ToArray(), [9, 3], torch.float64).cuda();
            foreach (var one in steps) one.Step(new(x, y), 0.01);
        }
        foreach (var other in steps.Skip(1))
            foreach (var (mine, its) in steps[0].Parameters.Zip(other.Parameters)) Close(mine.Value.detach().cpu(), its.Value.detach().cpu(), 1e-9);
        foreach (var one in steps) one.Dispose();
    }));

    [CudaFact]
    public void TrainingComesToWhatItComesToOnTheProcessor()
    {
        foreach (var (model, data) in new[] { ("neural-network", "spiral"), ("svm", "blobs"), ("logistic-regression", "moons"), ("window-scorer", "places"), ("skip-gram", "places"), ("cbow", "places"), ("glove", "places") })
        {
            var request = new TrainRequest { Model = model, Data = data, Hidden = model == "neural-network" ? [10] : [], Steps = 30, BatchSize = 16, Dtype = "float64", VerifyEvery = 10 };
            var (here, there) = (Trainings.Train(request), Trainings.Train(request with { Device = "cuda" }));
            Assert.Equal(("finished", null), (there.End, there.Problem));
            Assert.Equal(here.Loss, there.Loss, 1e-7);
        }
    }
}
