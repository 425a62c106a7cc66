using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>Formulas as the notes write them, and the matrices of derivatives that they speak of.</summary>
internal static class Textbook
{
    /// <summary>e^x / Σ e^x along the last dimension, as it is written: it overflows where x is large.</summary>
    internal static Tensor Softmax(Tensor x) => x.exp() is var e ? e / e.sum(-1L, keepdim: true) : x;

    /// <summary>1 / (1 + e^(−x)).</summary>
    internal static Tensor Sigmoid(Tensor x) => 1 / (1 + (-x).exp());

    /// <summary>All derivatives of f at x, from autograd: a row for each entry of f(x), a column for each entry of x.</summary>
    internal static Tensor Jacobian(Func<Tensor, Tensor> f, Tensor x)
    {
        var y = f(x).detach();
        var rows = Enumerable.Range(0, (int)y.numel()).Select(k => Autograd.Gradients(inputs => f(inputs[0]), [x], [true], Unit(y, k))[0].reshape(-1));
        return torch.stack(rows.ToList());
    }

    /// <summary>1 where the number is positive, else 0: the notes' indicator 1(number &gt; 0).</summary>
    internal static Tensor Positive(Tensor number) => number.gt(0).to_type(torch.float64);

    /// <summary>Zeros of the shape of <paramref name="like"/>, with a 1 in entry <paramref name="entry"/>.</summary>
    private static Tensor Unit(Tensor like, int entry) => torch.eye(like.numel(), dtype: torch.float64)[entry].reshape(like.shape);
}
