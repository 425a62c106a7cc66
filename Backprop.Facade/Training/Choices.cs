using System.Globalization;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;

namespace Backprop.Facade.Training;

/// <summary>The words of a request, read.</summary>
internal static class Choices
{
    internal static IReadOnlyList<string> Models { get; } = ["linear-regression", "logistic-regression", "softmax-classifier", "svm", "two-weight-chain", "neural-network"];

    /// <summary>The network that a request asks for.</summary>
    internal static DenseNetwork Network(TrainRequest request, int features, int classes)
    {
        var loss = LossOf(request);
        var outputs = loss switch
        {
            NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge => classes > 1 ? classes : throw new ArgumentException($"data: {request.Model} tells classes apart, and these data have numbers to predict.", nameof(request)),
            NetworkLoss.SigmoidCrossEntropy => classes == 2 ? 1 : throw new ArgumentException($"data: {request.Model} with this loss tells two classes apart, and these data have {classes}.", nameof(request)),
            // Two classes are one number, 0 or 1.
            _ => classes > 2 ? classes : 1,
        };
        if (request.Model == "two-weight-chain")
            return features == 1 ? new DenseNetwork([1, 1, 1], Activation.Sigmoid, NetworkLoss.SquaredError, request.L2, Bias: false, Activation.Sigmoid)
                : throw new ArgumentException($"data: two-weight-chain has one feature, and these data have {features}.", nameof(request));
        return new([features, .. request.Hidden, outputs], One("activation", request.Activation, ActivationsByName), loss, request.L2);
    }

    internal static NetworkLoss LossOf(TrainRequest request)
    {
        One("model", request.Model, Models.ToDictionary(name => name, name => name));
        var own = request.Model switch
        {
            "linear-regression" or "two-weight-chain" => "squared",
            "logistic-regression" => "sigmoid",
            "svm" => "hinge",
            _ => "softmax",
        };
        if (request.Model != "neural-network" && request.Loss is { } other && other != own) throw new ArgumentException($"loss: {request.Model} has the loss {own}, not {other}; neural-network takes any.", nameof(request));
        if (request.Model == "neural-network" ? request.Hidden.Any(size => size < 1) : request.Hidden.Count > 0)
            throw new ArgumentException(request.Model == "neural-network" ? "hidden: expected sizes of at least one." : $"hidden: {request.Model} has no hidden layer to choose.", nameof(request));
        return One("loss", request.Loss ?? own, LossesByName);
    }

    internal static Optimizer OptimizerOf(TrainRequest request) => One("optimizer", request.Optimizer, OptimizersByName);

    internal static GradientSource SourceOf(TrainRequest request) => One("gradients", request.Gradients, SourcesByName);

    internal static TorchSharp.torch.ScalarType DtypeOf(TrainRequest request) => One("dtype", request.Dtype, DtypesByName);

    internal static Schedule ScheduleOf(string text) => text.Split(':') switch
    {
        ["constant"] => new Schedule.Constant(),
        ["cosine"] => new Schedule.Cosine(),
        ["step", var every, var factor] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var epochs) && epochs > 0 && Number(factor) is { } by and > 0 and <= 1 => new Schedule.StepDecay(epochs, by),
        ["1/t", var decay] when Number(decay) is { } positive and > 0 => new Schedule.Inverse(positive),
        _ => throw new ArgumentException($"schedule: expected constant, step:EPOCHS:FACTOR, 1/t:DECAY or cosine, got '{text}'.", nameof(text)),
    };

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static T One<T>(string what, string name, IReadOnlyDictionary<string, T> known) => known.TryGetValue(name, out var found) ? found
        : throw new ArgumentException($"{what}: expected {string.Join(", ", known.Keys)}, got '{name}'.", what);

    private static readonly Dictionary<string, Activation> ActivationsByName = new(StringComparer.Ordinal)
    {
        ["identity"] = Activation.Identity,
        ["sigmoid"] = Activation.Sigmoid,
        ["tanh"] = Activation.Tanh,
        ["relu"] = Activation.Relu,
    };

    private static readonly Dictionary<string, NetworkLoss> LossesByName = new(StringComparer.Ordinal)
    {
        ["softmax"] = NetworkLoss.SoftmaxCrossEntropy,
        ["sigmoid"] = NetworkLoss.SigmoidCrossEntropy,
        ["hinge"] = NetworkLoss.Hinge,
        ["squared"] = NetworkLoss.SquaredError,
    };

    private static readonly Dictionary<string, Optimizer> OptimizersByName = new(StringComparer.Ordinal)
    {
        ["sgd"] = new Optimizer.Sgd(),
        ["momentum"] = new Optimizer.Momentum(),
        ["adagrad"] = new Optimizer.AdaGrad(),
        ["adam"] = new Optimizer.Adam(),
    };

    private static readonly Dictionary<string, GradientSource> SourcesByName = new(StringComparer.Ordinal)
    {
        ["hand"] = GradientSource.Fused,
        ["pure"] = GradientSource.Pure,
        ["autograd"] = GradientSource.Autograd,
    };

    private static readonly Dictionary<string, TorchSharp.torch.ScalarType> DtypesByName = new(StringComparer.Ordinal)
    {
        ["float32"] = TorchSharp.torch.ScalarType.Float32,
        ["float64"] = TorchSharp.torch.ScalarType.Float64,
    };
}
