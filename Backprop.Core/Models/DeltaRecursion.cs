using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>General backpropagation as notes 004 have it: z^(l+1) = W^(l) a^(l) + b^(l), a^(l) = f(z^(l)), a^(1) = x, and back by δ^(l) = ∂J/∂z^(l).</summary>
/// <remarks>
/// Shapes: x: D₁×N, W^(l): D_(l+1)×D_l, b^(l): D_(l+1) or D_(l+1)×1 → a^(n): D_n×N; δ^(l): D_l×N.
/// Backward: δ^(n) = da^(n) ∘ f′(z^(n)); δ^(l) = (W^(l)ᵀ δ^(l+1)) ∘ f′(z^(l)); dW^(l) = δ^(l+1) a^(l)ᵀ; db^(l) = δ^(l+1), summed over the columns; dx = δ^(1), as x = z^(1) = a^(1).
/// Edges: those of the activations; an empty batch gives gradients of 0. Notes 004, line 2367, have ∂/∂b^(l) = δ^(l): that is ∂J/∂b^(l−1).
/// Source: notes 004, lines 1552, 1788–1800, 2047, 2363–2367; the (cost, grads) interface: lines 2194, 2295, 2369–2371, 2398–2404.
/// </remarks>
public static class DeltaRecursion
{
    /// <summary>What one layer needs: a^(l), W^(l), the shape of b^(l), and f at z^(l+1).</summary>
    public sealed record Step(Tensor A, Tensor W, IReadOnlyList<long> BiasShape, Activate.Saved Output);

    /// <summary>What each layer needs, first layer first.</summary>
    public sealed record Saved(IReadOnlyList<Step> Steps);

    /// <summary>All δ, δ^(1) = dx first, and the gradients with respect to each layer's parameters, first layer first.</summary>
    public sealed record Grads(IReadOnlyList<Tensor> Deltas, IReadOnlyList<LayerGradients> Layers);

    /// <summary>Cost and gradients of examples, as the notes want them back.</summary>
    public sealed record CostAndGrads(Tensor Cost, Grads Grads);

    /// <summary>a^(n), D_n×N.</summary>
    /// <exception cref="ArgumentException">No layer; x or a W is no floating-point matrix; a layer does not fit the one before it.</exception>
    public static Primal<Saved> Forward(Tensor x, IReadOnlyList<LayerParameters> layers)
    {
        Expect.Form(x, nameof(x), "D×N");
        layers.Check(x.shape[0], columns: true);
        var (a, steps) = (x, new List<Step>(layers.Count));
        foreach (var (w, b, f) in layers)
        {
            var next = Activate.Forward(MatrixProduct.Forward(w, a).Y + b.reshape(-1, 1), f);
            steps.Add(new(a, w, b.shape, next.Saved));
            a = next.Y;
        }
        return new(a, new(steps));
    }

    /// <summary>δ^(1) to δ^(n), and dW and db of each layer.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var (deltas, layers) = (new List<Tensor>(), new List<LayerGradients>());
        foreach (var step in saved.Steps.Reverse())
        {
            var delta = Activate.Backward(dy, step.Output).DX;
            layers.Insert(0, new(delta.mm(step.A.t()), delta.sum(1L).reshape([.. step.BiasShape])));
            deltas.Insert(0, delta);
            dy = step.W.t().mm(delta);
        }
        return new([dy, .. deltas], layers);
    }

    /// <summary>Cost and gradients of all examples, the columns of <paramref name="x"/>; their losses are summed.</summary>
    /// <exception cref="ArgumentException">As for the layers and the loss.</exception>
    public static CostAndGrads Evaluate(Tensor x, IReadOnlyList<LayerParameters> layers, Tensor target, Loss loss = Loss.SoftmaxCrossEntropy)
    {
        var output = Forward(x, layers);
        ArgumentNullException.ThrowIfNull(target);
        var cost = OutputLoss.Forward(output.Y.t(), target.dim() == 2 ? target.t() : target, loss);
        return new(cost.Y, Backward(OutputLoss.Backward(torch.ones_like(cost.Y), cost.Saved).DOutput.t(), output.Saved));
    }

    /// <summary>Cost and gradients of each example alone, in the order of the columns: their sums are what <see cref="Evaluate"/> gives.</summary>
    /// <exception cref="ArgumentException">As for the layers and the loss.</exception>
    public static IReadOnlyList<CostAndGrads> EvaluateEach(Tensor x, IReadOnlyList<LayerParameters> layers, Tensor target, Loss loss = Loss.SoftmaxCrossEntropy)
    {
        Expect.Form(x, nameof(x), "D×N");
        ArgumentNullException.ThrowIfNull(target);
        if (target.dim() is not (1 or 2) || target.shape[^1] != x.shape[1])
            throw new ArgumentException($"target: expected {x.shape[1]} labels or columns, one for each column of x, got shape {Expect.Show(target.shape)}.", nameof(target));
        return [.. Enumerable.Range(0, (int)x.shape[1]).Select(n => Evaluate(x.narrow(1, n, 1), layers, target.narrow(-1, n, 1), loss))];
    }
}
