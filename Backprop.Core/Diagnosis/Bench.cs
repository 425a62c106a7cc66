namespace Backprop.Diagnosis;

/// <summary>Something that a user's pass did, which is the user's to mend.</summary>
internal sealed class PassException(string pass, Exception inner) : Exception($"{pass} threw {inner.GetType().Name}: {FirstLine(inner.Message)}", inner)
{
    internal string Pass { get; } = pass;

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}

/// <summary>Calls the passes of a specimen, and knows when the call that is under way began.</summary>
internal sealed class Bench(Specimen specimen)
{
    private long _since;
    private volatile string? _underWay;

    /// <summary>When set, libtorch's generator is set to it before each forward pass: for functions that draw from it.</summary>
    internal long? GeneratorSeed { get; set; }

    /// <summary>What is examined; a corner of it may take its place (<see cref="Corner"/>).</summary>
    internal Specimen Specimen { get; set; } = specimen;

    /// <summary>The pass that is being called, if it has been for longer than <paramref name="limit"/>; else null.</summary>
    internal string? Overdue(TimeSpan limit) =>
        _underWay is { } pass && Environment.TickCount64 - Interlocked.Read(ref _since) > limit.TotalMilliseconds ? pass : null;

    internal Outcome Forward(IReadOnlyList<Tensor> inputs)
    {
#pragma warning disable RS0030 // A user's function that draws from libtorch's generator cannot be checked but from one seed.
        if (GeneratorSeed is { } seed) torch.manual_seed(seed);
#pragma warning restore RS0030
        var outcome = Call("Forward", () => Specimen.Forward(inputs));
        if (outcome is null || outcome.Outputs is null || outcome.Outputs.Any(output => output is null)) throw new PassException("Forward", new InvalidOperationException("it returned null"));
        if (!outcome.Outputs.Any(output => output.is_floating_point())) throw new PassException("Forward", new InvalidOperationException("none of its outputs is a floating-point tensor"));
        return outcome;
    }

    internal IReadOnlyList<Tensor?> Backward(IReadOnlyList<Tensor> dys, IReadOnlyList<Tensor> inputs, object? saved) =>
        Call("Backward", () => Specimen.Backward(dys, inputs, saved)) ?? throw new PassException("Backward", new InvalidOperationException("it returned null"));

    /// <summary>The outputs that get a cotangent.</summary>
    internal static IReadOnlyList<Tensor> Floating(Outcome outcome) => [.. outcome.Outputs.Where(output => output.is_floating_point())];

    /// <summary>All floating-point outputs, one after the other, as one vector.</summary>
    internal Tensor Flat(IReadOnlyList<Tensor> inputs) => Join(Floating(Forward(inputs)));

    internal static Tensor Join(IReadOnlyList<Tensor> outputs) => outputs is [{ } only] ? only.reshape(-1) : torch.cat([.. outputs.Select(output => output.reshape(-1))], 0);

    private T Call<T>(string pass, Func<T> call)
    {
        Interlocked.Exchange(ref _since, Environment.TickCount64);
        _underWay = pass;
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not PassException)
        {
            throw new PassException(pass, exception);
        }
        finally
        {
            _underWay = null;
        }
    }

    /// <summary>The true gradients by autograd: null when Forward threw because its inputs require gradients.</summary>
    internal IReadOnlyList<Tensor>? Autograd(IReadOnlyList<Tensor> inputs, Tensor flatDy)
    {
        try
        {
            return Verify.Autograd.Gradients(Flat, inputs, [.. Specimen.Inputs.Select(input => input.Differentiable)], flatDy);
        }
        catch (Exception exception) when (exception is PassException or System.Runtime.InteropServices.ExternalException)
        {
            return null;
        }
    }
}
