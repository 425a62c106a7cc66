using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>What the notes write with indices, over matrices of which every part stays a matrix: w_i is a row, w_·j a column, w_ij is 1×1.</summary>
internal static class Notation
{
    /// <summary>Entry i of a column, or row i of a matrix.</summary>
    internal static Tensor At(Tensor matrix, long i) => matrix.narrow(0, i, 1);

    /// <summary>Entry i, j.</summary>
    internal static Tensor At(Tensor matrix, long i, long j) => matrix.narrow(0, i, 1).narrow(1, j, 1);

    /// <summary>Column j.</summary>
    internal static Tensor Column(Tensor matrix, long j) => matrix.narrow(1, j, 1);

    /// <summary>The column with a 1 in row i, else 0: e_i.</summary>
    internal static Tensor Basis(long size, long i) => torch.eye(size, dtype: torch.float64).narrow(1, i, 1);

    /// <summary>The same matrix with another number in entry i, j.</summary>
    internal static Tensor Replaced(Tensor matrix, long i, long j, Tensor number) =>
        matrix + Basis(matrix.shape[0], i).mm(Basis(matrix.shape[1], j).t()) * (number - At(matrix, i, j));

    /// <summary>Σ_p.</summary>
    internal static Tensor Sum(long count, Func<long, Tensor> term) => Enumerable.Range(0, (int)count).Select(p => term(p)).Aggregate((a, b) => a + b);

    /// <summary>The sigmoid's derivative, f′(z).</summary>
    internal static Tensor Slope(Tensor z) => z.sigmoid() * (1 - z.sigmoid());

    /// <summary>The derivative of f along one number, of f's shape.</summary>
    internal static Tensor Derivative(Func<Tensor, Tensor> f, Tensor number)
    {
        var y = f(number).detach();
        return y.numel() == 1 ? Autograd.Gradients(x => f(x[0]), [number], [true], torch.ones_like(y))[0].reshape(y.shape) : Textbook.Jacobian(f, number).reshape(y.shape);
    }

    /// <summary>A matrix of which only the shape matters.</summary>
    internal static Tensor Zeros(long rows, long columns) => torch.zeros(rows, columns, dtype: torch.float64);
}
