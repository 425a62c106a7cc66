using Backprop.Optimizers;
using TorchSharp.Modules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Optimizers;

/// <summary>The update rules beside TorchSharp's own optimizers, which its substitute has not.</summary>
public class TorchOptimTests
{
    [Theory]
    [MemberData(nameof(UpdatesTests.Rules), MemberType = typeof(UpdatesTests))]
    public void UpdatesAreThoseOfTorchOptim(Optimizer optimizer) => ForAll(UpdatesTests.Paths, path =>
    {
        var parameter = new Parameter(Vector(path.Theta), requires_grad: true);
        using var theirs = Theirs(optimizer, [parameter], path.Rate);
        var (mine, memory) = (Vector(path.Theta), Updates.MemoryNames(optimizer).Select(_ => Vector(0)).ToList());
        for (var t = 1; t <= path.Gradients.Length; t++)
        {
            theirs.zero_grad();
            (parameter * Vector(path.Gradients[t - 1])).sum().backward();
            theirs.step();
            Updates.Apply(optimizer, mine, Vector(path.Gradients[t - 1]), memory, t, path.Rate);
            Close(parameter, mine, 1e-12);
        }
    });

    private static torch.optim.Optimizer Theirs(Optimizer optimizer, Parameter[] own, double rate) => optimizer switch
    {
        Optimizer.Momentum(var mu) => torch.optim.SGD(own, rate, mu),
        Optimizer.AdaGrad(var epsilon) => torch.optim.Adagrad(own, rate, 0, 0, 0, epsilon),
        Optimizer.Adam(var beta1, var beta2, var epsilon) => torch.optim.Adam(own, rate, beta1, beta2, epsilon),
        _ => torch.optim.SGD(own, rate),
    };
}
