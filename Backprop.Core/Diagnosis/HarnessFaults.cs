using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>The faults of harness and run time. Some have a right gradient: the fault would be to call it wrong.</summary>
public static class HarnessFaults
{
    private static Input X => Input.Real("x", "N", "D");

    /// <summary>All of them; from 51 on, second sides of the same faults.</summary>
    public static IReadOnlyList<HarnessFault> All { get; } = [.. Measuring(), .. Points(), .. Calls(), .. Hands(), .. Tensors(), .. Edges()];

    /// <summary>The difference is what is wrong, or the check itself.</summary>
    private static IReadOnlyList<HarnessFault> Measuring() =>
    [
        Right("HAR-01", "a small slope on a large result in float32: differences of a plain step see 0", "not called wrong: right, or inconclusive for want of precision",
            Of("HAR-01", x => x.sigmoid() + 10_000, (dy, x) => dy * x.sigmoid() * (1 - x.sigmoid()))) with
        { Options = new() { Dtype = torch.float32 }, Verdicts = [Verdict.Right, Verdict.Inconclusive] },
        Right("HAR-02", "so strongly curved that a step of any common size is too large", "called right", Of("HAR-02", x => (50 * x).sin(), (dy, x) => dy * 50 * (50 * x).cos())),
        new()
        {
            Id = "HAR-03",
            Summary = "a dropout mask is drawn anew at each evaluation",
            Caught = "inconclusive: the function is random",
            Create = () =>
            {
                var random = new Random(3);
                Tensor Mask(Tensor x) => Host.Tensor([.. Enumerable.Range(0, (int)x.numel()).Select(_ => (double)random.Next(2))], x.shape, x.dtype, x.device);
                return Of("HAR-03", x => x * Mask(x), (dy, x) => dy * Mask(x));
            },
            Verdicts = [Verdict.Inconclusive],
            Codes = [CauseCode.Randomness],
        },
        new()
        {
            Id = "HAR-04",
            Summary = "Forward reads a copy of w that it made at its first call: what moves is not what is read",
            Caught = "not called right: Forward does not respond to w",
            Create = () =>
            {
                Tensor? copy = null;
                return Of("HAR-04", [Input.Real("x", "3", "2"), Input.Real("w", "2", "4")],
                    x => x[0].matmul(copy ??= x[1].detach().clone().DetachFromDisposeScope()), (dy, x) => [dy.matmul(x[1].t()), x[0].t().matmul(dy)]);
            },
            Verdicts = [Verdict.Wrong, Verdict.Vacuous, Verdict.Inconclusive],
            Codes = [CauseCode.GraphCut, CauseCode.StaleCache, CauseCode.Stateful],
        },
        Wrong("HAR-05", "Forward moves its input and does not move it back", Of("HAR-05", x => x.add_(1e-3).sigmoid(), (dy, x) => dy * x.sigmoid() * (1 - x.sigmoid())), CauseCode.InputMutated),
        Wrong("HAR-06", "Backward is that of the sum of the result, not of the result", Of("HAR-06", x => x * x, (_, x) => 2 * x), CauseCode.CotangentIgnored),
        Wrong("HAR-25", "a gradient off by one per cent: a checker that compares it with itself sees nothing", Of("HAR-25", x => x.tanh(), (dy, x) => dy * (1 - x.tanh().pow(2)) * 1.01), CauseCode.Scale, CauseCode.Approximate),
        Wrong("HAR-26", "a gradient of 10⁻⁹, wrong by a factor: an absolute tolerance would hide it", Of("HAR-26", x => x * x * 1e-9, (dy, x) => dy * x * 1e-9), CauseCode.Scale),
        Right("HAR-76", "a tolerance so wide that zeros would pass", "vacuous: the tolerance decides", Of("HAR-76", x => x.tanh(), (dy, x) => dy * (1 - x.tanh().pow(2)))) with
        { Options = new() { Tolerance = 2 }, Verdicts = [Verdict.Vacuous], Codes = [CauseCode.Precision] },
    ];

    /// <summary>The point is what is special.</summary>
    private static IReadOnlyList<HarnessFault> Points() =>
    [
        Right("HAR-07", "the sum of a softmax: its gradient is zero, whatever Backward gets wrong", "vacuous: this proves nothing", Of("HAR-07", x => x.softmax(-1).sum(-1L), (_, x) => torch.zeros_like(x))) with { Verdicts = [Verdict.Vacuous] },
        Right("HAR-08", "relu with ½ at its kink", "a kink: right by convention", Of("HAR-08", x => x.relu(), (dy, x) => dy * (x.sign() + 1) / 2)) with { Verdicts = [Verdict.Kink] },
        Right("HAR-09", "√ at the edge of its domain, where the slope is infinite and one side has no value", "not called wrong",
            Of("HAR-09", [Input.Range("x", 0, 2, "N", "D")], x => x[0].sqrt(), (dy, x) => [dy / (2 * x[0].sqrt())])) with
        { Verdicts = [Verdict.Right, Verdict.Kink, Verdict.Inconclusive] },
        Wrong("HAR-10", "0/0 at 0, where the true gradient is finite", Of("HAR-10", x => x.abs(), (dy, x) => dy * x / x.abs()), CauseCode.Nonfinite),
        new()
        {
            Id = "HAR-11",
            Summary = "a softmax without the shift overflows in the forward pass",
            Caught = "said: Forward is not finite there",
            Create = () => Of("HAR-11", [Input.Range("x", 0, 2000, "N", "C")], x => x[0].exp() / x[0].exp().sum(-1L, keepdim: true),
                (dy, x) => x[0].softmax(-1) is var s ? [s * (dy - (s * dy).sum(-1L, keepdim: true))] : []),
            Verdicts = [Verdict.Error, Verdict.Inconclusive, Verdict.Right, Verdict.Vacuous],
            Codes = ["error", CauseCode.Nonfinite],
        },
    ];

