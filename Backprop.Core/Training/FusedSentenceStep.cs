using Backprop.Optimizers;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A step of <see cref="SentenceNetwork"/> without a graph: means and their gradients are products with the weights 1/K_n of the words, padding has the weight 0, rows of the table are added where they belong, and the network takes its own fused step.</summary>
internal sealed class FusedSentenceStep : HeldStep
{
    private readonly SentenceNetwork _model;
    private readonly FusedStep _head;

    internal FusedSentenceStep(SentenceNetwork model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : base(optimizer)
    {
        _model = model;
        _head = new(model.Head, optimizer, [.. parameters.Skip(1)]);
        var table = Copies([parameters[0]]);
        Hold([.. table, .. _head.Parameters], [NewMemory(table[0].Value), .. _head.MemoryOf]);
    }

    public override void Dispose()
    {
        base.Dispose();
        _head.Dispose();
    }

    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        var table = Parameters[0].Value;
        var (n, k, weights) = SentenceNetwork.Weights(batch.Inputs, _model.Words, table);
        if (_model.Head.Judge is NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge) Expect.Labels(batch.Targets, nameof(batch), n, _model.Head.Sizes[^1]);
        var ids = batch.Inputs.clamp_min(0).reshape(-1);
        var mean = weights.unsqueeze(1).bmm(table.index_select(0, ids).reshape(n, k, -1)).squeeze(1);
        var (loss, dMean, rateOfMean) = _head.TakeWithInput(batch with { Inputs = mean }, rate, step);
        var rows = weights.unsqueeze(2).bmm(dMean.unsqueeze(1)).reshape(n * k, -1);
        UpdateRows(0, ids, rows, step, rateOfMean);
        return loss;
    }
}
