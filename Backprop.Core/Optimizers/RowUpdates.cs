using Backprop.Rules;

namespace Backprop.Optimizers;

/// <summary>The update rules in place for a table of which few rows were used: the rows at hand alone, where the others stay as they are.</summary>
internal static class RowUpdates
{
    /// <summary>As <see cref="Updates.Apply"/> for the gradient that is the sum of these rows. Its own arguments are trusted.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="theta">V×d.</param>
    /// <param name="ids">M rows of θ (int64), in any order.</param>
    /// <param name="rows">M×d; may be overwritten.</param>
    /// <param name="distinct">Whether each id comes once.</param>
    /// <param name="memory">What the optimizer remembers, each V×d.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="rate">η.</param>
    internal static void Apply(Optimizer optimizer, Tensor theta, Tensor ids, Tensor rows, bool distinct, IReadOnlyList<Tensor> memory, long step, double rate)
    {
        // What is only added may be added piece by piece; what is squared must be summed before.
        if (!distinct && optimizer is Optimizer.AdaGrad or Optimizer.Adam)
        {
            if (theta.shape[0] <= 2 * ids.shape[0])
            {
                Updates.Apply(optimizer, theta, torch.zeros_like(theta).index_add_(0, ids, rows, 1), memory, step, rate);
                return;
            }
            var sums = SparseRows.Accumulate(ids, rows);
            (ids, rows) = (sums.Indices, sums.Rows);
        }
        switch (optimizer)
        {
            case Optimizer.Sgd:
                theta.index_add_(0, ids, rows, -rate);
                break;
            case Optimizer.AdaGrad(var epsilon):
                var squares = memory[0].index_select(0, ids).addcmul_(rows, rows, 1);
                memory[0].index_copy_(0, ids, squares);
                theta.index_add_(0, ids, rows.div_(squares.sqrt_().add_(epsilon)), -rate);
                break;
            // What these remember moves every row, used or not.
            case Optimizer.Momentum(var mu):
                memory[0].mul_(mu).index_add_(0, ids, rows, 1);
                theta.add_(memory[0], -rate);
                break;
            case Optimizer.Adam(var beta1, var beta2, var epsilon):
                memory[0].mul_(beta1).index_add_(0, ids, rows, 1 - beta1);
                memory[1].mul_(beta2).index_add_(0, ids, rows.square(), 1 - beta2);
                theta.addcdiv_(memory[0], memory[1].sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(epsilon), -rate / (1 - Math.Pow(beta1, step)));
                break;
            default:
                throw new InvalidOperationException($"no rule for {optimizer.GetType().Name}.");
        }
    }
}