    /// <summary>A call leaves something behind, or takes something over.</summary>
    private static IReadOnlyList<HarnessFault> Calls() =>
    [
        Wrong("HAR-12", "Backward works on x in place", Of("HAR-12", x => x.tanh(), (dy, x) => dy * (1 - x.tanh_().pow(2))), CauseCode.InputMutated),
        Right("HAR-13", "Backward returns dy itself, and a view of it", "called right: returning dy is no fault", Of("HAR-13", [X, Input.Real("z", "N", "D")], x => x[0] + x[1], (dy, _) => [dy, dy.view(dy.shape)])),
        new()
        {
            Id = "HAR-63",
            Summary = "Backward returns a buffer of its own, which the next call overwrites",
            Caught = "wrong: the gradient that was handed out changes",
            Create = () =>
            {
                Tensor? buffer = null;
                return Of("HAR-63", x => x.tanh(), (dy, x) =>
                {
                    if (buffer is null || !buffer.shape.AsSpan().SequenceEqual(x.shape)) buffer = torch.empty_like(x).DetachFromDisposeScope();
                    return buffer.copy_(dy * (1 - x.tanh().pow(2)));
                });
            },
            Verdicts = [Verdict.Wrong],
            Codes = [CauseCode.Stateful, CauseCode.StaleCache, CauseCode.InputMutated],
        },
        new()
        {
            Id = "HAR-14",
            Summary = "Backward adds to what it gave before",
            Caught = "wrong: the second call differs",
            Create = () =>
            {
                Tensor? sum = null;
                return Of("HAR-14", x => x.tanh(), (dy, x) =>
                {
                    var right = dy * (1 - x.tanh().pow(2));
                    sum = (sum is not null && sum.shape.AsSpan().SequenceEqual(x.shape) ? sum + right : right.clone()).DetachFromDisposeScope();
                    return sum.clone();
                });
            },
            Verdicts = [Verdict.Wrong],
            Codes = [CauseCode.Stateful],
        },
    ];

    /// <summary>The wrong tensor, order or number of gradients, or a random mask.</summary>
    private static IReadOnlyList<HarnessFault> Hands() =>
    [
        new()
        {
            Id = "HAR-15",
            Summary = "Forward saves x where the derivative wants y",
            Caught = "wrong: the right formula, the wrong tensor",
            Create = () => new()
            {
                Name = "HAR-15",
                Inputs = [X],
                Forward = x => new([x[0].tanh()], x[0]),
                Backward = (dys, _, saved) => [dys[0] * (1 - ((Tensor)saved!).pow(2))],
            },
            Verdicts = [Verdict.Wrong],
            Codes = [CauseCode.WrongArgument],
        },
        Wrong("HAR-16", "gradients are returned in the wrong order", Of("HAR-16", [X, Input.Real("z", "N", "D")], x => x[0].tanh() * x[1], (dy, x) => [dy * x[0].tanh(), dy * x[1] * (1 - x[0].tanh().pow(2))]), CauseCode.Swapped),
        new()
        {
            Id = "HAR-17",
            Summary = "no gradient for an input that needs one",
            Caught = "wrong: one is missing",
            Create = () => new() { Name = "HAR-17", Inputs = [X, Input.Real("z", "N", "D")], Forward = x => new([x[0] * x[1]], null), Backward = (dys, x, _) => [dys[0] * x[1], null] },
            Verdicts = [Verdict.Wrong],
            Codes = [CauseCode.Count],
        },
        new()
        {
            Id = "HAR-53",
            Summary = "dropout from libtorch's generator; Backward draws a mask of its own",
            Caught = "wrong: another mask than the forward pass had",
            Create = () => Of("HAR-53", x => x * torch.rand_like(x).gt(0.5).to_type(x.dtype), (dy, x) => dy * torch.rand_like(x).gt(0.5).to_type(x.dtype)),
            Verdicts = [Verdict.Wrong, Verdict.Inconclusive],
            Codes = [CauseCode.Mask, CauseCode.Randomness, CauseCode.Stateful],
        },
        Right("HAR-24", "a detached factor: autograd does not see its path, the hand does", "judged by the differences, with a warning that the graph is cut",
            Of("HAR-24", x => x * x.sigmoid().detach(), (dy, x) => dy * (x.sigmoid() + x * x.sigmoid() * (1 - x.sigmoid())))) with
        { Verdicts = [Verdict.Right, Verdict.Inconclusive], Codes = [CauseCode.GraphCut] },
    ];

