using Backprop.Training;

namespace Backprop.PropertyTests.Training;

/// <summary>A step for tests of the loop: a line through points by gradient descent with momentum, so that it has a memory, and a loss that may be made to fail.</summary>
internal sealed class LineStep : ITrainingStep
{
    private readonly Tensor _w = torch.tensor(new[] { 0.5, -0.25 }, [2], torch.float64).DetachFromDisposeScope();
    private readonly Tensor _v = torch.zeros(2, torch.float64).DetachFromDisposeScope();

    public long? FailsAt { get; init; }

    public long? BreaksAt { get; init; }

    public IReadOnlyList<NamedTensor> Parameters => [new("w", _w)];

    public IReadOnlyList<NamedTensor> Memory => [new("w.v", _v)];

    public long Steps { get; private set; }

    public double Step(Batch batch, double rate)
    {
        using var scope = torch.NewDisposeScope();
        var error = batch.Inputs.mv(_w) - batch.Targets;
        var loss = (error * error).mean().item<double>() / 2;
        _v.mul_(0.5).add_(batch.Inputs.t().mv(error) / batch.Inputs.shape[0]);
        _w.sub_(_v * rate);
        Steps++;
        if (Steps == BreaksAt) _w.mul_(double.NaN);
        return Steps == FailsAt ? double.NaN : loss;
    }

    public void Restore(IReadOnlyList<NamedTensor> parameters, IReadOnlyList<NamedTensor> memory, long steps)
    {
        _w.copy_(parameters.Single().Value);
        _v.copy_(memory.Single().Value);
        Steps = steps;
    }

    public void Dispose()
    {
        _w.Dispose();
        _v.Dispose();
    }
}
