using Backprop.Shapes;

namespace Backprop.Data;

/// <summary>Moves and scales each column to mean 0 and standard deviation 1, as found on the training examples and stored with a model.</summary>
/// <param name="Mean">What is taken away: D numbers.</param>
/// <param name="Scale">What it is then divided by: D numbers; 1 for a column that is constant.</param>
public sealed record Standardisation(Tensor Mean, Tensor Scale)
{
    /// <summary>That of these examples; the deviation is the square root of the mean square, over N.</summary>
    /// <param name="x">N×D, N ≥ 1.</param>
    /// <exception cref="ArgumentException">x has another form, no row, NaN or an infinity.</exception>
    public static Standardisation Of(Tensor x)
    {
        Expect.Form(x, nameof(x), "N×D");
        Expect.Finite(x, nameof(x));
        if (x.shape[0] == 0) throw new ArgumentException($"x: expected at least one row, got shape {Expect.Show(x.shape)}.", nameof(x));
        using var scope = torch.NewDisposeScope();
        // Of halves and relative to the range, so that neither the greatest nor the least numbers leave the range of float64 when squared.
        var halves = x / 2;
        var least = halves.amin(0L);
        var range = halves.amax(0L) - least;
        // A constant column is known by its range, which is exactly 0: its deviation need not be, as its mean is rounded.
        var varies = range.gt(0);
        var unit = torch.where(varies, range, torch.ones_like(range));
        var within = (halves - least) / unit;
        var mean = within.mean(new long[] { 0 });
        var deviation = (within - mean).square().mean(new long[] { 0 }).sqrt() * unit * 2;
        return new(scope.MoveToOuter((least + mean * unit) * 2), scope.MoveToOuter(torch.where(varies, deviation, torch.ones_like(deviation))));
    }

    /// <summary>(x − Mean) / Scale, in the dtype and on the device of x.</summary>
    /// <param name="x">N×D.</param>
    /// <exception cref="ArgumentException">x has another form.</exception>
    public Tensor Apply(Tensor x)
    {
        Expect.Form(x, nameof(x), "N×D");
        Expect.Size(x, nameof(x), 1, Mean.shape[0], "the columns that the standardisation was found on");
        return (x - Mean.to_type(x.dtype).to(x.device)) / Scale.to_type(x.dtype).to(x.device);
    }
}
