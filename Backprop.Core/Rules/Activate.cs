using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>The element-wise function f of a neuron or layer; each can be differentiated from its output alone.</summary>
public enum Activation
{
    /// <summary>f(z) = z.</summary>
    Identity,

    /// <summary>f(z) = σ(z).</summary>
    Sigmoid,

    /// <summary>f(z) = tanh z.</summary>
    Tanh,

    /// <summary>f(z) = max(0, z).</summary>
    Relu,
}

/// <summary>An activation by name: y = f(x), element by element.</summary>
/// <remarks>
/// Shapes: x: […] → y: […].
/// Backward: dx = dy ∘ f′(x), as <see cref="Sigmoid"/>, <see cref="Tanh"/> and <see cref="Relu"/> have it; dx = dy for the identity.
/// Edges: those of the chosen rule.
/// Source: notes 004, lines 737–772 (f of a neuron and of a layer).
/// </remarks>
public static class Activate
{
    /// <summary>Which function it was, and its output.</summary>
    public sealed record Saved(Activation Kind, Tensor Y);

    /// <summary>The gradient with respect to x.</summary>
    public sealed record Grads(Tensor DX);

    /// <summary>f(x), of x's shape.</summary>
    /// <exception cref="ArgumentException">x is not floating-point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">kind is none of the four.</exception>
    public static Primal<Saved> Forward(Tensor x, Activation kind)
    {
        Expect.Floating(x, nameof(x));
        var y = kind switch
        {
            Activation.Identity => x.alias(),
            Activation.Sigmoid => Sigmoid.Forward(x).Y,
            Activation.Tanh => Tanh.Forward(x).Y,
            Activation.Relu => Relu.Forward(x).Y,
            _ => throw Unknown(kind),
        };
        return new(y, new(kind, y));
    }

    /// <summary>dx, of x's shape.</summary>
    public static Grads Backward(Tensor dy, Saved saved)
    {
        Expect.Same(dy, nameof(dy), saved.Y, "y");
        return new(saved.Kind switch
        {
            Activation.Identity => dy,
            Activation.Sigmoid => Sigmoid.Backward(dy, new(saved.Y)).DX,
            Activation.Tanh => Tanh.Backward(dy, new(saved.Y)).DX,
            Activation.Relu => Relu.Backward(dy, new(saved.Y)).DX,
            _ => throw Unknown(saved.Kind),
        });
    }

    private static ArgumentOutOfRangeException Unknown(Activation kind) =>
        new(nameof(kind), kind, $"kind: expected {string.Join(", ", Enum.GetNames<Activation>())}, got {kind}.");
}
