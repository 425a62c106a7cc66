using Backprop.Optimizers;

namespace Backprop.Training;

/// <summary>The pure rules with the update in place, on the rows that were used alone where the optimizer leaves the others as they are.</summary>
internal sealed class RowStep : HeldStep
{
    private readonly TableModel _model;

    internal RowStep(TableModel model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : base(optimizer)
    {
        _model = model;
        Hold(Copies(parameters));
    }

    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        var (loss, gradients) = _model.RowGradients([.. Parameters.Select(parameter => parameter.Value)], batch);
        for (var i = 0; i < gradients.Count; i++)
        {
            if (gradients[i].Indices is { } indices) RowUpdates.Apply(Optimizer, Parameters[i].Value, indices, gradients[i].Value, distinct: true, MemoryOf[i], step, rate);
            else Updates.Apply(Optimizer, Parameters[i].Value, gradients[i].Value, MemoryOf[i], step, rate);
        }
        return Number(loss);
    }
}
