namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Rules of the project that are none of the other families.</summary>
    internal static IReadOnlyList<Operation> Products() =>
    [
        Hadamard, Dot, OuterProduct, LinearForm, PairProduct, Indicator, SoftmaxJacobian, ActivateIdentity, ActivateSigmoid, ActivateTanh,
        ActivateRelu, ColumnLinear, ColumnLinearVector, Layer, LayerIdentity, LayerTanh, LayerRelu, Neuron, NeuronColumns, RegressionError,
        RegressionErrorHalfMean, RegressionErrorPlain, L2Penalty, DistributionCrossEntropy, DistributionCrossEntropyMean, SigmoidCrossEntropy,
        SigmoidCrossEntropyMean, NegativeLogLikelihood,
    ];

    /// <summary>y = u ∘ v.</summary>
    public static Operation Hadamard { get; } = Rule("hadamard");

    /// <summary>y = u • v.</summary>
    public static Operation Dot { get; } = Rule("dot");

    /// <summary>Y = u vᵀ.</summary>
    public static Operation OuterProduct { get; } = Rule("outer-product");

    /// <summary>y = xᵀA.</summary>
    public static Operation LinearForm { get; } = Rule("linear-form");

    /// <summary>s_n = u_(i_n) • v_(j_n).</summary>
    public static Operation PairProduct { get; } = Rule("pair-product");

    /// <summary>y = 1(x > 0).</summary>
    public static Operation Indicator { get; } = Rule("indicator");

    /// <summary>z = softmax of a vector, its backward pass with the Jacobian.</summary>
    public static Operation SoftmaxJacobian { get; } = Rule("softmax-jacobian");

    /// <summary>y = x.</summary>
    public static Operation ActivateIdentity { get; } = Rule("activate-identity");

    /// <summary>y = σ(x), by name.</summary>
    public static Operation ActivateSigmoid { get; } = Rule("activate-sigmoid");

    /// <summary>y = tanh x, by name.</summary>
    public static Operation ActivateTanh { get; } = Rule("activate-tanh");

    /// <summary>y = max(0, x), by name.</summary>
    public static Operation ActivateRelu { get; } = Rule("activate-relu");

    /// <summary>Z = WX + b, one example a column.</summary>
    public static Operation ColumnLinear { get; } = Rule("column-linear");

    /// <summary>z = Wx + b.</summary>
    public static Operation ColumnLinearVector { get; } = Rule("column-linear-vector");

    /// <summary>a = σ(Wx + b).</summary>
    public static Operation Layer { get; } = Rule("layer");

    /// <summary>a = Wx + b.</summary>
    public static Operation LayerIdentity { get; } = Rule("layer-identity");

    /// <summary>a = tanh(Wx + b).</summary>
    public static Operation LayerTanh { get; } = Rule("layer-tanh");

    /// <summary>a = max(0, Wx + b).</summary>
    public static Operation LayerRelu { get; } = Rule("layer-relu");

    /// <summary>a = σ(wᵀx + b).</summary>
    public static Operation Neuron { get; } = Rule("neuron");

    /// <summary>a = σ(wᵀX + b), one example a column.</summary>
    public static Operation NeuronColumns { get; } = Rule("neuron-columns");

    /// <summary>J = ½ Σ (h − y)².</summary>
    public static Operation RegressionError { get; } = Rule("regression-error");

    /// <summary>J = 1/(2m) Σ (h − y)².</summary>
    public static Operation RegressionErrorHalfMean { get; } = Rule("regression-error-half-mean");

    /// <summary>J = Σ (h − y)².</summary>
    public static Operation RegressionErrorPlain { get; } = Rule("regression-error-plain");

    /// <summary>R = λ Σ θ².</summary>
    public static Operation L2Penalty { get; } = Rule("l2-penalty", new Constant("λ", Verify.Catalogue.Lambda));

    /// <summary>H(p, q), summed over the rows.</summary>
    public static Operation DistributionCrossEntropy { get; } = Rule("cross-entropy");

    /// <summary>H(p, q), averaged over the rows.</summary>
    public static Operation DistributionCrossEntropyMean { get; } = Rule("cross-entropy-mean");

    /// <summary>Cross-entropy of σ(s), summed.</summary>
    public static Operation SigmoidCrossEntropy { get; } = Rule("sigmoid-cross-entropy");

    /// <summary>Cross-entropy of σ(s), divided by the rows.</summary>
    public static Operation SigmoidCrossEntropyMean { get; } = Rule("sigmoid-cross-entropy-mean");

    /// <summary>ℓ = −Σ t log z.</summary>
    public static Operation NegativeLogLikelihood { get; } = Rule("negative-log-likelihood");
}
