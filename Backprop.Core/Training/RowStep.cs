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
            if (gradients[i].Indices is { } indices) Apply(Parameters[i].Value, gradients[i].Value, indices, MemoryOf[i], step, rate);
            else Updates.Apply(Optimizer, Parameters[i].Value, gradients[i].Value, MemoryOf[i], step, rate);
        }
        return Number(loss);
    }

    /// <summary>As <see cref="Updates.Apply"/>, for a gradient that is 0 outside of some rows.</summary>
    private void Apply(Tensor theta, Tensor rows, Tensor indices, IReadOnlyList<Tensor> memory, long step, double rate)
    {
        switch (Optimizer)
        {
            case Optimizer.Sgd:
                theta.index_add_(0, indices, rows, -rate);
                break;
            case Optimizer.AdaGrad(var epsilon):
                var squares = memory[0].index_select(0, indices).addcmul_(rows, rows, 1);
                memory[0].index_copy_(0, indices, squares);
                theta.index_add_(0, indices, rows.div_(squares.sqrt_().add_(epsilon)), -rate);
                break;
            // What these remember moves every row, used or not.
            case Optimizer.Momentum(var mu):
                memory[0].mul_(mu).index_add_(0, indices, rows, 1);
                theta.add_(memory[0], -rate);
                break;
            case Optimizer.Adam(var beta1, var beta2, var epsilon):
                memory[0].mul_(beta1).index_add_(0, indices, rows, 1 - beta1);
                memory[1].mul_(beta2).index_add_(0, indices, rows.square(), 1 - beta2);
                theta.addcdiv_(memory[0], memory[1].sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(epsilon), -rate / (1 - Math.Pow(beta1, step)));
                break;
            default:
                throw new InvalidOperationException($"no rule for {Optimizer.GetType().Name}.");
        }
    }
}
