namespace Backprop.Bugs;

/// <summary>Ways to write a wrong version down: only what is wrong about it, the rest is the right backward pass.</summary>
internal static class Wrong
{
    /// <summary>Of a function of one tensor: the cotangent and x → dx.</summary>
    internal static Bug Unary(string id, Operation operation, string cause, string summary, Func<Tensor, Tensor, Tensor> gradient) =>
        Gradient(id, operation, cause, summary, 0, (dy, x) => gradient(dy, x[0]));

    /// <summary>The right gradients but for the one at <paramref name="place"/>.</summary>
    internal static Bug Gradient(string id, Operation operation, string cause, string summary, int place, Func<Tensor, IReadOnlyList<Tensor>, Tensor> gradient) =>
        Bug.Of(id, operation, cause, summary, (dy, x) => operation.Backward(dy, x) is var right ? [.. right.Take(place), gradient(dy, x), .. right.Skip(place + 1)] : []);

    /// <summary>The right gradients of another cotangent or other inputs than those that were given.</summary>
    internal static Bug Elsewhere(string id, Operation operation, string cause, string summary, Func<Tensor, IReadOnlyList<Tensor>, Tensor> cotangent,
        Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>>? inputs = null) =>
        Bug.Of(id, operation, cause, summary, (dy, x) => operation.Backward(cotangent(dy, x), inputs is null ? x : inputs(dy, x)));

    /// <summary>The right gradients, changed afterwards.</summary>
    internal static Bug Changed(string id, Operation operation, string cause, string summary, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> change) =>
        Bug.Of(id, operation, cause, summary, (dy, x) => change(operation.Backward(dy, x), x));

    /// <summary>Gradients that add up from call to call, since nobody clears them.</summary>
    internal static Bug Accumulating(string id, Operation operation, string summary, int place) => new()
    {
        Id = id,
        Operation = operation,
        Cause = Verify.CauseCode.Stateful,
        Summary = summary,
        Create = () =>
        {
            Tensor? total = null;
            return (dy, x) =>
            {
                var right = operation.Backward(dy, x);
                // Of another size there is nothing to add to: as if a new layer had been made.
                var sum = total is not null && total.shape.AsSpan().SequenceEqual(right[place].shape) ? total + right[place] : right[place].clone();
                total = Kept(sum);
                return [.. right.Take(place), sum, .. right.Skip(place + 1)];
            };
        },
    };

    /// <summary>A backward pass at the inputs of the call before; the first call, and one of other sizes, sees zeros.</summary>
    internal static Bug Stale(string id, Operation operation, string summary, int place, int input, Func<Tensor, IReadOnlyList<Tensor>, Tensor> gradient) => new()
    {
        Id = id,
        Operation = operation,
        Cause = Verify.CauseCode.StaleCache,
        Summary = summary,
        Create = () =>
        {
            Tensor? before = null;
            return (dy, x) =>
            {
                var cached = before is not null && before.shape.AsSpan().SequenceEqual(x[input].shape) ? before : torch.zeros_like(x[input]);
                before = Kept(x[input].clone());
                IReadOnlyList<Tensor> seen = [.. x.Take(input), cached, .. x.Skip(input + 1)];
                return operation.Backward(dy, x) is var right ? [.. right.Take(place), gradient(dy, seen), .. right.Skip(place + 1)] : [];
            };
        },
    };

    /// <summary>A copy that outlives the scope of the call, as a field would.</summary>
    internal static Tensor Kept(Tensor tensor) => tensor.detach().clone().DetachFromDisposeScope();

    /// <summary>1 where <paramref name="condition"/> holds, else 0, in the dtype of <paramref name="like"/>.</summary>
    internal static Tensor Gate(Tensor condition, Tensor like) => condition.to_type(like.dtype);
}
