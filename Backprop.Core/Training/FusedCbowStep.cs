using Backprop.Optimizers;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A step of <see cref="CbowVectors"/> without a graph: δ is written over the log-probabilities, one-hot is never made, and rows of v are added where they belong.</summary>
internal sealed class FusedCbowStep(CbowVectors model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : HeldStep(optimizer, parameters)
{
    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        Expect.IndexRows(batch.Inputs, nameof(batch), "N×C", 1, model.Words);
        var (n, c) = (batch.Inputs.shape[0], batch.Inputs.shape[1]);
        if (n == 0) throw new ArgumentException("batch: expected at least one window, got none.", nameof(batch));
        Expect.Labels(batch.Targets, nameof(batch), n, model.Words);
        var (u, v) = (Parameters[0].Value, Parameters[1].Value);
        var ids = batch.Inputs.reshape(-1);
        var h = v.index_select(0, ids).reshape(n, c, -1).mean([1L]);
        var logP = h.mm(u.t()).log_softmax(1);
        var loss = torch.nn.functional.nll_loss(logP, batch.Targets);
        var dz = logP.exp_().scatter_add_(1, batch.Targets.unsqueeze(1), torch.full([n, 1], -1, logP.dtype, logP.device)).div_(n);
        // Before u moves: it must be as the forward pass saw it.
        var rows = dz.mm(u).div_(c).unsqueeze(1).expand(n, c, model.Dimensions).reshape(n * c, -1);
        if (Optimizer is Optimizer.Sgd) u.addmm_(dz.mul_(-rate).t(), h, 1, 1);
        else Updates.Apply(Optimizer, u, dz.t().mm(h), MemoryOf[0], step, rate);
        UpdateRows(1, ids, rows, step, rate);
        return Number(loss);
    }
}
