using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>Layers one after another, one example a row: a₁ = x, a_(l+1) = f_l(a_l W_l + b_l), Y = the last.</summary>
/// <remarks>
/// Shapes: x: N×D₁, W_l: D_l×D_(l+1), b_l: D_(l+1) → Y: N×D_n.
/// Backward: from the last layer to the first: dz = dY ∘ f′(z), then dX, dW and db as <see cref="Linear"/> has them; dX is the dY of the layer before.
/// Edges: those of <see cref="Linear"/> and <see cref="Activate"/>; no layer is refused; an empty batch gives gradients of 0.
/// Source: notes 003, lines 8–34 (the N-layer network); notes 004, lines 1355–1380 (the composition, with examples as columns).
/// </remarks>
public static class LayerSequence
{
    /// <summary>What one layer needs.</summary>
    public sealed record Step(Linear.Saved Affine, Activate.Saved Activation);

    /// <summary>What each layer needs, first layer first.</summary>
    public sealed record Saved(IReadOnlyList<Step> Steps);

    /// <summary>The gradients with respect to x and to each layer's parameters, first layer first.</summary>
    public sealed record Grads(Tensor DX, IReadOnlyList<LayerGradients> Layers);

    /// <summary>The output of the last layer, N×D_n.</summary>
    /// <exception cref="ArgumentException">No layer; x or a W is no floating-point matrix; a layer does not fit the one before it.</exception>
    public static Primal<Saved> Forward(Tensor x, IReadOnlyList<LayerParameters> layers)
    {
        Expect.Form(x, nameof(x), "N×D");
        layers.Check(x.shape[1], columns: false);
        var steps = new List<Step>(layers.Count);
        foreach (var (w, b, f) in layers)
        {
            var affine = Linear.Forward(x, w, b);
            var output = Activate.Forward(affine.Y, f);
            steps.Add(new(affine.Saved, output.Saved));
            x = output.Y;
        }
        return new(x, new(steps));
    }

    /// <summary>dX, N×D₁, and dW and db of each layer.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        var layers = new List<LayerGradients>(saved.Steps.Count);
        foreach (var step in saved.Steps.Reverse())
        {
            var affine = Linear.Backward(Activate.Backward(dy, step.Activation).DX, step.Affine);
            layers.Insert(0, new(affine.DW, affine.DB));
            dy = affine.DX;
        }
        return new(dy, layers);
    }
}
