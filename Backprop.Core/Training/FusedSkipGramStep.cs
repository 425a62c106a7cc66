using Backprop.Optimizers;
using Backprop.Shapes;

namespace Backprop.Training;

/// <summary>A step of <see cref="SkipGramVectors"/> without a graph: the word beside and those drawn are scored as one batch, δ is written over the scores, and rows are added where they belong.</summary>
internal sealed class FusedSkipGramStep(SkipGramVectors model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : HeldStep(optimizer, parameters)
{
    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        using var untracked = torch.no_grad();
        var n = model.Pairs(batch);
        Expect.IndexRows(batch.Targets, nameof(batch), "N×K", 0, model.Words);
        Expect.Size(batch.Targets, nameof(batch), 0, n, "one row for each pair");
        var (u, v) = (Parameters[0].Value, Parameters[1].Value);
        var centres = batch.Inputs.select(1, 0);
        var words = torch.cat([batch.Inputs.narrow(1, 1, 1), batch.Targets], 1);
        var (of, many) = (words.reshape(-1), words.shape[1]);
        var c = v.index_select(0, centres);
        var w = u.index_select(0, of).reshape(n, many, -1);
        var scores = w.bmm(c.unsqueeze(2)).squeeze(2);
        // −log σ(s) for the word beside, −log σ(−s) for the others: softplus of −s and of s; its slope is σ of the same, with the same sign.
        var beside = scores.narrow(1, 0, 1);
        beside.neg_();
        var loss = torch.nn.functional.softplus(scores, threshold: 50).sum().div_(n);
        scores.sigmoid_();
        beside.neg_();
        scores.div_(n);
        var dc = scores.unsqueeze(1).bmm(w).squeeze(1);
        var dw = (scores.unsqueeze(2) * c.unsqueeze(1)).reshape(n * many, -1);
        UpdateRows(0, of, dw, step, rate);
        UpdateRows(1, centres, dc, step, rate);
        return Number(loss);
    }
}
