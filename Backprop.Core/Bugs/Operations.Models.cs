using Backprop.Verify;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>The models of the project that are none of the other families.</summary>
    internal static IReadOnlyList<Operation> ProjectModels() =>
    [
        SoftmaxClassifier, TwoWeightChain, TwoWeightChainBatch, FanOut, LinearRegression, LinearRegressionHalfMean,
        LinearRegressionPlain, LogisticRegression, LogisticRegressionMean, LinearSoftmax, EmbeddingSoftmax, LayerSequence,
        OutputLoss, OutputLossMean, OutputLossHingeMean, OutputLossCrossEntropy, NeuralNetwork, NeuralNetworkMean,
        NeuralNetworkSquaredError, NeuralNetworkHinge, NeuralNetworkDeep, ColumnNeuralNetwork, ColumnNeuralNetworkMean, DeltaRecursion,
        SkipGram, SkipGramMean, CbowMean, NegativeSamplingMean, PlainGlove,
    ];

    /// <summary>One linear layer and the summed cross-entropy.</summary>
    public static Operation SoftmaxClassifier { get; } = Rule("softmax-classifier");

    /// <summary>The smallest network: scalars.</summary>
    public static Operation TwoWeightChain { get; } = Rule("two-weight-chain");

    /// <summary>The smallest network, many of them at once.</summary>
    public static Operation TwoWeightChainBatch { get; } = Rule("two-weight-chain-batch");

    /// <summary>One x on three paths.</summary>
    public static Operation FanOut { get; } = Rule("fan-out");

    /// <summary>Half the squared error of a linear model.</summary>
    public static Operation LinearRegression { get; } = Rule("linear-regression");

    /// <summary>Half the mean squared error of a linear model.</summary>
    public static Operation LinearRegressionHalfMean { get; } = Rule("linear-regression-half-mean");

    /// <summary>The squared error of a linear model.</summary>
    public static Operation LinearRegressionPlain { get; } = Rule("linear-regression-plain");

    /// <summary>Two classes by one sigmoid.</summary>
    public static Operation LogisticRegression { get; } = Rule("logistic-regression");

    /// <summary>Two classes by one sigmoid, averaged.</summary>
    public static Operation LogisticRegressionMean { get; } = Rule("logistic-regression-mean");

    /// <summary>One matrix, the mean cross-entropy and a regulariser.</summary>
    public static Operation LinearSoftmax { get; } = Rule("linear-softmax", new Constant("λ", Catalogue.Lambda));

    /// <summary>Looked-up vectors, one matrix, the mean cross-entropy and a regulariser.</summary>
    public static Operation EmbeddingSoftmax { get; } = Rule("embedding-softmax", new Constant("λ", Catalogue.Lambda));

    /// <summary>Two layers, no loss.</summary>
    public static Operation LayerSequence { get; } = Rule("layer-sequence");

    /// <summary>Half the squared error of an output.</summary>
    public static Operation OutputLoss { get; } = Rule("output-loss");

    /// <summary>Half the squared error of an output, averaged over the rows.</summary>
    public static Operation OutputLossMean { get; } = Rule("output-loss-mean");

    /// <summary>The mean hinge of an output.</summary>
    public static Operation OutputLossHingeMean { get; } = Rule("output-loss-hinge-mean");

    /// <summary>The summed cross-entropy of an output.</summary>
    public static Operation OutputLossCrossEntropy { get; } = Rule("output-loss-cross-entropy");

    /// <summary>One hidden layer and the summed cross-entropy.</summary>
    public static Operation NeuralNetwork { get; } = Rule("neural-network");

    /// <summary>One hidden layer and the mean cross-entropy of distributions.</summary>
    public static Operation NeuralNetworkMean { get; } = Rule("neural-network-distributions-mean");

    /// <summary>One hidden layer and half the squared error.</summary>
    public static Operation NeuralNetworkSquaredError { get; } = Rule("neural-network-squared-error");

    /// <summary>One hidden layer and the summed hinge.</summary>
    public static Operation NeuralNetworkHinge { get; } = Rule("neural-network-hinge");

    /// <summary>Two hidden layers and the summed cross-entropy.</summary>
    public static Operation NeuralNetworkDeep { get; } = Rule("neural-network-deep");

    /// <summary>One hidden layer and the summed cross-entropy, an example a column.</summary>
    public static Operation ColumnNeuralNetwork { get; } = Rule("column-neural-network");

    /// <summary>The same, averaged, of distributions.</summary>
    public static Operation ColumnNeuralNetworkMean { get; } = Rule("column-neural-network-distributions-mean");

    /// <summary>The deltas of a network, from the output back.</summary>
    public static Operation DeltaRecursion { get; } = Rule("delta-recursion");

    /// <summary>A word predicts each word beside it.</summary>
    public static Operation SkipGram { get; } = Rule("skip-gram");

    /// <summary>A word predicts each word beside it, averaged.</summary>
    public static Operation SkipGramMean { get; } = Rule("skip-gram-mean");

    /// <summary>The mean of a context predicts the word in the middle, averaged.</summary>
    public static Operation CbowMean { get; } = Rule("cbow-mean");

    /// <summary>Skip-gram with negative sampling, averaged.</summary>
    public static Operation NegativeSamplingMean { get; } = Rule("negative-sampling-mean");

    /// <summary>A weighted least-squares factorisation.</summary>
    public static Operation PlainGlove { get; } = Rule("plain-glove");
}
