using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>What one layer learns, and its activation.</summary>
/// <param name="W">The weights: D×M where examples are rows, M×D where they are columns.</param>
/// <param name="B">The bias: M, or a row 1×M, or where examples are columns a column M×1.</param>
/// <param name="Activation">f; the identity leaves the layer affine, as the last of a network usually is.</param>
public sealed record LayerParameters(Tensor W, Tensor B, Activation Activation);

/// <summary>The gradients with respect to what one layer learns.</summary>
/// <param name="DW">Of W's shape.</param>
/// <param name="DB">Of b's shape.</param>
public sealed record LayerGradients(Tensor DW, Tensor DB);

internal static class LayerChecks
{
    /// <summary>The layers fit each other and an input of <paramref name="width"/> numbers.</summary>
    /// <param name="layers">First layer first.</param>
    /// <param name="width">The size of the first layer's input.</param>
    /// <param name="columns">Whether examples are columns, so that W is M×D and b may be M×1; otherwise W is D×M and b may be 1×M.</param>
    /// <exception cref="ArgumentException">No layer, or one that does not fit.</exception>
    internal static void Check(this IReadOnlyList<LayerParameters> layers, long width, bool columns)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0) throw new ArgumentException("layers: expected at least one layer, got none.", nameof(layers));
        var (inward, outward) = columns ? ("columns", "rows") : ("rows", "columns");
        for (var l = 0; l < layers.Count; l++)
        {
            var (w, b) = (layers[l].W, layers[l].B);
            Expect.Form(w, $"layers[{l}].W", columns ? "M×D" : "D×M");
            Expect.Size(w, $"layers[{l}].W", columns ? 1 : 0, width, l == 0 ? $"its {inward}: the {outward} of x" : $"its {inward}: the {outward} of layers[{l - 1}].W");
            width = w.shape[columns ? 0 : 1];
            Expect.OneOf(b, $"layers[{l}].B", $"the {outward} of layers[{l}].W", [width], columns ? [width, 1] : [1, width]);
        }
    }
}
