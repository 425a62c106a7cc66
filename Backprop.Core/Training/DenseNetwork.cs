using Backprop.Models;
using Backprop.Rules;

namespace Backprop.Training;

/// <summary>What a trainable network is judged by, as a mean over the batch.</summary>
public enum NetworkLoss
{
    /// <summary>−log softmax(θ) of the label: N labels (int64).</summary>
    SoftmaxCrossEntropy,

    /// <summary>Σ_j max(0, θ_j − θ_y + 1) over the wrong classes: N labels (int64).</summary>
    Hinge,

    /// <summary>½ Σ (θ − t)²: N×M numbers.</summary>
    SquaredError,

    /// <summary>−log σ(θ) or −log(1 − σ(θ)): N×M probabilities of class 1, 0 … 1.</summary>
    SigmoidCrossEntropy,
}

/// <summary>Any number of layers, one example a row, with or without biases: linear and logistic regression, the softmax classifier, the SVM, the two-weight chain, networks.</summary>
/// <param name="Sizes">The widths D₀, D₁ … D_L: input first, output last, all positive.</param>
/// <param name="Hidden">The activation of every layer but the last.</param>
/// <param name="Judge">The loss.</param>
/// <param name="L2">λ of the penalty λ Σ W², which biases do not pay; finite and not negative.</param>
/// <param name="Bias">Whether layers have a bias.</param>
/// <param name="Output">The activation of the last layer.</param>
public sealed record DenseNetwork(IReadOnlyList<int> Sizes, Activation Hidden, NetworkLoss Judge, double L2 = 0, bool Bias = true, Activation Output = Activation.Identity) : TrainableModel
{
    /// <summary>L.</summary>
    public int Layers => Sizes.Count - 1;

