using Backprop.Diagnosis;

namespace Backprop.Facade.Loading;

/// <summary>Which gradients of an assembly to check, and how.</summary>
public sealed record AssemblyRequest
{
    /// <summary>The DLL.</summary>
    public required string Path { get; init; }

    /// <summary>Names of marked classes, with or without their namespace, in any case; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Cases, seed, dtype, device; <see cref="CheckOptions.Case"/> needs exactly one class.</summary>
    public CheckOptions Options { get; init; } = new();
}

/// <summary>Gradients of someone's own in an assembly: what `backprop check` does, for programs.</summary>
public static class Assemblies
{
    /// <summary>Checks the classes marked [HandGradient].</summary>
    /// <param name="request">Which, and how.</param>
    /// <param name="progress">Told before every class.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="CannotLoadException">The assembly cannot be loaded.</exception>
    /// <exception cref="ArgumentException">Nothing is marked, there is no class of a name, or an option does not fit; the message says what was expected.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AssemblyReport Check(AssemblyRequest request, IProgress<VerifyProgress>? progress = null, CancellationToken cancellation = default) => AssemblyRun.Start(request).Run(progress, cancellation);
}
