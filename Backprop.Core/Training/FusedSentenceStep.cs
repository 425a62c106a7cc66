using Backprop.Optimizers;

namespace Backprop.Training;

/// <summary>A step of <see cref="SentenceNetwork"/> without a graph: means and their gradients are products with the weights 1/K_n of the words, padding has the weight 0, and rows of the table are added where they belong.</summary>
internal sealed class FusedSentenceStep : HeldStep
{
    private readonly SentenceNetwork _model;

    internal FusedSentenceStep(SentenceNetwork model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : base(optimizer)
    {
        _model = model;
        Hold(Copies(parameters));
    }

    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        var table = Parameters[0].Value;
        var (n, k, weights) = SentenceNetwork.Weights(batch.Inputs, _model.Words, table);
        var ids = batch.Inputs.clamp_min(0).reshape(-1);
        var mean = weights.unsqueeze(1).bmm(table.index_select(0, ids).reshape(n, k, -1)).squeeze(1);
        var (differentiated, dMean) = _model.Head.GradientsWithInput([.. Parameters.Skip(1).Select(parameter => parameter.Value)], batch with { Inputs = mean });
        var rows = weights.unsqueeze(2).bmm(dMean.unsqueeze(1)).reshape(n * k, -1);
        UpdateRows(0, ids, rows, step, rate);
        for (var i = 1; i < Parameters.Count; i++) Updates.Apply(Optimizer, Parameters[i].Value, differentiated.Gradients[i - 1], MemoryOf[i], step, rate);
        return Number(differentiated.Loss);
    }
}
