namespace Backprop.Training;

/// <summary>A model on its way: its parameters, the optimizer's memory, and the step that moves both, in place.</summary>
/// <remarks>Where the gradient comes from is the implementation's: the pure rules, autograd, or the fused step. All must give the same numbers.</remarks>
public interface ITrainingStep : IDisposable
{
    /// <summary>The parameters as they are now, in the model's order; they change with every step.</summary>
    IReadOnlyList<NamedTensor> Parameters { get; }

    /// <summary>The optimizer's memory as it is now (empty for plain gradient descent); it changes with every step.</summary>
    IReadOnlyList<NamedTensor> Memory { get; }

    /// <summary>How many steps were taken, which Adam's bias correction counts.</summary>
    long Steps { get; }

    /// <summary>One step downhill.</summary>
    /// <param name="batch">At least one example, of the parameters' dtype and device.</param>
    /// <param name="rate">η: finite and not negative.</param>
    /// <returns>The batch's mean loss before the step, the penalty included; NaN or infinity is the caller's to judge.</returns>
    double Step(Batch batch, double rate);

    /// <summary>Takes over what an earlier run had come to.</summary>
    /// <param name="parameters">One for each of <see cref="Parameters"/>, of its name and shape; they are copied.</param>
    /// <param name="memory">The same of <see cref="Memory"/>.</param>
    /// <param name="steps">How many steps that run had taken.</param>
    /// <exception cref="ArgumentException">A name or a shape is another.</exception>
    void Restore(IReadOnlyList<NamedTensor> parameters, IReadOnlyList<NamedTensor> memory, long steps);
}
