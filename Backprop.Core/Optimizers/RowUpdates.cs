namespace Backprop.Optimizers;

/// <summary>The update rules in place for a table of which few rows were used: the rows at hand alone, where the others stay as they are.</summary>
internal static class RowUpdates
{
    /// <summary>Whether <see cref="Apply"/> needs a table for sums: what is only added may be added piece by piece, what is squared must be summed before.</summary>
    internal static bool Sums(Optimizer optimizer) => optimizer is Optimizer.AdaGrad or Optimizer.Adam;

    /// <summary>As <see cref="Updates.Apply"/> for the gradient that is the sum of these rows. Its own arguments are trusted.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="theta">V×d.</param>
    /// <param name="ids">M rows of θ (int64), in any order, repeated or not.</param>
    /// <param name="rows">M×d.</param>
    /// <param name="sums">V×d of zeros, and zeros again afterwards; null where the rule needs none.</param>
    /// <param name="memory">What the optimizer remembers, each V×d.</param>
    /// <param name="step">t, from 1.</param>
    /// <param name="rate">η.</param>
    internal static void Apply(Optimizer optimizer, Tensor theta, Tensor ids, Tensor rows, Tensor? sums, IReadOnlyList<Tensor> memory, long step, double rate)
    {
        if (sums is not null)
        {
            sums.index_add_(0, ids, rows, 1);
            // A pass over the table costs less than picking rows until these are few; Adam must pass over all of it anyway.
            if (theta.shape[0] <= ids.shape[0] * (optimizer is Optimizer.Adam ? 32 : 2))
            {
                Updates.Apply(optimizer, theta, sums, memory, step, rate);
                sums.zero_();
                return;
            }
            // Each row becomes the sum over its id. An id that comes twice has the same row twice, and is copied twice where it would be added twice.
            rows = sums.index_select(0, ids);
            sums.index_fill_(0, ids, 0);
        }
        switch (optimizer)
        {
            case Optimizer.Sgd:
                theta.index_add_(0, ids, rows, -rate);
                break;
            case Optimizer.AdaGrad(var epsilon):
                var squares = memory[0].index_select(0, ids).addcmul_(rows, rows, 1);
                memory[0].index_copy_(0, ids, squares);
                theta.index_copy_(0, ids, theta.index_select(0, ids).addcdiv_(rows, squares.sqrt_().add_(epsilon), -rate));
                break;
            // What these remember moves every row, used or not.
            case Optimizer.Momentum(var mu):
                memory[0].mul_(mu).index_add_(0, ids, rows, 1);
                theta.add_(memory[0], -rate);
                break;
            case Optimizer.Adam(var beta1, var beta2, var epsilon):
                memory[0].mul_(beta1);
                memory[0].index_copy_(0, ids, memory[0].index_select(0, ids).add_(rows, 1 - beta1));
                memory[1].mul_(beta2);
                memory[1].index_copy_(0, ids, memory[1].index_select(0, ids).addcmul_(rows, rows, 1 - beta2));
                Updates.Adam(theta, memory[0], memory[1], beta1, beta2, epsilon, step, rate);
                break;
            default:
                throw new InvalidOperationException($"no rule for {optimizer.GetType().Name}.");
        }
    }
}
