using Backprop.Shapes;

namespace Backprop.Optimizers;

/// <summary>A parameter after a step, and what the optimizer remembers of it.</summary>
public sealed record Updated(Tensor Theta, IReadOnlyList<Tensor> Memory);

/// <summary>The update rules as pure functions, and in place for training.</summary>
/// <remarks>
/// Source: notes 004, line 151 (θ − ∇J); Polyak (1964) in the form of Sutskever et al. (2013) with the rate outside; Duchi et al. (2011); Kingma and Ba (2015).
/// ε stands outside the root, and momentum keeps g unscaled, as torch.optim has both.
/// </remarks>
public static class Updates
{
    /// <summary>How many tensors an optimizer remembers for each parameter, and what they are.</summary>
    public static IReadOnlyList<string> MemoryNames(Optimizer optimizer) => optimizer switch
    {
        Optimizer.Sgd => [],
        Optimizer.Momentum => ["velocity"],
        Optimizer.AdaGrad => ["squares"],
        Optimizer.Adam => ["mean", "squares"],
        _ => throw Unknown(optimizer),
    };

    /// <summary>θ after one step, with what is to be remembered; nothing is changed.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="theta">θ.</param>
    /// <param name="gradient">g, of θ's shape, dtype and device.</param>
    /// <param name="memory">As <see cref="MemoryNames"/> says, each of θ's shape; zeros at first.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="rate">η: finite and not negative.</param>
    /// <exception cref="ArgumentException">The gradient or the memory does not fit θ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A constant, the rate or the step is out of its range.</exception>
    public static Updated Step(Optimizer optimizer, Tensor theta, Tensor gradient, IReadOnlyList<Tensor> memory, long step, double rate)
    {
        Check(optimizer);
        CheckRate(rate);
        Expect.Floating(theta, nameof(theta));
        Expect.Same(gradient, nameof(gradient), theta, nameof(theta));
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        if (memory.Count != MemoryNames(optimizer).Count) throw new ArgumentException($"memory: expected {MemoryNames(optimizer).Count} tensors, got {memory.Count}.", nameof(memory));
        foreach (var tensor in memory) Expect.Same(tensor, nameof(memory), theta, nameof(theta));
        switch (optimizer)
        {
            case Optimizer.Sgd:
                return new(GradientDescent.Step(theta, gradient, rate), []);
            case Optimizer.Momentum(var mu):
                var velocity = memory[0] * mu + gradient;
                return new(theta - velocity * rate, [velocity]);
            case Optimizer.AdaGrad(var epsilon):
                var squares = memory[0] + gradient * gradient;
                return new(theta - gradient * rate / (squares.sqrt() + epsilon), [squares]);
            case Optimizer.Adam(var beta1, var beta2, var epsilon):
                var mean = memory[0] * beta1 + gradient * (1 - beta1);
                var square = memory[1] * beta2 + gradient * gradient * (1 - beta2);
                var (unbiasedMean, unbiasedSquare) = (mean / (1 - Math.Pow(beta1, step)), square / (1 - Math.Pow(beta2, step)));
                return new(theta - unbiasedMean * rate / (unbiasedSquare.sqrt() + epsilon), [mean, square]);
            default:
                throw Unknown(optimizer);
        }
    }

    /// <summary>The same in place, on θ and its memory; the gradient may be overwritten. Its own arguments are trusted.</summary>
    internal static void Apply(Optimizer optimizer, Tensor theta, Tensor gradient, IReadOnlyList<Tensor> memory, long step, double rate)
    {
        switch (optimizer)
        {
            case Optimizer.Sgd:
                theta.add_(gradient, -rate);
                break;
            case Optimizer.Momentum(var mu):
                memory[0].mul_(mu).add_(gradient);
                theta.add_(memory[0], -rate);
                break;
            case Optimizer.AdaGrad(var epsilon):
                memory[0].addcmul_(gradient, gradient, 1);
                using (var root = memory[0].sqrt()) theta.addcdiv_(gradient, root.add_(epsilon), -rate);
                break;
            case Optimizer.Adam(var beta1, var beta2, var epsilon):
                memory[0].mul_(beta1).add_(gradient, 1 - beta1);
                memory[1].mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
                Adam(theta, memory[0], memory[1], beta1, beta2, epsilon, step, rate);
                break;
            default:
                throw Unknown(optimizer);
        }
    }

    /// <summary>θ ← θ − η m̂ / (√v̂ + ε) in place, with both corrections folded into the two numbers: √v̂ = √v / √(1 − β₂ᵗ).</summary>
    internal static void Adam(Tensor theta, Tensor m, Tensor v, double beta1, double beta2, double epsilon, long step, double rate)
    {
        var correction = Math.Sqrt(1 - Math.Pow(beta2, step));
        using var root = v.sqrt();
        theta.addcdiv_(m, root.add_(epsilon * correction), -rate * correction / (1 - Math.Pow(beta1, step)));
    }

    /// <exception cref="ArgumentOutOfRangeException">A constant of the rule is out of its range.</exception>
    internal static void Check(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        foreach (var (name, decay) in optimizer switch { Optimizer.Momentum m => [("Mu", m.Mu)], Optimizer.Adam a => [("Beta1", a.Beta1), ("Beta2", a.Beta2)], _ => Array.Empty<(string, double)>() })
            if (!(decay is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(optimizer), $"optimizer: {name}: expected a number in 0 … 1, 1 excluded, got {decay}.");
        if ((optimizer switch { Optimizer.AdaGrad a => a.Epsilon, Optimizer.Adam a => a.Epsilon, _ => 1 }) is var epsilon && !(epsilon > 0 && double.IsFinite(epsilon)))
            throw new ArgumentOutOfRangeException(nameof(optimizer), $"optimizer: Epsilon: expected a positive number, got {epsilon}.");
    }

    /// <exception cref="ArgumentOutOfRangeException">η is negative, infinite or NaN.</exception>
    internal static void CheckRate(double rate)
    {
        if (!(rate >= 0 && double.IsFinite(rate))) throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate: expected a finite number that is not negative, got {rate}.");
    }

    private static ArgumentOutOfRangeException Unknown(Optimizer optimizer) => new(nameof(optimizer), $"optimizer: expected one of Optimizer's, got {optimizer.GetType().Name}.");
}