    /// <summary>Layout, dtype, device, and the rows of a batch.</summary>
    private static IReadOnlyList<HarnessFault> Tensors() =>
    [
        new()
        {
            Id = "HAR-18",
            Summary = "the memory of x is read row by row, however x lies in it",
            Caught = "wrong, though only where x is not contiguous",
            Create = () => Of("HAR-18", x => x.tanh(), (dy, x) => dy * (1 - AsItLies(x).tanh().pow(2))),
            Verdicts = [Verdict.Wrong],
        },
        Wrong("HAR-19", "the gradient comes in float32", Of("HAR-19", x => x.tanh(), (dy, x) => (dy * (1 - x.tanh().pow(2))).to_type(torch.float32)), CauseCode.Dtype),
        Wrong("HAR-69", "the gradient went through float32 on the way: the dtype is right, the digits are not", Of("HAR-69", x => x.tanh(), (dy, x) => (dy * (1 - x.tanh().pow(2))).to_type(torch.float32).to_type(x.dtype)),
            CauseCode.Approximate, CauseCode.Dtype, CauseCode.Precision),
        Wrong("HAR-20", "rows of a batch are mixed: one sum for all of them", Of("HAR-20", x => x.softmax(-1), (dy, x) => x.softmax(-1) is var s ? s * (dy - (s * dy).sum()) : dy), CauseCode.Coupling, CauseCode.Axis),
        // On a machine without CUDA there is nothing to see but that the report says where it was checked.
        Right("HAR-21", "right on the CPU, twice too much elsewhere", "on the CPU: called right, of the CPU alone; with --device cuda: wrong", Of("HAR-21", x => x.tanh(), (dy, x) => dy * (1 - x.tanh().pow(2)) * (dy.device_type == DeviceType.CPU ? 1 : 2))),
        new()
        {
            Id = "HAR-71",
            Summary = "the last bits depend on the order of additions, as atomics have it",
            Caught = "wrong: two calls differ in their bits",
            Create = () =>
            {
                var calls = 0;
                return Of("HAR-71", x => x.tanh(), (dy, x) => dy * (1 - x.tanh().pow(2)) * (1 + (calls++ % 3 * 4e-16)));
            },
            Verdicts = [Verdict.Wrong, Verdict.Inconclusive],
            Codes = [CauseCode.Stateful, CauseCode.StaleCache, CauseCode.Randomness],
        },
    ];

    /// <summary>Sizes and indices at the edge.</summary>
    private static IReadOnlyList<HarnessFault> Edges() =>
    [
        Wrong("HAR-22", "0/0 for a batch of one", Of("HAR-22", x => x.tanh().mean([0L]), (dy, x) => x.shape[0] is var n ? dy * (1 - x.tanh().pow(2)) * ((n - 1.0) / n / (n - 1)) : dy), CauseCode.Nonfinite),
        new()
        {
            Id = "HAR-23",
            Summary = "an index of −1 means none in the forward pass, and the last row in the backward pass",
            Caught = "wrong: rows get the gradient of places that are ignored",
            Create = () => Of("HAR-23", [Input.Real("table", "V", "D"), Input.Indices("indices", "K", "V") with { Ignored = -1 }],
                x => x[0].index_select(0, x[1].clamp_min(0)) * x[1].ge(0).to_type(x[0].dtype).unsqueeze(1),
                (dy, x) => [torch.zeros_like(x[0]).index_add(0, x[1].remainder(x[0].shape[0]), dy, 1)]),
            Verdicts = [Verdict.Wrong],
            Codes = [CauseCode.Mask, CauseCode.WrongArgument, CauseCode.ExtraTerm],
        },
    ];

    private static HarnessFault Wrong(string id, string summary, Specimen specimen, params string[] codes) =>
        new() { Id = id, Summary = summary, Caught = $"wrong: {codes[0]}", Create = () => specimen, Verdicts = [Verdict.Wrong], Codes = codes };

    private static HarnessFault Right(string id, string summary, string caught, Specimen specimen) => new() { Id = id, Summary = summary, Caught = caught, Create = () => specimen, Verdicts = [Verdict.Right] };

    private static Specimen Of(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor> backward) => Of(name, [X], x => forward(x[0]), (dy, x) => [backward(dy, x[0])]);

    private static Specimen Of(string name, IReadOnlyList<Input> inputs, Func<IReadOnlyList<Tensor>, Tensor> forward, Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward) =>
        new() { Name = name, Inputs = inputs, Forward = x => new([forward(x)], null), Backward = (dys, x, _) => backward(dys[0], x) };

    /// <summary>What one gets who walks the memory of a transposed matrix as if it were its own.</summary>
    private static Tensor AsItLies(Tensor x) => !x.is_contiguous() && x.dim() == 2 && x.t().is_contiguous() ? x.t().reshape(x.shape) : x;
}
