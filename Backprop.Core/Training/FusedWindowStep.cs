using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A step of <see cref="WindowScoring"/> without a graph: true and corrupt windows go through the layer as one batch, δ is written over the hidden units, and rows of the table are added where they belong without being sorted first.</summary>
internal sealed class FusedWindowStep(WindowScoring model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : HeldStep(optimizer, parameters)
{
    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        Expect.IndexRows(batch.Inputs, nameof(batch), "N×K", 1, model.Words);
        Expect.IndexRows(batch.Targets, nameof(batch), "N×K", 1, model.Words);
        if (!batch.Inputs.shape.SequenceEqual([batch.Inputs.shape[0], model.Window]) || !batch.Targets.shape.SequenceEqual(batch.Inputs.shape) || batch.Inputs.shape[0] == 0)
            throw new ArgumentException($"batch: expected N×{model.Window} ids of true windows and as many corrupt ones, N ≥ 1, got {Expect.Show(batch.Inputs.shape)} and {Expect.Show(batch.Targets.shape)}.", nameof(batch));
        var (table, v, w, b) = (Parameters[0].Value, Parameters[1].Value, Parameters[2].Value, Parameters[3].Value);
        var n = batch.Inputs.shape[0];
        var ids = torch.cat([batch.Inputs, batch.Targets], 0).reshape(-1);
        var x = table.index_select(0, ids).reshape(2 * n, -1);
        var hidden = Activated(torch.addmm(b, x, w.t(), 1, 1));
        var scores = hidden.mv(v);
        var margins = scores.narrow(0, n, n).sub(scores.narrow(0, 0, n)).add_(1).relu_();
        var loss = margins.mean();
        // The derivative of the mean of the open margins, −1/N of s and 1/N of s_c; 0 at the kink, as relu has it.
        var open = margins.sign_().div_(n);
        var ds = torch.cat([open.neg(), open], 0);
        var dv = hidden.t().mv(ds);
        var dz = Slope(hidden).mul_(v).mul_(ds.unsqueeze(1));
        var rows = dz.mm(w).reshape(-1, model.Dimensions);
        var (dw, db) = (dz.t().mm(x), dz.sum([0L]));
        UpdateRows(0, ids, rows, step, rate);
        Updates.Apply(Optimizer, v, dv, MemoryOf[1], step, rate);
        Updates.Apply(Optimizer, w, dw, MemoryOf[2], step, rate);
        Updates.Apply(Optimizer, b, db, MemoryOf[3], step, rate);
        return Number(loss);
    }

    private Tensor Activated(Tensor z) => model.Activation switch
    {
        Activation.Sigmoid => z.sigmoid_(),
        Activation.Tanh => z.tanh_(),
        Activation.Relu => z.relu_(),
        _ => z,
    };

    /// <summary>f′ from f.</summary>
    private Tensor Slope(Tensor hidden) => model.Activation switch
    {
        Activation.Sigmoid => (1 - hidden).mul_(hidden),
        Activation.Tanh => hidden.square().neg_().add_(1),
        Activation.Relu => hidden.sign(),
        _ => torch.ones_like(hidden),
    };
}