    /// <inheritdoc/>
    /// <remarks>W is normal with variance 1/D, or 2/D before a ReLU (He et al. 2015); biases are 0.</remarks>
    public override IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device)
    {
        Check(this);
        var random = new Random(seed);
        var parameters = new List<NamedTensor>();
        for (var l = 0; l < Layers; l++)
        {
            var scale = Math.Sqrt((ActivationOf(l) == Activation.Relu ? 2.0 : 1.0) / Sizes[l]);
            parameters.Add(new($"layers.{l}.W", StartingNumbers.Normal(random, scale, Sizes[l], Sizes[l + 1], dtype, device)));
            if (Bias) parameters.Add(new($"layers.{l}.b", torch.zeros([Sizes[l + 1]], dtype, device)));
        }
        return parameters;
    }

    /// <inheritdoc/>
    public override Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch) => GradientsWithInput(parameters, batch).Differentiated;

    /// <summary>The same, with the gradient of the inputs, N×D₀: for what stands before the network.</summary>
    internal (Differentiated Differentiated, Tensor DInputs) GradientsWithInput(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var layers = LayersOf(parameters);
        var output = LayerSequence.Forward(batch.Inputs, layers);
        var (loss, dOutput) = Judged(output.Y, batch.Targets);
        var backward = LayerSequence.Backward(dOutput, output.Saved);
        var gradients = new List<Tensor>();
        foreach (var (layer, gradient) in layers.Zip(backward.Layers))
        {
            var penalty = L2Penalty.Forward(layer.W, L2);
            loss += penalty.Y;
            gradients.Add(gradient.DW + L2Penalty.Backward(torch.ones_like(penalty.Y), penalty.Saved).DTheta);
            if (Bias) gradients.Add(gradient.DB);
        }
        return (new(loss, gradients), backward.DX);
    }

    /// <inheritdoc/>
    public override Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var output = Outputs(parameters, batch.Inputs);
        var loss = Judge switch
        {
            NetworkLoss.SoftmaxCrossEntropy => torch.nn.functional.cross_entropy(output, batch.Targets),
            // libtorch divides by the number of classes too.
            NetworkLoss.Hinge => torch.nn.functional.multi_margin_loss(output, batch.Targets) * Sizes[^1],
            NetworkLoss.SquaredError => torch.nn.functional.mse_loss(output, batch.Targets) * (Sizes[^1] / 2.0),
            NetworkLoss.SigmoidCrossEntropy => torch.nn.functional.binary_cross_entropy_with_logits(output, batch.Targets) * Sizes[^1],
            _ => throw Unknown(),
        };
        if (L2 == 0) return loss;
        for (var l = 0; l < Layers; l++) loss += parameters[Bias ? 2 * l : l].square().sum() * L2;
        return loss;
    }

    /// <inheritdoc/>
    public override Tensor Outputs(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        CheckParameters(parameters);
        var y = inputs;
        for (var l = 0; l < Layers; l++)
        {
            var z = Bias ? torch.addmm(parameters[2 * l + 1], y, parameters[2 * l], 1, 1) : y.mm(parameters[l]);
            y = ActivationOf(l) switch
            {
                Activation.Sigmoid => z.sigmoid(),
                Activation.Tanh => z.tanh(),
                Activation.Relu => z.relu(),
                _ => z,
            };
        }
        return y;
    }

    /// <summary>The activation of layer l, counted from 0.</summary>
    internal Activation ActivationOf(int l) => l == Layers - 1 ? Output : Hidden;

    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    internal static void Check(DenseNetwork network)
    {
        var (sizes, l2) = (network.Sizes, network.L2);
        if ((sizes is null || sizes.Count < 2 || sizes.Any(size => size < 1) ? $"Sizes: expected at least two positive widths, got [{string.Join(", ", sizes ?? [])}]"
            : !(l2 >= 0 && double.IsFinite(l2)) ? $"L2: expected a finite number that is not negative, got {l2}"
            : !Enum.IsDefined(network.Hidden) || !Enum.IsDefined(network.Output) ? $"Hidden, Output: expected {string.Join(", ", Enum.GetNames<Activation>())}, got {network.Hidden}, {network.Output}"
            : !Enum.IsDefined(network.Judge) ? $"Judge: expected {string.Join(", ", Enum.GetNames<NetworkLoss>())}, got {network.Judge}"
            : null) is { } wrong) throw new ArgumentException($"network: {wrong}.", nameof(network));
    }

    /// <exception cref="ArgumentException">The parameters are not this network's.</exception>
    internal void CheckParameters(IReadOnlyList<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var expected = Layers * (Bias ? 2 : 1);
        if (parameters.Count != expected) throw new ArgumentException($"parameters: expected {expected}, got {parameters.Count}.", nameof(parameters));
    }

    private IReadOnlyList<LayerParameters> LayersOf(IReadOnlyList<Tensor> parameters)
    {
        Check(this);
        CheckParameters(parameters);
        return [.. Enumerable.Range(0, Layers).Select(l => Bias ? new LayerParameters(parameters[2 * l], parameters[2 * l + 1], ActivationOf(l))
            : new LayerParameters(parameters[l], torch.zeros([Sizes[l + 1]], parameters[l].dtype, parameters[l].device), ActivationOf(l)))];
    }

    private (Tensor Loss, Tensor DOutput) Judged(Tensor output, Tensor target)
    {
        if (Judge == NetworkLoss.SigmoidCrossEntropy)
        {
            var entropy = SigmoidCrossEntropy.Forward(output, target, BatchReduction.Mean);
            return (entropy.Y, SigmoidCrossEntropy.Backward(torch.ones_like(entropy.Y), entropy.Saved).DLogits);
        }
        var kind = Judge switch
        {
            NetworkLoss.SoftmaxCrossEntropy => Rules.Loss.SoftmaxCrossEntropy,
            NetworkLoss.Hinge => Rules.Loss.Hinge,
            NetworkLoss.SquaredError => Rules.Loss.SquaredError,
            _ => throw Unknown(),
        };
        var judged = OutputLoss.Forward(output, target, kind, BatchReduction.Mean);
        return (judged.Y, OutputLoss.Backward(torch.ones_like(judged.Y), judged.Saved).DOutput);
    }

    private InvalidOperationException Unknown() => new($"Judge: expected {string.Join(", ", Enum.GetNames<NetworkLoss>())}, got {Judge}.");
}
