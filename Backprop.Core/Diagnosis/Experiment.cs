using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>One case of a specimen, set up: inputs, forward pass, cotangents. Kept in the dispose scope of whoever made it.</summary>
internal sealed class Experiment
{
    private readonly Bench _bench;

    /// <exception cref="PassException">Forward threw.</exception>
    internal Experiment(Bench bench, Case @case, IReadOnlyList<Tensor> inputs, torch.ScalarType dtype, torch.Device device)
    {
        (_bench, Case, Inputs) = (bench, @case, inputs);
        InputNumbers = [.. inputs.Select(Host.Numbers)];
        Outcome = bench.Forward(inputs);
        Outputs = Bench.Floating(Outcome);
        OutputNumbers = [.. Outputs.Select(Host.Numbers)];
        Finite = OutputNumbers.All(numbers => numbers.All(double.IsFinite));
        Dys = [.. Outputs.Select((y, i) => Draw.Cotangent(@case, y.shape, y.dtype, device, i))];
        DyNumbers = [.. Dys.Select(Host.Numbers)];
        GreatestDy = DyNumbers.SelectMany(numbers => numbers).Select(Math.Abs).DefaultIfEmpty(0).Max();
        // Differences, and the gradient that float32's rounding is measured by, are always taken in float64 at the very numbers that the inputs hold.
        Precise = dtype == torch.float64 ? Inputs : [.. inputs.Select(input => input.is_floating_point() ? input.to_type(torch.float64) : input)];
        PreciseDy = Bench.Join([.. Dys.Select(dy => dy.to_type(torch.float64))]);
    }

    internal Case Case { get; }

    internal IReadOnlyList<Tensor> Inputs { get; }

    internal IReadOnlyList<double[]> InputNumbers { get; }

    internal Outcome Outcome { get; }

    internal IReadOnlyList<Tensor> Outputs { get; }

    internal IReadOnlyList<double[]> OutputNumbers { get; }

    /// <summary>Whether all outputs are.</summary>
    internal bool Finite { get; }

    internal IReadOnlyList<Tensor> Dys { get; }

    internal IReadOnlyList<double[]> DyNumbers { get; }

    internal double GreatestDy { get; }

    internal IReadOnlyList<Tensor> Precise { get; }

    internal Tensor PreciseDy { get; }

    /// <summary>A call of Backward with what this forward pass saved.</summary>
    internal IReadOnlyList<Tensor?> Backward(IReadOnlyList<Tensor>? dys = null) => _bench.Backward(dys ?? Dys, Inputs, Outcome.Saved);

    /// <summary>A forward pass and then a backward pass at the same inputs.</summary>
    internal IReadOnlyList<Tensor?> Again(IReadOnlyList<Tensor>? dys = null) => _bench.Backward(dys ?? Dys, Inputs, _bench.Forward(Inputs).Saved);

    /// <summary>A vector over all outputs as one cotangent for each.</summary>
    internal IReadOnlyList<Tensor> Split(double[] flat)
    {
        var taken = 0;
        return [.. Outputs.Select(y =>
        {
            var count = (int)y.numel();
            taken += count;
            return Host.Tensor(flat[(taken - count)..taken], y.shape, y.dtype, y.device);
        })];
    }
}
