using Backprop.Shapes;

namespace Backprop.Claims;

/// <summary>The matrix product of claims: one that does not compose is an exception, and so a counterexample.</summary>
internal static class Products
{
    /// <summary>a · b, as libtorch's matmul, of vectors and matrices.</summary>
    /// <remarks>Looked at here because TorchSharp 0.99 ends the process when matmul fails.</remarks>
    /// <exception cref="ArgumentException">The inner sizes differ.</exception>
    internal static Tensor Times(this Tensor a, Tensor b) =>
        a.dim() is 1 or 2 && b.dim() is 1 or 2 && a.shape[^1] == b.shape[0]
            ? a.matmul(b)
            : throw new ArgumentException($"shapes {Expect.Show(a.shape)} and {Expect.Show(b.shape)} have no matrix product", nameof(b));
}
