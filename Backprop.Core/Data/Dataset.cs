using Backprop.Shapes;

namespace Backprop.Data;

/// <summary>Examples to learn from, one a row.</summary>
/// <param name="X">What is known of each: N×D of float64.</param>
/// <param name="Y">What is to be found: N class labels (int64), or N×1 of float64 where numbers are.</param>
/// <param name="Features">The names of the D columns.</param>
/// <param name="Classes">The names of the classes, by label; none where numbers are to be found.</param>
public sealed record Dataset(Tensor X, Tensor Y, IReadOnlyList<string> Features, IReadOnlyList<string> Classes)
{
    /// <summary>What is known of each: N×D of float64.</summary>
    public Tensor X { get; init; } = Fitting(X, Y, Features, Classes);

    /// <summary>The number of examples, N.</summary>
    public int Count => (int)X.shape[0];

    /// <summary>Some of the examples, in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Dataset Rows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var indices = torch.tensor(rows.Select(row => (long)row).ToArray(), [rows.Count], torch.int64);
        Expect.Indices(indices, nameof(rows), Count);
        return new(X.index_select(0, indices), Y.index_select(0, indices), Features, Classes);
    }

    /// <summary>Divides the examples at random, each part in the order of the whole.</summary>
    /// <param name="validation">The share of the examples kept from training, 0 … 1 without 1; where it is above 0 neither part is empty.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    /// <exception cref="ArgumentOutOfRangeException">validation is out of range, or there are too few examples to divide.</exception>
    public Division Split(double validation, int seed)
    {
        if (!(validation is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(validation), validation, $"validation: expected a share of at least 0 and below 1, got {validation}.");
        if (validation > 0 && Count < 2) throw new ArgumentOutOfRangeException(nameof(validation), validation, $"validation: expected at least 2 examples to divide, got {Count}.");
        var order = Enumerable.Range(0, Count).ToArray();
        new Random(seed).Shuffle(order);
        var kept = validation > 0 ? Math.Clamp((int)Math.Round(validation * Count, MidpointRounding.AwayFromZero), 1, Count - 1) : 0;
        return new(Rows([.. order.Skip(kept).Order()]), Rows([.. order.Take(kept).Order()]));
    }

    /// <summary>The same examples with their labels counted by other classes, such as those that a model knows.</summary>
    /// <exception cref="ArgumentException">An example is of a class that is not among them, or numbers are to be found.</exception>
    public Dataset Relabelled(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (Classes.Count == 0) throw new ArgumentException("classes: expected examples with class labels, got examples with numbers.", nameof(classes));
        var places = Classes.Select(name => classes.ToList().IndexOf(name)).ToArray();
        long[] labels = [.. Y.data<long>()];
        if (labels.Where(label => places[label] < 0).Select(label => (long?)label).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"classes: expected one of {string.Join(", ", classes)}, got '{Classes[(int)unknown]}'.", nameof(classes));
        return new(X, torch.tensor(labels.Select(label => (long)places[label]).ToArray(), [labels.Length], torch.int64), Features, classes);
    }

    private static Tensor Fitting(Tensor x, Tensor y, IReadOnlyList<string> features, IReadOnlyList<string> classes)
    {
        Expect.Form(x, nameof(X), "N×D");
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(classes);
        Expect.Size(x, nameof(X), 1, features.Count, "one column for each feature");
        if (classes.Count > 0) Expect.Labels(y, nameof(Y), x.shape[0], classes.Count);
        else Expect.OneOf(y, nameof(Y), "a number for each row of X", [x.shape[0], 1]);
        return x;
    }
}

/// <summary>A set in two parts that have no example in common.</summary>
/// <param name="Training">To learn from.</param>
/// <param name="Validation">To judge by.</param>
public sealed record Division(Dataset Training, Dataset Validation);
