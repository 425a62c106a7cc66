using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>The k greatest singular values of a matrix with their vectors: U diag(S) Vᵀ, the nearest matrix of rank k.</summary>
/// <remarks>Source: notes 004, lines 206–218 ("SVD + skip-gram"); Eckart and Young (1936): the squared error is the sum of the squares of the singular values left out.</remarks>
/// <param name="U">N×k, orthonormal columns.</param>
/// <param name="S">k, descending.</param>
/// <param name="V">M×k, orthonormal columns.</param>
public sealed record TruncatedSvd(Tensor U, Tensor S, Tensor V)
{
    /// <summary>Of a matrix, e.g. of co-occurrence counts or their mutual information.</summary>
    /// <param name="matrix">N×M.</param>
    /// <param name="rank">k, from 1 to the lesser of N and M.</param>
    /// <exception cref="ArgumentException">matrix is no floating-point matrix, or has an entry that is infinite or NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">rank is out of range.</exception>
    public static TruncatedSvd Of(Tensor matrix, long rank)
    {
        Expect.Form(matrix, nameof(matrix), "N×M");
        var most = Math.Min(matrix.shape[0], matrix.shape[1]);
        if (rank < 1 || rank > most)
            throw new ArgumentOutOfRangeException(nameof(rank), rank, $"rank: expected 1 … {most} for a matrix of shape {Expect.Show(matrix.shape)}, got {rank}.");
        Expect.Finite(matrix, nameof(matrix));
        var (u, s, vh) = torch.linalg.svd(matrix, fullMatrices: false);
        return new(u.narrow(1, 0, rank), s.narrow(0, 0, rank), vh.narrow(0, 0, rank).t());
    }

    /// <summary>U diag(S) Vᵀ, N×M.</summary>
    public Tensor Product() => (U * S).mm(V.t());

    /// <summary>U diag(√S): a vector for each row of the matrix, N×k, e.g. for each word.</summary>
    public Tensor RowVectors() => U * S.sqrt();
}
