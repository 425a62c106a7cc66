using Backprop.Models;
using Backprop.Optimizers;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A step of <see cref="GloveVectors"/> without a graph: one weighted difference for each pair is the gradient of both biases and the factor of both vectors.</summary>
internal sealed class FusedGloveStep(GloveVectors model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : HeldStep(optimizer, parameters)
{
    private readonly GloveWeight _weight = new();

    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        var n = model.Pairs(batch);
        var (u, v, b, c) = (Parameters[0].Value, Parameters[1].Value, Parameters[2].Value, Parameters[3].Value);
        Expect.SameKind(batch.Targets, nameof(batch), u, nameof(u));
        Expect.Positive(batch.Targets, nameof(batch));
        if (!batch.Targets.shape.SequenceEqual([n])) throw new ArgumentException($"batch: expected {n} counts, one for each pair, got {Expect.Show(batch.Targets.shape)}.", nameof(batch));
        var (rows, columns) = (batch.Inputs.select(1, 0), batch.Inputs.select(1, 1));
        var (ui, vj) = (u.index_select(0, rows), v.index_select(0, columns));
        var difference = (ui * vj).sum([1L], keepdim: true).add_(b.index_select(0, rows)).add_(c.index_select(0, columns)).sub_(batch.Targets.log().unsqueeze(1));
        var slope = _weight.Of(batch.Targets).unsqueeze(1).mul_(difference).div_(n);
        var loss = slope.mul(difference).sum().div_(2);
        (ui, vj) = (vj.mul_(slope), ui.mul_(slope));
        UpdateRows(0, rows, ui, step, rate);
        UpdateRows(1, columns, vj, step, rate);
        UpdateRows(2, rows, slope, step, rate);
        UpdateRows(3, columns, slope, step, rate);
        return Number(loss);
    }
}
