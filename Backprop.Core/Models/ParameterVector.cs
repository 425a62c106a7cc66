using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>W and all word vectors as one vector: θ = [W_·1; …; W_·d; x_aardvark; …; x_zebra] in R^(Cd + |V|d).</summary>
/// <remarks>
/// Shapes: W: C×d, L: V×d, one word a row → θ: Cd + Vd, the columns of W one after the other, then word after word.
/// Backward: packing only moves entries, so ∇θ is the gradients of W and L, packed alike: dθ = Pack(dW, dL).
/// Edges: without words (V = 0) θ is W(:), in R^(Cd), as in the first half of the notes; packing and unpacking lose nothing.
/// Source: notes 004, lines 429–431, 433–437, 678–691 and 695–699.
/// </remarks>
public static class ParameterVector
{
    /// <summary>What a parameter vector is made of.</summary>
    /// <param name="W">The weights, C×d.</param>
    /// <param name="Embeddings">The word vectors, V×d.</param>
    public sealed record Parts(Tensor W, Tensor Embeddings);

    /// <summary>Cd + Vd, the size of θ.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static long Size(long classes, long words, long dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classes);
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        ArgumentOutOfRangeException.ThrowIfNegative(dimensions);
        return checked((classes + words) * dimensions);
    }

    /// <summary>θ, of size Cd + Vd; shares no memory with its parts.</summary>
    /// <exception cref="ArgumentException">w or embeddings is no floating-point matrix, or their columns, dtypes or devices differ.</exception>
    public static Tensor Pack(Tensor w, Tensor embeddings)
    {
        Expect.Form(w, nameof(w), "C×d");
        Expect.Form(embeddings, nameof(embeddings), "V×d");
        Expect.SameKind(embeddings, nameof(embeddings), w, nameof(w));
        Expect.Size(embeddings, nameof(embeddings), 1, w.shape[1], "the columns of w");
        return torch.cat([w.t().reshape(-1), embeddings.reshape(-1)], 0);
    }

    /// <summary>W and L again; they share no memory with θ.</summary>
    /// <exception cref="ArgumentException">theta is no floating-point vector of size Cd + Vd.</exception>
    public static Parts Unpack(Tensor theta, long classes, long words, long dimensions)
    {
        Expect.Form(theta, nameof(theta), "Cd + Vd");
        Expect.Size(theta, nameof(theta), 0, Size(classes, words, dimensions), $"({classes} classes + {words} words) · {dimensions} dimensions");
        var weights = classes * dimensions;
        return new(
            theta.narrow(0, 0, weights).reshape(dimensions, classes).t().clone(),
            theta.narrow(0, weights, words * dimensions).reshape(words, dimensions).clone());
    }
}
