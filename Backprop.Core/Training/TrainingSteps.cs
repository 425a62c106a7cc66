using Backprop.Optimizers;

namespace Backprop.Training;

/// <summary>Where a training step's gradient comes from.</summary>
public enum GradientSource
{
    /// <summary>Written by hand, fused with the update, in place: the fast one. Of tables of word vectors only the rows at hand are computed.</summary>
    Fused,

    /// <summary>Written by hand, by the pure rules.</summary>
    Pure,

    /// <summary>libtorch's autograd: the twin.</summary>
    Autograd,
}

/// <summary>Makes training steps.</summary>
public static class TrainingSteps
{
    /// <summary>A step of its own parameters, which are copies of those given; it belongs to no dispose scope.</summary>
    /// <exception cref="ArgumentException">The parameters are not the model's, or a setting of model or optimizer is out of range.</exception>
    public static ITrainingStep Create(TrainableModel model, Optimizer optimizer, GradientSource source, IReadOnlyList<NamedTensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        Updates.Check(optimizer);
        return (source, model) switch
        {
            (GradientSource.Fused, DenseNetwork network) => new FusedStep(network, optimizer, parameters),
            (GradientSource.Fused, WindowScoring windows) => new FusedWindowStep(windows, optimizer, parameters),
            (GradientSource.Fused, SentenceNetwork sentences) => new FusedSentenceStep(sentences, optimizer, parameters),
            (GradientSource.Fused, SkipGramVectors skipGram) => new FusedSkipGramStep(skipGram, optimizer, parameters),
            (GradientSource.Fused, CbowVectors cbow) => new FusedCbowStep(cbow, optimizer, parameters),
            (GradientSource.Fused, GloveVectors glove) => new FusedGloveStep(glove, optimizer, parameters),
            (GradientSource.Fused or GradientSource.Pure, _) => new PureStep(model, optimizer, parameters),
            (GradientSource.Autograd, _) => new AutogradStep(model, optimizer, parameters),
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, $"source: expected {string.Join(", ", Enum.GetNames<GradientSource>())}, got {source}."),
        };
    }
}

/// <summary>Parameters and memory that outlive every scope.</summary>
internal abstract class HeldStep : ITrainingStep
{
    private readonly Dictionary<int, Tensor> _sums = [];

    /// <summary>For each parameter, the optimizer's tensors of its shape.</summary>
    internal IReadOnlyList<IReadOnlyList<Tensor>> MemoryOf { get; private set; } = [];

    public IReadOnlyList<NamedTensor> Parameters { get; private set; } = [];

    public IReadOnlyList<NamedTensor> Memory { get; private set; } = [];

    public long Steps { get; private set; }

    protected Optimizer Optimizer { get; }

    protected HeldStep(Optimizer optimizer) => Optimizer = optimizer;

    /// <summary>Of copies of these parameters.</summary>
    protected HeldStep(Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : this(optimizer) => Hold(Copies(parameters));

    public double Step(Batch batch, double rate)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Updates.CheckRate(rate);
        var loss = Take(batch, rate, Steps + 1);
        Steps++;
        return loss;
    }

    public void Restore(IReadOnlyList<NamedTensor> parameters, IReadOnlyList<NamedTensor> memory, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        Check(parameters, Parameters, nameof(parameters));
        Check(memory, Memory, nameof(memory));
        using (torch.no_grad())
        {
            foreach (var (from, into) in parameters.Concat(memory).Zip(Parameters.Concat(Memory))) into.Value.copy_(from.Value);
        }
        Steps = steps;
    }

    public virtual void Dispose()
    {
        foreach (var tensor in Parameters.Concat(Memory)) tensor.Value.Dispose();
        foreach (var sums in _sums.Values) sums.Dispose();
    }

    /// <summary>The step itself: the loss before it.</summary>
    protected abstract double Take(Batch batch, double rate, long step);

