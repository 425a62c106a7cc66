using F = TorchSharp.torch.nn.functional;

namespace Backprop.Claims;

/// <summary>The page's functions and their derivatives: notes 001, which show the same pages, use them too.</summary>
internal static partial class Notes000
{
    internal static Tensor X(Trial t) => t.Real("X", t.Size("N"), t.Size("D"));

    internal static Tensor W(Trial t) => t.Real("W", t.Size("D"), t.Size("M"));

    internal static Tensor DY(Trial t) => t.Real("dL/dY", t.Size("N"), t.Size("M"));

    internal static Comparison GradientOfX(Trial t) => (X(t), W(t), DY(t)) is var (x, w, dy) ? Comparison.Gradient(dy.mm(w.t()), v => v.mm(w), x, dy) : null!;

    internal static Comparison GradientOfW(Trial t) => (X(t), W(t), DY(t)) is var (x, w, dy) ? Comparison.Gradient(x.t().mm(dy), x.mm, w, dy) : null!;

    /// <summary>The page's own sizes: X 2×2, W 2×3, dL/dY 2×3.</summary>
    internal static (Tensor X, Tensor W, Tensor DY) Two(Trial t) => (t.Real("X", 2, 2), t.Real("W", 2, 3), t.Real("dL/dY", 2, 3));

    /// <summary>A derivative of L along entry i, j of X.</summary>
    internal static Comparison OfX(Trial t, Func<Tensor, Tensor, Tensor, Tensor> stated, long i, long j) =>
        Two(t) is var (x, w, dy) ? Comparison.Partial(stated(x, w, dy), v => v.mm(w), x, [i, j], dy) : null!;

    /// <summary>A derivative of L along entry i, j of W.</summary>
    internal static Comparison OfW(Trial t, Func<Tensor, Tensor, Tensor, Tensor> stated, long i, long j) =>
        Two(t) is var (x, w, dy) ? Comparison.Partial(stated(x, w, dy), x.mm, w, [i, j], dy) : null!;

    /// <summary>Σ_ij dL/dy_ij · dy_ij/dx along one entry of x, with every dy_ij/dx on its own.</summary>
    internal static Tensor Paths(Func<Tensor, Tensor> f, Tensor x, int entry, Tensor dy) => (dy.reshape(-1) * Textbook.Jacobian(f, x).t()[entry]).sum();

    /// <summary>The derivative of a scalar along one entry of x, by autograd.</summary>
    internal static Tensor Slope(Func<Tensor, Tensor> f, Tensor x, int entry) => Textbook.Jacobian(f, x)[0, entry];

    /// <summary>e^y_ij, counted from 0.</summary>
    internal static Tensor E(Tensor y, long i, long j) => y[i, j].exp();

    /// <summary>The sum of the exponentials of row i.</summary>
    internal static Tensor Sum(Tensor y, long i) => y[i].exp().sum();

    internal static Tensor Z(Tensor y) => Textbook.Softmax(y);

    /// <summary>Softmax and cross-entropy of two rows of the classes 2 and 3, libtorch's.</summary>
    internal static Tensor Loss(Tensor y) => F.cross_entropy(y, Classes(1, 2), reduction: torch.nn.Reduction.Sum);

    /// <summary>dL/dZ of that loss.</summary>
    internal static Tensor SlopeInZ(Tensor y) => Textbook.Jacobian(z => -z[0, 1].log() - z[1, 2].log(), Z(y))[0];

    /// <summary>dL/dz₁₂ · dz₁₂/dy along one entry of Y.</summary>
    internal static Tensor OnePath(Tensor y, int entry) => SlopeInZ(y)[1] * Slope(v => F.softmax(v, -1)[0, 1], y, entry);

    /// <summary>A derivative of that loss along entry i, j of Y.</summary>
    internal static Comparison OfLoss(Trial t, long i, long j, Func<Tensor, Tensor> stated) =>
        t.Real("Y", 2, 3) is var y ? Comparison.Partial(stated(y), Loss, y, [i, j]) : null!;

    /// <summary>A derivative of z₁₂ along entry 1, j of Y.</summary>
    internal static Comparison OfZ12(Trial t, long j, Func<Tensor, Tensor> stated) =>
        t.Real("Y", 2, 3) is var y ? Comparison.Partial(stated(y), v => F.softmax(v, -1)[0, 1], y, [0, j]) : null!;

    /// <summary>The multi-class SVM loss of two rows of these classes; libtorch divides it by the number of classes.</summary>
    internal static Tensor Svm(Tensor s, long first, long second) => F.multi_margin_loss(s, Classes(first, second), reduction: torch.nn.Reduction.Sum) * s.shape[1];

    /// <summary>The loss as line 91 writes it.</summary>
    internal static Tensor Margins(Tensor y) =>
        (y[0, 0] - y[0, 1] + 1).relu() + (y[0, 2] - y[0, 1] + 1).relu() + (y[1, 0] - y[1, 2] + 1).relu() + (y[1, 1] - y[1, 2] + 1).relu();

    /// <summary>Σ_j max(0, s_j − s_y + 1) over two rows of the classes 2 and 3, without the column that <paramref name="leftOut"/> gives for the true one.</summary>
    internal static Tensor Summed(Tensor s, Func<long, long> leftOut)
    {
        var sum = torch.zeros(1, torch.float64).sum();
        for (var row = 0L; row < 2; row++)
            for (var j = 0L; j < 3; j++)
                if (j != leftOut(row + 1)) sum += (s[row, j] - s[row, row + 1] + 1).relu();
        return sum;
    }

    /// <summary>A derivative of the SVM loss along entry i, j, away from its kinks.</summary>
    internal static Comparison OfSvm(Trial t, long i, long j, Func<Tensor, Tensor> stated) =>
        t.OffMargin("Y", 2, 3) is var y ? Comparison.Partial(stated(y), v => Svm(v, 1, 2), y, [i, j]) : null!;

    private static Tensor Classes(long first, long second) => torch.tensor(new[] { first, second }, [2], torch.int64);
}
