using Backprop.Models;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class TruncatedSvdTests
{
    /// <summary>A matrix, and another rank for it.</summary>
    private static readonly Gen<(Matrix X, int Rank)> Some =
        from x in Inputs.Logits
        from rank in Gen.Int[1, Math.Min(x.Rows, x.Columns)]
        select (x, rank);

    [Fact]
    public void TheErrorIsTheSingularValuesLeftOut() => ForAll(Some, input =>
    {
        var x = input.X.Tensor();
        var all = Numbers(torch.linalg.svdvals(x));
        var error = x - TruncatedSvd.Of(x, input.Rank).Product();
        Close(Scalar(all.Skip(input.Rank).Sum(s => s * s)), error.pow(2).sum(), 1e-9);
        Close(Scalar(all.Skip(input.Rank).FirstOrDefault()), torch.linalg.svdvals(error)[0], 1e-9);
    });

    [Fact]
    public void NoOtherMatrixOfThatRankIsNearer() => ForAll(Gen.Select(Some, Gen.Double[-1, 1].Array[60]), pair =>
    {
        var ((matrix, rank), noise) = pair;
        var (x, svd) = (matrix.Tensor(), TruncatedSvd.Of(matrix.Tensor(), rank));
        var left = svd.U * svd.S + torch.tensor(noise[..(matrix.Rows * rank)], [matrix.Rows, rank], torch.float64);
        var right = svd.V + torch.tensor(noise[^(matrix.Columns * rank)..], [matrix.Columns, rank], torch.float64);
        var (best, other) = ((x - svd.Product()).pow(2).sum().item<double>(), (x - left.mm(right.t())).pow(2).sum().item<double>());
        Assert.True(best <= other + 1e-9 * Math.Max(1, best), $"{best} of the truncation, {other} of another");
    });

    [Fact]
    public void VectorsAreOrthonormalAndValuesDescend() => ForAll(Some, input =>
    {
        var svd = TruncatedSvd.Of(input.X.Tensor(), input.Rank);
        var unit = torch.eye(input.Rank, dtype: torch.float64);
        Close(unit, svd.U.t().mm(svd.U));
        Close(unit, svd.V.t().mm(svd.V));
        Assert.Equal(Numbers(svd.S).OrderDescending(), Numbers(svd.S));
    });

    [Fact]
    public void RowVectorsHaveTheInnerProductsOfASymmetricMatrix() => ForAll(Inputs.Logits, x =>
    {
        // Of XXᵀ, which has no negative eigenvalue, the row vectors are a factor: at full rank, all of it.
        var gram = x.Tensor().mm(x.Tensor().t());
        var rows = TruncatedSvd.Of(gram, x.Rows).RowVectors();
        Close(gram, rows.mm(rows.t()), 1e-9);
    });

    [Fact]
    public void RefusesARankOutOfRangeAndNaN()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.ones(2, 3, torch.float64);
        Assert.Contains("rank: expected 1 … 2 for a matrix of shape [2, 3], got 3", Assert.Throws<ArgumentOutOfRangeException>(() => TruncatedSvd.Of(x, 3)).Message);
        Assert.Contains("rank: expected 1 … 2", Assert.Throws<ArgumentOutOfRangeException>(() => TruncatedSvd.Of(x, 0)).Message);
        Assert.Contains("matrix: expected finite numbers", Assert.Throws<ArgumentException>(() => TruncatedSvd.Of(x * double.NaN, 1)).Message);
        Assert.Contains("matrix: expected shape N×M", Assert.Throws<ArgumentException>(() => TruncatedSvd.Of(Vector(1, 2), 1)).Message);
    }
}
