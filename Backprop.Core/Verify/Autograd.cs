namespace Backprop.Verify;

/// <summary>The witness that libtorch is: its own operators, differentiated by its own engine.</summary>
public static class Autograd
{
    /// <summary>The gradients of ⟨dy, f(inputs)⟩ with respect to the inputs that <paramref name="differentiable"/> marks, each of its input's shape.
    /// An input that the result does not depend on gets zeros.</summary>
    /// <param name="f">Built from libtorch's differentiable operators.</param>
    /// <param name="inputs">The point; left untouched, gradients are taken on detached copies.</param>
    /// <param name="differentiable">One mark for each input.</param>
    /// <param name="dy">The cotangent, of the shape of f(inputs).</param>
    public static IReadOnlyList<Tensor> Gradients(Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, IReadOnlyList<bool> differentiable, Tensor dy)
    {
        ArgumentNullException.ThrowIfNull(f);
        var leaves = inputs.Select((input, i) => differentiable[i] ? input.detach().clone().requires_grad_(true) : input).ToList();
        var chosen = leaves.Where((_, i) => differentiable[i]).ToList();
        var y = f(leaves);
        if (!y.requires_grad) return [.. chosen.Select(leaf => torch.zeros_like(leaf))];
        var gradients = torch.autograd.grad([y], chosen, [dy], allow_unused: true);
        return [.. chosen.Select((leaf, i) => gradients[i] is { IsInvalid: false } gradient ? gradient : torch.zeros_like(leaf))];
    }
}
