namespace Backprop.Training;

/// <summary>What a step learns from.</summary>
/// <param name="Inputs">The examples, one a row: N×D of numbers, or N×K ids of words.</param>
/// <param name="Targets">What is to come out: N labels (int64), N×M numbers, or for a ranking the N×K ids of corrupt windows.</param>
public sealed record Batch(Tensor Inputs, Tensor Targets);

/// <summary>A tensor with the name that it has in a file.</summary>
public sealed record NamedTensor(string Name, Tensor Value);

/// <summary>A loss with its gradient.</summary>
/// <param name="Loss">The batch's mean loss, the penalty included: 0-dimensional.</param>
/// <param name="Gradients">One for each parameter, in order.</param>
public sealed record Differentiated(Tensor Loss, IReadOnlyList<Tensor> Gradients);

/// <summary>A model as training sees it: parameters in an order, a loss, and its gradient written by hand.</summary>
public abstract record TrainableModel
{
    /// <summary>Random parameters to start from, in order; the same seed gives the same numbers on every device.</summary>
    public abstract IReadOnlyList<NamedTensor> Initial(int seed, torch.ScalarType dtype, torch.Device device);

    /// <summary>The loss and its gradient by the pure rules: explicitly written backward passes.</summary>
    /// <exception cref="ArgumentException">Parameters or batch do not fit the model.</exception>
    public abstract Differentiated Gradients(IReadOnlyList<Tensor> parameters, Batch batch);

    /// <summary>The same loss in libtorch's own operators, for autograd to differentiate.</summary>
    public abstract Tensor Loss(IReadOnlyList<Tensor> parameters, Batch batch);

    /// <summary>What the model says of some inputs: N×M scores or numbers.</summary>
    public abstract Tensor Outputs(IReadOnlyList<Tensor> parameters, Tensor inputs);
}
