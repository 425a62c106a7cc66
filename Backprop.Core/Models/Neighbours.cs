using Backprop.Shapes;

namespace Backprop.Models;

/// <summary>A word and how near it is.</summary>
/// <param name="Id">Its row in the table.</param>
/// <param name="Similarity">The cosine of the angle between the two vectors.</param>
public sealed record Neighbour(long Id, double Similarity);

/// <summary>Which rows of a table of vectors point in nearly the same direction.</summary>
public static class Neighbours
{
    /// <summary>The <paramref name="count"/> rows nearest to row <paramref name="id"/> by cosine, itself left out, the nearest first.</summary>
    /// <exception cref="ArgumentException">vectors is no floating-point matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">id is no row, or count is not positive.</exception>
    public static IReadOnlyList<Neighbour> Nearest(Tensor vectors, long id, int count)
    {
        Expect.Form(vectors, nameof(vectors), "V×d");
        if (id < 0 || id >= vectors.shape[0]) throw new ArgumentOutOfRangeException(nameof(id), id, $"id: expected 0 … {vectors.shape[0] - 1}, got {id}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var scope = torch.NewDisposeScope();
        // A row of zeros has no direction, and is near to nothing.
        var unit = vectors / (vectors * vectors).sum(1L, keepdim: true).sqrt().clamp_min(1e-30);
        var cosines = unit.mv(unit[id]).to_type(torch.float64).cpu().data<double>().ToArray();
        return [.. Enumerable.Range(0, cosines.Length).Where(row => row != id).OrderByDescending(row => cosines[row]).Take(count).Select(row => new Neighbour(row, cosines[row]))];
    }
}
