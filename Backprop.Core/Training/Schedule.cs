namespace Backprop.Training;

/// <summary>How the rate η changes on the way: a pure function of the step's number, so that a resumed run has the same rates.</summary>
public abstract record Schedule
{
    private Schedule() { }

    /// <summary>η, always.</summary>
    public sealed record Constant : Schedule;

    /// <summary>η · factor^⌊epoch / every⌋.</summary>
    /// <param name="Every">Epochs, at least one.</param>
    /// <param name="Factor">Above 0, at most 1.</param>
    public sealed record StepDecay(int Every, double Factor) : Schedule;

    /// <summary>η / (1 + decay · epoch), the epoch with its fraction.</summary>
    /// <param name="Decay">Positive.</param>
    public sealed record Inverse(double Decay) : Schedule;

    /// <summary>η · ½ (1 + cos(π · step / all steps)): from η down to almost 0.</summary>
    public sealed record Cosine : Schedule;

    /// <summary>The rate of one step.</summary>
    /// <param name="rate">η.</param>
    /// <param name="step">The number of steps before it.</param>
    /// <param name="perEpoch">Steps of an epoch, at least one.</param>
    /// <param name="total">Steps of the whole run, at least one.</param>
    public double Rate(double rate, long step, long perEpoch, long total) => this switch
    {
        StepDecay decay => rate * Math.Pow(decay.Factor, step / perEpoch / decay.Every),
        Inverse inverse => rate / (1 + inverse.Decay * ((double)step / perEpoch)),
        Cosine => rate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, total) / total)),
        _ => rate,
    };
}
