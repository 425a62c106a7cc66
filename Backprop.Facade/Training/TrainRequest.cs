namespace Backprop.Facade.Training;

/// <summary>What to train, on what, and how. The words are those of the command line.</summary>
public sealed record TrainRequest
{
    /// <summary>One of <see cref="Trainings.Models"/>.</summary>
    public string Model { get; init; } = "softmax-classifier";

    /// <summary>A generator's name, <c>csv:FILE</c>, <c>mnist:FOLDER</c>, <c>sst:FOLDER</c>, <c>sst2:FOLDER</c> or <c>text:FILE</c>.</summary>
    public string Data { get; init; } = "spiral";

    /// <summary>The column of a CSV file that is to be predicted; null for the last.</summary>
    public string? Label { get; init; }

    /// <summary>The share of the examples that is kept from training; MNIST has test digits of its own.</summary>
    public double Validation { get; init; }

    /// <summary>Whether each feature is shifted and scaled to mean 0 and deviation 1; what that takes is stored with the model.</summary>
    public bool Standardise { get; init; }

    /// <summary>The sizes of a network's hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>The length of a word's vector, where words come in.</summary>
    public int Dimensions { get; init; } = 50;

    /// <summary>The words of a window, an odd number: of a window scorer, or of word vectors those in the middle of which the others are neighbours.</summary>
    public int Window { get; init; } = 5;

    /// <summary>How many words skip-gram draws to be told from each true neighbour.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>Words that occur less often have no vector of their own.</summary>
    public int LeastCount { get; init; } = 1;

    /// <summary>identity, sigmoid, tanh or relu: of the hidden layers.</summary>
    public string Activation { get; init; } = "tanh";

    /// <summary>softmax, sigmoid, hinge or squared; null for the model's own.</summary>
    public string? Loss { get; init; }

    /// <summary>λ of the penalty.</summary>
    public double L2 { get; init; }

    /// <summary>sgd, momentum, adagrad or adam.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>η.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>constant, step:EPOCHS:FACTOR, 1/t:DECAY or cosine.</summary>
    public string Schedule { get; init; } = "constant";

    /// <summary>Examples for each step; null: all of them.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How often to go through all examples, at most.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>How many steps to take; null: as many as the epochs have.</summary>
    public long? Steps { get; init; }

    /// <summary>Stop after an epoch that moved no parameter by more than this; null: never before the end.</summary>
    public double? UntilStill { get; init; }

    /// <summary>Everything random comes from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>"cpu", "cuda" or "cuda:N".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>float32 or float64.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>hand, pure or autograd: where the gradient comes from.</summary>
    public string Gradients { get; init; } = "hand";

    /// <summary>Compare the gradient with autograd's before every K-th step, K this number; 0: never.</summary>
    public int VerifyEvery { get; init; }

    /// <summary>The folder for model, metrics and pictures; null: nothing is written.</summary>
    public string? Out { get; init; }

    /// <summary>Go on from the checkpoint in <see cref="Out"/>, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>So many seconds may pass between two checkpoints.</summary>
    public double CheckpointSeconds { get; init; } = 30;

    /// <summary>So many seconds pass between two reports of progress within an epoch.</summary>
    public double ProgressSeconds { get; init; } = 0.5;
}

/// <summary>How a run is doing, told after an epoch and within long ones.</summary>
/// <param name="Epoch">Epochs that are over.</param>
/// <param name="Step">Steps taken.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">The mean loss of the last epoch that is over; null before the first.</param>
/// <param name="Accuracy">The share of examples that are told right; null where nothing is told apart.</param>
/// <param name="HeldOut">Whether these are held-out examples.</param>
/// <param name="ExamplesPerSecond">Since this process began to train.</param>
/// <param name="SecondsLeft">If it goes on like this; null in the first second.</param>
public sealed record TrainProgress(long Epoch, long Step, long Steps, double? Loss, double? Accuracy, bool HeldOut, double ExamplesPerSecond, double? SecondsLeft);

/// <summary>How a run ended.</summary>
/// <param name="End">finished, still, diverged, disagreed or cancelled.</param>
/// <param name="Epochs">Epochs that are over.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Loss">The mean loss at the end, on the training examples.</param>
/// <param name="Accuracy">The share of training examples told right; null where nothing is told apart.</param>
/// <param name="ValidationLoss">The loss on held-out examples; null without.</param>
/// <param name="ValidationAccuracy">Their share told right.</param>
/// <param name="Seconds">What this process took.</param>
/// <param name="Problem">What went wrong, in words; null where nothing did.</param>
/// <param name="Resumed">The step it went on from; null for a new run.</param>
public sealed record TrainReport(string End, long Epochs, long Steps, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy, double Seconds, string? Problem, long? Resumed)
{
    /// <summary>0 for a run that came to its end, 1 for one that diverged or whose gradient is wrong, 130 for a cancelled one.</summary>
    public int ExitCode => End switch { "finished" or "still" => 0, "cancelled" => 130, _ => 1 };
}

/// <summary>How well a model tells examples apart or predicts numbers.</summary>
/// <param name="Examples">How many there are.</param>
/// <param name="Loss">Their mean loss, the penalty included.</param>
/// <param name="Accuracy">The share told right; null for numbers.</param>
/// <param name="Majority">The share that always naming the most frequent class would tell right; null for numbers.</param>
/// <param name="Confusion">Rows: what is so; columns: what the model says; empty for numbers.</param>
/// <param name="Classes">Their names, in order.</param>
public sealed record EvaluateReport(long Examples, double Loss, double? Accuracy, double? Majority, IReadOnlyList<IReadOnlyList<long>> Confusion, IReadOnlyList<string> Classes);
