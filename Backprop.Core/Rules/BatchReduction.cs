using Backprop.Shapes;

namespace Backprop.Rules;

/// <summary>How the losses of the rows of a batch become one number.</summary>
public enum BatchReduction
{
    /// <summary>Their sum, as notes 000 and 003 have it.</summary>
    Sum,

    /// <summary>Their mean: the sum divided by the number of rows.</summary>
    Mean,
}

internal static class BatchReductions
{
    /// <summary>The factor that turns the sum over <paramref name="rows"/> rows into the reduction.</summary>
    /// <exception cref="ArgumentException">The mean of no rows.</exception>
    internal static double Factor(this BatchReduction reduction, Tensor rows, string name) => reduction switch
    {
        BatchReduction.Sum => 1,
        BatchReduction.Mean when rows.shape[0] > 0 => 1.0 / rows.shape[0],
        BatchReduction.Mean => throw new ArgumentException($"{name}: expected at least one row, since the mean over an empty batch is undefined, got shape {Expect.Show(rows.shape)}.", name),
        _ => throw new ArgumentOutOfRangeException(nameof(reduction), reduction, "reduction: expected Sum or Mean."),
    };
}
