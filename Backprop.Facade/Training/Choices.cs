using System.Globalization;
using Backprop.Optimizers;
using Backprop.Rules;
using Backprop.Training;

namespace Backprop.Facade.Training;

/// <summary>What models have in common that learn from the same kind of examples.</summary>
internal enum ModelFamily
{
    /// <summary>Columns of numbers, or sentences, to classes or numbers.</summary>
    Networks,

    /// <summary>True windows of words above corrupt ones.</summary>
    Windows,

    /// <summary>Words by their neighbours.</summary>
    WordVectors,
}

/// <summary>The words of a request, read.</summary>
internal static class Choices
{
    /// <summary>Hidden units of a window scorer that is not told otherwise.</summary>
    internal const int UsualUnits = 20;

    private static readonly Dictionary<string, ModelFamily> Families = new(StringComparer.Ordinal)
    {
        ["linear-regression"] = ModelFamily.Networks,
        ["logistic-regression"] = ModelFamily.Networks,
        ["softmax-classifier"] = ModelFamily.Networks,
        ["svm"] = ModelFamily.Networks,
        ["two-weight-chain"] = ModelFamily.Networks,
        ["neural-network"] = ModelFamily.Networks,
        ["window-scorer"] = ModelFamily.Windows,
        ["skip-gram"] = ModelFamily.WordVectors,
        ["cbow"] = ModelFamily.WordVectors,
        ["glove"] = ModelFamily.WordVectors,
    };

    internal static IReadOnlyList<string> Models { get; } = [.. Families.Keys];

    internal static ModelFamily FamilyOf(TrainRequest request) => One("model", request.Model, Families);

    internal static Activation ActivationOf(TrainRequest request) => One("activation", request.Activation, ActivationsByName);

    /// <exception cref="ArgumentException">A number is out of its range, or the folder is none.</exception>
    internal static void CheckNumbersAndFolder(TrainRequest request)
    {
        if (request.Resume && request.Out is null) throw new ArgumentException("--resume: expected --out with it, the folder of the run.", nameof(request));
        if (request.Out is "") throw new ArgumentException("--out: expected a folder, got nothing.", nameof(request));
        if (request.Steps is null && request.Epochs < 1) throw new ArgumentException($"epochs: expected at least 1, got {request.Epochs}.", nameof(request));
        if (request.Steps < 1) throw new ArgumentException($"steps: expected at least 1, got {request.Steps}.", nameof(request));
        if (request.UntilStill is { } tolerance && !(tolerance >= 0)) throw new ArgumentException($"until-still: expected a number that is not negative, got {tolerance}.", nameof(request));
        if (request.VerifyEvery < 0) throw new ArgumentException($"verify-every: expected a number that is not negative, got {request.VerifyEvery}.", nameof(request));
        if (File.Exists(request.Out)) throw new ArgumentException($"--out: expected a folder, got the file {request.Out}.", nameof(request));
        if (!(request.CheckpointSeconds >= 0)) throw new ArgumentException($"checkpoint-every: expected seconds, 0 or more, got {request.CheckpointSeconds}.", nameof(request));
        if (!(request.L2 >= 0 && double.IsFinite(request.L2))) throw new ArgumentException($"l2: expected a finite number that is not negative, got {request.L2}.", nameof(request));
    }

    /// <exception cref="ArgumentException">An option is given that columns of numbers have no use for.</exception>
    internal static void RefuseWords(TrainRequest request)
    {
        var usual = new TrainRequest();
        if (request.Dimensions != usual.Dimensions || request.Window != usual.Window || request.Negatives != usual.Negatives || request.LeastCount != usual.LeastCount)
            throw new ArgumentException($"dimensions, window, negatives, least-count: {request.Data} has no words.", nameof(request));
    }

    /// <exception cref="ArgumentException">An option is given that words have no use for, or a size is not positive.</exception>
    internal static void RefuseTables(TrainRequest request)
    {
        if (request.Label is not null) throw new ArgumentException($"label: only CSV files have columns to choose from, got {request.Data}.", nameof(request));
        if (request.Standardise) throw new ArgumentException("standardise: words are no columns of numbers.", nameof(request));
        if (request.Negatives != new TrainRequest().Negatives && request.Model != "skip-gram") throw new ArgumentException($"negatives: {request.Model} draws none.", nameof(request));
        if (request.Window != new TrainRequest().Window && FamilyOf(request) is ModelFamily.Networks) throw new ArgumentException($"window: {request.Model} looks at whole sentences.", nameof(request));
        if (request.Dimensions < 1) throw new ArgumentException($"dimensions: expected at least 1, got {request.Dimensions}.", nameof(request));
        if (request.LeastCount < 1) throw new ArgumentException($"least-count: expected at least 1, got {request.LeastCount}.", nameof(request));
    }

    /// <exception cref="ArgumentException">A penalty, a loss or hidden layers are asked for where the model has none to choose.</exception>
    internal static void RefusePenalty(TrainRequest request)
    {
        if (request.L2 != 0) throw new ArgumentException($"l2: {request.Model} has no penalty.", nameof(request));
        if (request.Loss is not null) throw new ArgumentException($"loss: {request.Model} has a loss of its own.", nameof(request));
        if (FamilyOf(request) is ModelFamily.WordVectors && request.Activation != new TrainRequest().Activation) throw new ArgumentException($"activation: {request.Model} has no hidden layer.", nameof(request));
        if (FamilyOf(request) is ModelFamily.Windows ? request.Hidden.Count > 1 || request.Hidden.Any(size => size < 1) : request.Hidden.Count > 0)
            throw new ArgumentException(FamilyOf(request) is ModelFamily.Windows ? "hidden: window-scorer has one hidden layer, of at least one unit." : $"hidden: {request.Model} has no hidden layer to choose.", nameof(request));
    }

    /// <summary>The network that a request asks for.</summary>
    internal static DenseNetwork Network(TrainRequest request, int features, int classes)
    {
        if (request.Hidden.Count == 0 && request.Activation != new TrainRequest().Activation) throw new ArgumentException("activation: there is no hidden layer that would have one; --hidden makes some.", nameof(request));
        var loss = LossOf(request);
        var outputs = loss switch
        {
            NetworkLoss.SoftmaxCrossEntropy or NetworkLoss.Hinge => classes > 1 ? classes : throw new ArgumentException($"data: {request.Model} tells classes apart, and these data have {(classes == 1 ? "one class alone" : "numbers to predict")}.", nameof(request)),
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
        _ => throw new ArgumentException($"schedule: expected constant, step:EPOCHS:FACTOR with a factor above 0 and at most 1, 1/t:DECAY with a decay above 0, or cosine, got '{text}'.", nameof(text)),
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
