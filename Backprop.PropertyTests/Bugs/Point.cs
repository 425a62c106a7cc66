using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.PropertyTests.Bugs;

/// <summary>Drawn inputs of an operation, a cotangent, and the true gradients there.</summary>
internal sealed record Point(IReadOnlyList<Tensor> Inputs, Tensor Dy, IReadOnlyList<Tensor> Truth)
{
    private static readonly long[] Sizes = [4, 5, 3, 7, 6, 2];

    /// <summary>Different sizes for different letters.</summary>
    internal static Point Of(IReadOnlyList<Input> inputs, Operation operation, int seed)
    {
        var letters = inputs.SelectMany(input => input.Shape).SelectMany(SizeProduct.Letters).Distinct(StringComparer.Ordinal).ToList();
        var @case = new Case(seed, letters.Select((letter, i) => (letter, i)).ToDictionary(pair => pair.letter, pair => Sizes[pair.i], StringComparer.Ordinal), Values.Ordinary, Layout.Dense);
        var x = Draw.Inputs(inputs, @case, torch.float64, torch.CPU);
        var dy = Draw.Cotangent(@case, operation.Forward(x).shape, torch.float64, torch.CPU, 0);
        return new(x, dy, Autograd.Gradients(operation.Forward, x, [.. inputs.Select(input => input.Differentiable)], dy));
    }
}
