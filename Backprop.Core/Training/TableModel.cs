using Backprop.Rules;

namespace Backprop.Training;

/// <summary>A gradient as it is cheapest to keep.</summary>
/// <param name="Value">All of it; or, of a table of which few rows were used, those rows.</param>
/// <param name="Indices">Which rows these are, ascending (int64); null where Value is all.</param>
public sealed record RowGradient(Tensor Value, Tensor? Indices)
{
    /// <summary>All of a gradient.</summary>
    public static RowGradient Whole(Tensor gradient) => new(gradient, null);

    /// <summary>The rows of a table that were used.</summary>
    public static RowGradient Of(SparseRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(rows.Rows, rows.Indices);
    }

    /// <summary>The whole gradient of a parameter, zeros written out.</summary>
    public Tensor Dense(Tensor parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Indices is null ? Value : new SparseRows(Indices, Value).Dense(parameter.shape[0]);
    }
}

/// <summary>A model with tables of word vectors, of which a batch uses few rows.</summary>
public abstract record TableModel : TrainableModel
{
    /// <summary>The loss, a scalar, and its gradient by the pure rules, one for each parameter in order.</summary>
    /// <exception cref="ArgumentException">Parameters or batch do not fit the model.</exception>
    public abstract (Tensor Loss, IReadOnlyList<RowGradient> Gradients) RowGradients(IReadOnlyList<Tensor> parameters, Batch batch);

    /// <inheritdoc/>
    public sealed override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        var (loss, gradients) = RowGradients(parameters, batch);
        return new(loss, [.. gradients.Zip(parameters, (gradient, parameter) => gradient.Dense(parameter))]);
    }
}
