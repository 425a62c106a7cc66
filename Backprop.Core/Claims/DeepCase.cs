using static Backprop.Claims.Notation;

namespace Backprop.Claims;

/// <summary>One case of the scorer with three hidden layers, numbered as in the notes: z^(1) = a^(1) = x, z^(l+1) = W^(l)a^(l) + b^(l), s = vᵀa^(4).</summary>
internal sealed record DeepCase(Tensor V, IReadOnlyList<Tensor> Weights, IReadOnlyList<Tensor> Biases, Tensor X)
{
    /// <summary>n, the last hidden layer.</summary>
    internal const int Last = 4;

    internal Tensor W(int l) => Weights[l - 1];

    internal Tensor Z(int l) => l == 1 ? X : W(l - 1).mm(A(l - 1)) + Biases[l - 2];

    internal Tensor A(int l) => l == 1 ? X : Z(l).sigmoid();

    /// <summary>δ^(l) = ∂s/∂z^(l), from the last layer down.</summary>
    internal Tensor Delta(int l) => l == Last ? V * Slope(Z(l)) : W(l).t().mm(Delta(l + 1)) * Slope(Z(l));

    /// <summary>s as a function of z^(l).</summary>
    internal Tensor From(int l, Tensor z) => l == Last ? V.t().mm(z.sigmoid()) : From(l + 1, W(l).mm(z.sigmoid()) + Biases[l - 1]);

    internal static DeepCase Draw(Trial t)
    {
        var sizes = new[] { t.Size("n1"), t.Size("n2"), t.Size("n3"), t.Size("n4") };
        return new(t.Real("v", sizes[3], 1), [.. Enumerable.Range(0, 3).Select(l => t.Real($"W{l + 1}", sizes[l + 1], sizes[l]))],
            [.. Enumerable.Range(0, 3).Select(l => t.Real($"b{l + 1}", sizes[l + 1], 1))], t.Real("x", sizes[0], 1));
    }

    /// <summary>A stated δ^(l) against ∂s/∂z^(l), for a hidden layer before the last.</summary>
    internal static Func<Trial, Comparison> ByDelta(Func<DeepCase, int, Tensor> stated, int least = 2, int most = Last - 1) => t =>
    {
        var n = Draw(t);
        var l = least + (int)t.Label($"l − {least}", most - least + 1);
        return Comparison.Gradient(stated(n, l), z => n.From(l, z), n.Z(l));
    };
}
