using Backprop.Models;
using Backprop.Rules;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Verify;

public static partial class Catalogue
{
    // Weights by eighths, exact in binary, where flat units would leave float32 no digits of y(1 − y): see neural-network-deep.
    private static IReadOnlyList<Subject> Windows() =>
    [
        Pairs("max-margin", "J = Σ max(0, 1 − s + c)", BatchReduction.Sum),
        Pairs("max-margin-mean", "J = (1/N) Σ max(0, 1 − s + c)", BatchReduction.Mean),
        Subject.Of("window-concatenation", "x = the rows of L at the ids of a window, one below the other; a window a column", [Input.Real("table", "V", "d"), Input.Labels("ids", "N", "K", "V")],
            x => WindowConcatenation.Forward(x[0], x[1]),
            (dy, saved) => [WindowConcatenation.Backward(dy, saved).DTable.Dense(saved.Vocabulary)],
            x => Lookup(x[0], x[1])),
        Scorer("window-scorer", "s = vᵀ σ(Wx + b), N windows as columns (W drawn at one eighth)", Activation.Sigmoid, torch.sigmoid, "D", "N"),
        Scorer("window-scorer-single", "s = vᵀ tanh(Wx + b), one window (W drawn at one eighth)", Activation.Tanh, torch.tanh, "D"),
        Subject.Of("two-layer-window-scorer", "s = vᵀ σ(W² σ(W¹x + b¹) + b²)",
            [Input.Real("v", "M"), Input.Real("w2", "M", "H"), Input.Real("b2", "M"), Input.Real("w1", "H", "D"), Input.Real("b1", "H", "1"), Input.Real("x", "D", "N")],
            x => TwoLayerWindowScorer.Forward(x[0], x[1], x[2], x[3], x[4], x[5]),
            (dy, saved) => TwoLayerWindowScorer.Backward(dy, saved) is var g ? [g.DV, g.DW2, g.DB2, g.DW1, g.DB1, g.DX] : [],
            x => Score(x[0], x[1], x[2], torch.sigmoid(torch.matmul(x[3], x[5]) + x[4]), torch.sigmoid)) with { Values = Moderate },
        Subject.Of("window-ranking", "J = Σ max(0, 1 − vᵀσ(Wx + b) + vᵀσ(Wx_c + b))",
            [Input.Real("v", "H"), Input.Real("w", "H", "D"), Input.Real("b", "H"), Input.Real("x", "D", "N"), Input.Real("corrupt", "D", "N")],
            x => WindowRanking.Forward(x[0], x[1], x[2], x[3], x[4]),
            (dy, saved) => WindowRanking.Backward(dy, saved) is var g ? [g.DV, g.DW, g.DB, g.DX, g.DXCorrupt] : [],
            x => Margin(Score(x[0], x[1], x[2], x[3], torch.sigmoid), Score(x[0], x[1], x[2], x[4], torch.sigmoid))) with { Values = Moderate },
        Subject.Of("window-model", "J = (1/N) Σ max(0, 1 − s + s_c), s = vᵀσ(Wx + b), for N windows of three words and their corrupt ones, word vectors learned too (W drawn at one eighth)",
            [Input.Real("table", "V", "d"), Input.Real("v", "H"), Input.Real("w", "H", "3", "d"), Input.Real("b", "H"), Input.Labels("ids", "N", "3", "V"), Input.Labels("corrupt", "N", "3", "V")],
            ModelOfThreeWords,
            (dy, saved) => WindowModel.Backward(dy, saved.Model) is var g ? [g.DTable.Dense(saved.Model.True.Vocabulary), g.DV, g.DW.reshape(saved.WShape) / 8, g.DB] : [],
            x => Margin(
                Score(x[1], x[2].flatten(1) / 8, x[3], Lookup(x[0], x[4]), torch.sigmoid),
                Score(x[1], x[2].flatten(1) / 8, x[3], Lookup(x[0], x[5]), torch.sigmoid)) / x[4].shape[0]) with
        { Values = Moderate, MayBeEmpty = null },
    ];

    /// <summary>W's columns are as many as the window is long, which no letter can say: the subject has W as H×3×d.</summary>
    private sealed record ThreeWords(WindowModel.Saved Model, long[] WShape);

    private static Primal<ThreeWords> ModelOfThreeWords(IReadOnlyList<Tensor> x)
    {
        var (y, saved) = WindowModel.Forward(x[0], x[1], x[2].flatten(1) / 8, x[3], x[4], x[5], reduction: BatchReduction.Mean);
        return new(y, new(saved, x[2].shape));
    }

    private static Subject Pairs(string name, string summary, BatchReduction reduction) =>
        Subject.Of(name, summary, [Input.Real("s", "N"), Input.Real("c", "N")],
            x => MaxMargin.Forward(x[0], x[1], reduction),
            (dy, saved) => MaxMargin.Backward(dy, saved) is var g ? [g.DTrueScore, g.DCorruptScore] : [],
            x => reduction == BatchReduction.Mean ? Margin(x[0], x[1]) / x[0].shape[0] : Margin(x[0], x[1])) with
        { MayBeEmpty = Empty(reduction) };

    private static Subject Scorer(string name, string summary, Activation activation, Func<Tensor, Tensor> f, params string[] x) =>
        Subject.Of(name, summary, [Input.Real("v", "H"), Input.Real("w", "H", "D"), Input.Real("b", "H"), Input.Real("x", x)],
            x => WindowScorer.Forward(x[0], x[1] / 8, x[2], x[3], activation),
            (dy, saved) => WindowScorer.Backward(dy, saved) is var g ? [g.DV, g.DW / 8, g.DB, g.DX] : [],
            x => Score(x[0], x[1] / 8, x[2], x[3], f)) with
        { Values = Moderate };

    private static Tensor Score(Tensor v, Tensor w, Tensor b, Tensor x, Func<Tensor, Tensor> f) =>
        torch.matmul(v, f(torch.matmul(w, x) + (x.dim() == 2 ? b.unsqueeze(1) : b)));

    /// <summary>Not libtorch's margin_ranking_loss, whose gate is open at a margin of exactly 0.</summary>
    private static Tensor Margin(Tensor s, Tensor c) => F.relu(1 - s + c).sum();

    /// <summary>By a product with one-hot rows, so that the gradient of the table comes by another way than index_select's.</summary>
    private static Tensor Lookup(Tensor table, Tensor ids) => torch.matmul(F.one_hot(ids, table.shape[0]).to_type(table.dtype), table).flatten(1).t();
}
