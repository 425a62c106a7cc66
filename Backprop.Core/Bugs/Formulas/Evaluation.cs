using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Backprop.Bugs.Formulas;

/// <summary>Evaluates formulas at one point. What has been evaluated is remembered by the identity of the part, so a formula with one part exchanged costs only that part
/// and what depends on it.</summary>
/// <param name="leaves">Inputs and cotangents by name.</param>
/// <param name="numbers">Sizes and constants by name.</param>
/// <param name="basis">An evaluation at the same point whose values are used too; what is new is not added to it.</param>
internal sealed class Evaluation(IReadOnlyDictionary<string, Tensor> leaves, IReadOnlyDictionary<string, double> numbers, Evaluation? basis = null)
{
    private readonly Dictionary<Expr, Tensor?> known = new(ReferenceEqualityComparer.Instance);

    internal IReadOnlyDictionary<string, double> Numbers => numbers;

    /// <summary>The value; null where shapes do not fit.</summary>
    internal Tensor? Of(Expr one)
    {
        if (basis is not null && basis.known.TryGetValue(one, out var value)) return value;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return known.TryGetValue(one, out value) ? value : known[one] = Compute(one);
    }

    /// <summary>An evaluation for a variant: it starts from all that is known here.</summary>
    internal Evaluation Variant() => new(leaves, numbers, this);

    private Tensor? Compute(Expr one)
    {
        switch (one)
        {
            case Leaf leaf: return leaves.TryGetValue(leaf.Name, out var tensor) ? tensor : null;
            case Number number: return (number.Value ?? (numbers.TryGetValue(number.Name, out var size) ? size : null)) is { } value ? torch.tensor(value, torch.float64) : null;
            case Named named: return Of(named.Body);
            case Apply apply:
                var arguments = new Tensor[apply.Arguments.Count];
                for (var i = 0; i < arguments.Length; i++)
                    if (Of(apply.Arguments[i]) is { } argument) arguments[i] = argument;
                    else return null;
                try
                {
                    return apply.Operator.Evaluate(arguments);
                }
                // A slip may put anything anywhere; what libtorch refuses in spite of the checks does not fit.
                catch (Exception refused) when (refused is ArgumentException or InvalidOperationException or ExternalException)
                {
                    return null;
                }
            case Sum sum: return Fold(sum.Terms, term => term.Of, term => term.Minus, value => value.neg(), (all, value) => all + value, (all, value) => all - value);
            case Product product: return Fold(product.Factors, factor => factor.Of, factor => factor.Inverse, value => value.reciprocal(), (all, value) => all * value, (all, value) => all / value);
            default: throw new InvalidOperationException($"{one}");
        }
    }

    private Tensor? Fold<T>(IReadOnlyList<T> parts, Func<T, Expr> of, Func<T, bool> opposite, Func<Tensor, Tensor> turn, Func<Tensor, Tensor, Tensor> join, Func<Tensor, Tensor, Tensor> part)
    {
        Tensor? all = null;
        foreach (var one in parts)
        {
            if (Of(of(one)) is not { } value) return null;
            if (all is null) all = opposite(one) ? turn(value) : value;
            else if (!ShapeFit.Together(all.shape, value.shape)) return null;
            else all = opposite(one) ? part(all, value) : join(all, value);
        }
        return all;
    }
}

/// <summary>Whether shapes fit, asked before libtorch is.</summary>
internal static class ShapeFit
{
    /// <summary>Whether the two broadcast.</summary>
    internal static bool Together(long[] left, long[] right)
    {
        for (var i = 1; i <= Math.Min(left.Length, right.Length); i++)
            if (left[^i] != right[^i] && left[^i] != 1 && right[^i] != 1) return false;
        return true;
    }

    /// <summary>Whether <paramref name="shape"/> broadcasts to <paramref name="target"/>.</summary>
    internal static bool Into(long[] shape, long[] target)
    {
        if (shape.Length > target.Length) return false;
        for (var i = 1; i <= shape.Length; i++)
            if (shape[^i] != target[^i] && shape[^i] != 1) return false;
        return true;
    }

    internal static bool Same(long[] left, long[] right) => left.AsSpan().SequenceEqual(right);

    /// <summary>Whether matmul takes them.</summary>
    internal static bool Product(long[] left, long[] right) =>
        left.Length > 0 && right.Length > 0 && left[^1] == (right.Length == 1 ? right[0] : right[^2])
        && (left.Length < 3 || right.Length < 3 || Together(left[..^2], right[..^2]));

    internal static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