    /// <summary>Takes over what the step now owns.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="memory">For each, the optimizer's tensors; null: new ones. They begin at 0.</param>
    protected void Hold(IReadOnlyList<NamedTensor> parameters, IReadOnlyList<IReadOnlyList<Tensor>>? memory = null)
    {
        Parameters = parameters;
        var names = Updates.MemoryNames(Optimizer);
        MemoryOf = memory ?? [.. parameters.Select(parameter => NewMemory(parameter.Value))];
        Memory = [.. parameters.SelectMany((parameter, i) => names.Select((name, j) => new NamedTensor($"{parameter.Name}.{name}", MemoryOf[i][j])))];
    }

    /// <summary>What the optimizer remembers of a parameter at the beginning: zeros, or nothing.</summary>
    protected IReadOnlyList<Tensor> NewMemory(Tensor parameter) => [.. Updates.MemoryNames(Optimizer).Select(_ => torch.zeros_like(parameter).DetachFromDisposeScope())];

    /// <summary>Updates a table by the sum of some rows, M×d, of the ids M.</summary>
    protected void UpdateRows(int parameter, Tensor ids, Tensor rows, long step, double rate)
    {
        var table = Parameters[parameter].Value;
        if (!_sums.TryGetValue(parameter, out var sums) && RowUpdates.Sums(Optimizer)) _sums[parameter] = sums = torch.zeros_like(table).DetachFromDisposeScope();
        RowUpdates.Apply(Optimizer, table, ids, rows, sums, MemoryOf[parameter], step, rate);
    }

    protected static IReadOnlyList<NamedTensor> Copies(IReadOnlyList<NamedTensor> parameters) =>
        [.. parameters.Select(parameter => new NamedTensor(parameter.Name, parameter.Value.detach().clone().DetachFromDisposeScope()))];

    protected static double Number(Tensor scalar) => scalar.dtype == torch.float32 ? scalar.item<float>() : scalar.item<double>();

    private static void Check(IReadOnlyList<NamedTensor> given, IReadOnlyList<NamedTensor> own, string name)
    {
        ArgumentNullException.ThrowIfNull(given);
        if (given.Count != own.Count) throw new ArgumentException($"{name}: expected {own.Count} tensors, got {given.Count}.", name);
        foreach (var (one, mine) in given.Zip(own))
            if (one.Name != mine.Name || !one.Value.shape.SequenceEqual(mine.Value.shape))
                throw new ArgumentException($"{name}: expected {mine.Name} of shape [{string.Join(", ", mine.Value.shape)}], got {one.Name} of shape [{string.Join(", ", one.Value.shape)}].", name);
    }
}

/// <summary>The pure rules and the pure update: for reading and proving.</summary>
internal sealed class PureStep(TrainableModel model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : HeldStep(optimizer, parameters)
{
    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        var (loss, gradients) = model.Gradients([.. Parameters.Select(parameter => parameter.Value)], batch);
        for (var i = 0; i < Parameters.Count; i++)
        {
            var (theta, memory) = Updates.Step(Optimizer, Parameters[i].Value, gradients[i], MemoryOf[i], step, rate);
            Parameters[i].Value.copy_(theta);
            for (var j = 0; j < memory.Count; j++) MemoryOf[i][j].copy_(memory[j]);
        }
        return Number(loss);
    }
}

/// <summary>The same step by libtorch's autograd, with the update in place as torch.optim does it.</summary>
internal sealed class AutogradStep : HeldStep
{
    private readonly TrainableModel _model;
    private readonly List<Tensor> _leaves;

    internal AutogradStep(TrainableModel model, Optimizer optimizer, IReadOnlyList<NamedTensor> parameters) : base(optimizer, parameters)
    {
        _model = model;
        _leaves = [.. Parameters.Select(parameter => parameter.Value.requires_grad_(true))];
    }

    protected override double Take(Batch batch, double rate, long step)
    {
        using var scope = torch.NewDisposeScope();
        var loss = _model.Loss(_leaves, batch);
        var gradients = torch.autograd.grad([loss], _leaves);
        using var off = torch.no_grad();
        for (var i = 0; i < gradients.Count; i++) Updates.Apply(Optimizer, _leaves[i], gradients[i], MemoryOf[i], step, rate);
        return Number(loss.detach());
    }
}
