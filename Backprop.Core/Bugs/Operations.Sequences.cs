using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Windows, heads and steps.</summary>
    internal static IReadOnlyList<Operation> Sequences() => [Convolution, MaxPool, MeanPool, Attention, Recurrent];

    /// <summary>One filter moved along each row: y_nt = Σ_k x_n(t+k) w_k + b.</summary>
    public static Operation Convolution { get; } = new()
    {
        Name = "convolution",
        Summary = "y_nt = Σ_k x_n(t+k) w_k + b",
        Inputs = [Input.Real("x", "N", "3*K"), Input.Real("w", "K"), Input.Real("b")],
        Forward = x => Windows(x[0], x[1].shape[0]).matmul(x[1]) + x[2],
        Backward = (dy, x) => [Overlapped(dy, x[1]), Filter(dy, x), dy.sum()],
    };

    /// <summary>The greater of each two neighbours.</summary>
    public static Operation MaxPool { get; } = UnaryOf("max-pool", "y_nt = max(x_n(2t), x_n(2t+1))", Input.Real("x", "N", "2*T"),
        x => Pairs(x).amax(2L),
        (dy, x) => (dy.unsqueeze(2) * Greatest(x)).reshape(x.shape));

    /// <summary>The mean of each two neighbours.</summary>
    public static Operation MeanPool { get; } = UnaryOf("mean-pool", "y_nt = ½ (x_n(2t) + x_n(2t+1))", Input.Real("x", "N", "2*T"),
        x => Pairs(x).mean([2L]),
        (dy, x) => (dy.unsqueeze(2) / 2).expand(Pairs(x).shape).reshape(x.shape));

    /// <summary>Each query looks at all keys, and takes the mean of their values.</summary>
    public static Operation Attention { get; } = new()
    {
        Name = "attention",
        Summary = "Y = softmax(Q Kᵀ / √D) V",
        Inputs = [Input.Real("q", "N", "D"), Input.Real("k", "M", "D"), Input.Real("v", "M", "E")],
        Forward = x => Looks(x).mm(x[2]),
        Backward = (dy, x) =>
        {
            var ds = Rules.Softmax.Backward(dy.mm(x[2].t()), new(Looks(x))).DX / Math.Sqrt(x[0].shape[1]);
            return [ds.mm(x[1]), ds.t().mm(x[0]), Looks(x).t().mm(dy)];
        },
    };

    /// <summary>h_t = tanh(x_t w + h_(t−1) u + b), h_0 = 0; all h are the output.</summary>
    public static Operation Recurrent { get; } = new()
    {
        Name = "recurrent",
        Summary = "h_t = tanh(x_t w + h_(t−1) u + b), h_0 = 0",
        Inputs = [Input.Real("x", "T", "D"), Input.Real("w", "D", "H"), Input.Real("u", "H", "H"), Input.Real("b", "H")],
        Forward = Steps,
        Backward = (dy, x) =>
        {
            var h = Steps(x);
            var deltas = Deltas(dy, h, x[2].t(), h => 1 - h * h);
            return [deltas.mm(x[1].t()), x[0].t().mm(deltas), Before(h).t().mm(deltas), deltas.sum(0L)];
        },
    };

    /// <summary>All windows of <paramref name="size"/> neighbours: N×T×K.</summary>
    internal static Tensor Windows(Tensor x, long size) => torch.stack([.. Range(size).Select(k => x.narrow(1, k, x.shape[1] - size + 1))], 2);

    /// <summary>Of each window back to where it lay; what lies in several is added.</summary>
    internal static Tensor Overlapped(Tensor dy, Tensor w) =>
        Range(w.shape[0]).Select(k => torch.cat([dy.new_zeros([dy.shape[0], k]), dy * w.select(0, k), dy.new_zeros([dy.shape[0], w.shape[0] - 1 - k])], 1)).Aggregate((sum, one) => sum + one);

    /// <summary>dw of the convolution.</summary>
    internal static Tensor Filter(Tensor dy, IReadOnlyList<Tensor> x) => (Windows(x[0], x[1].shape[0]) * dy.unsqueeze(2)).sum([0L, 1L]);

    /// <summary>N×T×2.</summary>
    internal static Tensor Pairs(Tensor x) => x.reshape(x.shape[0], x.shape[1] / 2, 2);

    /// <summary>1 for the greatest of each window; ties share it, as libtorch's amax has it.</summary>
    internal static Tensor Greatest(Tensor x) => Pairs(x) is var pairs && pairs.eq(pairs.amax([2L], true)).to_type(x.dtype) is var equal ? equal / equal.sum(2L, keepdim: true) : x;

    /// <summary>softmax(Q Kᵀ / √D).</summary>
    internal static Tensor Looks(IReadOnlyList<Tensor> x) => torch.nn.functional.softmax(x[0].mm(x[1].t()) / Math.Sqrt(x[0].shape[1]), -1);

    /// <summary>All states, T×H.</summary>
    internal static Tensor Steps(IReadOnlyList<Tensor> x)
    {
        var states = new List<Tensor>();
        var (inputs, h) = (x[0].mm(x[1]) + x[3], x[3].new_zeros([1, x[3].shape[0]]));
        foreach (var t in Range(x[0].shape[0])) states.Add(h = (inputs.narrow(0, t, 1) + h.mm(x[2])).tanh());
        return torch.cat(states, 0);
    }

    /// <summary>The state before each step: zeros, then all but the last.</summary>
    internal static Tensor Before(Tensor h) => torch.cat([torch.zeros_like(h.narrow(0, 0, 1)), h.narrow(0, 0, h.shape[0] - 1)], 0);

    /// <summary>The gradients of the pre-activations, from the last step to the first.</summary>
    /// <param name="dy">T×H.</param>
    /// <param name="h">All states.</param>
    /// <param name="back">What takes a step's gradient to the state before it: uᵀ.</param>
    /// <param name="slope">The derivative of the activation, from the state.</param>
    internal static Tensor Deltas(Tensor dy, Tensor h, Tensor back, Func<Tensor, Tensor> slope)
    {
        var deltas = new List<Tensor>();
        var carried = torch.zeros_like(dy.narrow(0, 0, 1));
        foreach (var t in Range(dy.shape[0]).Reverse())
        {
            deltas.Insert(0, (dy.narrow(0, t, 1) + carried) * slope(h.narrow(0, t, 1)));
            carried = deltas[0].mm(back);
        }
        return torch.cat(deltas, 0);
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(i => (long)i);
}
