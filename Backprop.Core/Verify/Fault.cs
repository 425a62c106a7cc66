namespace Backprop.Verify;

/// <summary>A mistake to put into a hand-written backward pass on purpose: a checker that has never been seen to fail proves nothing.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Summary">What the broken rule does.</param>
/// <param name="Inject">The subject with the mistake in it.</param>
public sealed record Fault(string Name, string Summary, Func<Subject, Subject> Inject)
{
    /// <summary>All mistakes that can be put into any rule.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        Gradient("scale", "0.1 % too large", (g, _) => g * 1.001),
        Gradient("sign", "minus the gradient", (g, _) => -g),
        Gradient("zero", "never computed", (g, _) => torch.zeros_like(g)),
        Gradient("transpose", "read column by column", (g, _) => g.dim() == 2 ? g.t().reshape(g.shape) : g.flip(0)),
        Gradient("unreduced", "repeated over the batch instead of summed", (g, _) => g.unsqueeze(0).expand([2, .. g.shape])),
        Gradient("batch", "divided by the number of rows: wrong only for N > 1", (g, x) => g / Math.Max(1, x.shape[0])),
        Gradient("ties", "wrong only where the input is exactly 0", (g, x) => torch.where(x.eq(0), g + 1, g)),
        Gradient("nan", "NaN in its first entry", (g, _) => WithFirst(g, double.NaN)),
        Gradient("entry", "its first entry alone is wrong, by 0.1 %", (g, _) => g.numel() == 0 ? g : WithFirst(g, g.flatten()[0].to_type(torch.float64).item<double>() * 1.001)),
        new("cotangent", "ignores dy", subject => subject with { Backward = (dy, saved) => subject.Backward(torch.ones_like(dy), saved) }),
        new("count", "one gradient too few", subject => subject with { Backward = (dy, saved) => [.. subject.Backward(dy, saved).Skip(1)] }),
        new("mutates", "changes dy on the way", subject => subject with
        {
            Backward = (dy, saved) =>
            {
                var gradients = subject.Backward(dy, saved);
                dy.mul_(0.5);
                return gradients;
            },
        }),
        new("state", "grows with every call", subject =>
        {
            var calls = 0;
            return subject with { Backward = (dy, saved) => calls++ is var n ? [.. subject.Backward(dy, saved).Select(g => g * (1 + 1e-3 * n))] : [] };
        }),
        new("cache", "remembers its first answer for each shape of dy", subject =>
        {
            var answers = new Dictionary<string, IReadOnlyList<Tensor>>(StringComparer.Ordinal);
            return subject with
            {
                Backward = (dy, saved) =>
                {
                    var shape = Shapes.Expect.Show(dy.shape);
                    if (!answers.TryGetValue(shape, out var answer))
                        answers[shape] = answer = [.. subject.Backward(dy, saved).Select(g => g.clone().DetachFromDisposeScope())];
                    return answer;
                },
            };
        }),
    ];

    /// <summary>The mistake of this name, or null.</summary>
    public static Fault? Find(string name) => All.FirstOrDefault(fault => string.Equals(fault.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A mistake in the first gradient, made from the right one and from its input.</summary>
    private static Fault Gradient(string name, string summary, Func<Tensor, Tensor, Tensor> spoil) => new(name, summary, subject =>
    {
        var place = subject.Inputs.TakeWhile(input => !input.Differentiable).Count();
        return subject with
        {
            Forward = inputs => subject.Forward(inputs) is var primal ? new(primal.Y, new WithInput(primal.Saved, inputs[place])) : throw new InvalidOperationException(),
            Backward = (dy, saved) => (WithInput)saved is var both ? [.. subject.Backward(dy, both.Saved).Select((g, i) => i == 0 ? spoil(g, both.Input) : g)] : [],
        };
    });

    private sealed record WithInput(object Saved, Tensor Input);

    private static Tensor WithFirst(Tensor gradient, double value)
    {
        if (gradient.numel() == 0) return gradient;
        var first = torch.zeros(gradient.numel(), dtype: torch.@bool, device: gradient.device);
        first[0] = torch.tensor(true);
        return gradient.masked_fill(first.reshape(gradient.shape), value);
    }
}
