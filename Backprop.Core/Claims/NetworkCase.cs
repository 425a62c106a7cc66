using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>One case of h = σ(W¹x + b¹), ŷ = softmax(W²h + b²), J = −Σ y_i log ŷ_i, in columns: x D_x×1, h D_h×1, y one-hot D_y×1.</summary>
internal sealed record NetworkCase(Tensor X, Tensor W1, Tensor B1, Tensor W2, Tensor B2, Tensor Y)
{
    internal Tensor Z2 => W1.mm(X) + B1;

    internal Tensor H => Z2.sigmoid();

    internal Tensor Z3 => W2.mm(H) + B2;

    internal Tensor Guess => F.softmax(Z3, 0);

    /// <summary>J, by libtorch's own operator.</summary>
    internal Tensor Cost => F.cross_entropy(Z3.t(), Y.argmax(0), reduction: torch.nn.Reduction.Sum);

    /// <summary>δ^(3) = ∂J/∂z^(3).</summary>
    internal Tensor Delta3 => Guess - Y;

    /// <summary>δ^(2) = ∂J/∂z^(2).</summary>
    internal Tensor Delta2 => W2.t().mm(Delta3) * Notation.Slope(Z2);

    /// <summary>The parameters, one after the other.</summary>
    internal Tensor Packed => torch.cat([W1.reshape(-1), W2.reshape(-1), B1.reshape(-1), B2.reshape(-1)], 0);

    internal static NetworkCase Draw(Trial t)
    {
        var (x, h, y) = (t.Size("D_x"), t.Size("D_h"), t.Size("D_y", 2));
        return new(t.Real("x", x, 1), t.Real("W1", h, x), t.Real("b1", h, 1), t.Real("W2", y, h), t.Real("b2", y, 1), t.OneHot("y", 1, y).t());
    }

    /// <summary>The same network with its parameters taken from one vector.</summary>
    internal NetworkCase Unpacked(Tensor theta)
    {
        var at = 0L;
        Tensor Next(Tensor like)
        {
            var part = theta.narrow(0, at, like.numel()).reshape(like.shape);
            at += like.numel();
            return part;
        }
        return this with { W1 = Next(W1), W2 = Next(W2), B1 = Next(B1), B2 = Next(B2) };
    }

    internal static Func<Trial, Comparison> Over(Func<NetworkCase, Comparison> compare) => t => compare(Draw(t));

    internal static Func<Trial, Comparison> ByW1(Func<NetworkCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), w => (n with { W1 = w }).Cost, n.W1));

    internal static Func<Trial, Comparison> ByW2(Func<NetworkCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), w => (n with { W2 = w }).Cost, n.W2));

    internal static Func<Trial, Comparison> ByB1(Func<NetworkCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), b => (n with { B1 = b }).Cost, n.B1));

    internal static Func<Trial, Comparison> ByB2(Func<NetworkCase, Tensor> stated) => Over(n => Comparison.Gradient(stated(n), b => (n with { B2 = b }).Cost, n.B2));

    internal static Func<Trial, Comparison> ByZ2(Func<NetworkCase, Tensor> stated) =>
        Over(n => Comparison.Gradient(stated(n), z => F.cross_entropy((n.W2.mm(z.sigmoid()) + n.B2).t(), n.Y.argmax(0), reduction: torch.nn.Reduction.Sum), n.Z2));
}
