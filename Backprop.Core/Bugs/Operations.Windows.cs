using Backprop.Rules;
using Backprop.Verify;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Windows of words, and their ranking.</summary>
    internal static IReadOnlyList<Operation> Windows() => [MaxMarginWindow, MaxMargin, MaxMarginMean, WindowConcatenation, WindowScorer, WindowScorerSingle, TwoLayerWindowScorer, WindowRanking, WindowModel];

    /// <summary>A window of words against a corrupt one, from the table of word vectors to the loss; one of each, tanh, no bias.</summary>
    public static Operation MaxMarginWindow { get; } = new()
    {
        Name = "max-margin-window",
        Summary = "J = max(0, 1 − s + s_c), s = uᵀ tanh(Wx), x the rows of the table at the ids of a window, one after the other; s_c the same of the corrupt window",
        Inputs = [Input.Real("table", "V", "D"), Input.Real("w", "H", "K*D"), Input.Real("u", "H"), Input.Indices("ids", "K", "V"), Input.Indices("corrupt", "K", "V")],
        Forward = x => F.relu(1 - WindowScore(x, x[3]) + WindowScore(x, x[4])),
        Backward = (dy, x) =>
        {
            var none = torch.zeros_like(x[2]);
            var model = Backprop.Models.WindowModel.Backward(dy, Backprop.Models.WindowModel.Forward(x[0], x[2], x[1], none, x[3], x[4], Activation.Tanh).Saved);
            return [model.DTable.Dense(x[0].shape[0]), model.DW, model.DV];
        },
    };

    /// <summary>The rectified margin between two scores, summed.</summary>
    public static Operation MaxMargin { get; } = Rule("max-margin");

    /// <summary>The rectified margin between two scores, averaged over the pairs.</summary>
    public static Operation MaxMarginMean { get; } = Rule("max-margin-mean");

    /// <summary>The vectors of the words of a window as one column.</summary>
    public static Operation WindowConcatenation { get; } = Rule("window-concatenation");

    /// <summary>A score for each of N windows.</summary>
    public static Operation WindowScorer { get; } = Rule("window-scorer");

    /// <summary>The score of one window, tanh.</summary>
    public static Operation WindowScorerSingle { get; } = Rule("window-scorer-single");

    /// <summary>A score by two hidden layers.</summary>
    public static Operation TwoLayerWindowScorer { get; } = Rule("two-layer-window-scorer");

    /// <summary>Scores of true and corrupt windows, and the margin between them.</summary>
    public static Operation WindowRanking { get; } = Rule("window-ranking");

    /// <summary>From the table of word vectors to the ranking.</summary>
    public static Operation WindowModel { get; } = Rule("window-model");

    private static Tensor WindowScore(IReadOnlyList<Tensor> x, Tensor ids) => torch.tanh(x[1].matmul(x[0].index_select(0, ids).flatten())).dot(x[2]);
}
