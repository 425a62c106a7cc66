using Backprop.Bugs;
using Backprop.Verify;

namespace Backprop.Facade;

/// <summary>Everything that the command line does with gradients, for programs.</summary>
public static partial class Gradients
{
    /// <summary>All rules and models that can be verified.</summary>
    public static IReadOnlyList<RuleSummary> List() => [.. Catalogue.All.Select(Describe)];

    /// <summary>All operations that a gradient of your own can be recognised as; these are the names that [HandGradient(Operation = …)] takes.</summary>
    public static IReadOnlyList<OperationSummary> Operations() => [.. Corpus.Recognised.Select(operation => new OperationSummary(operation.Name, operation.Summary, [.. operation.Inputs.Select(Describe)], Corpus.All.Count(bug => bug.Operation.Name == operation.Name)))
        .Concat(Catalogue.All.Where(subject => Corpus.Find(subject.Name) is null).Select(subject => new OperationSummary(subject.Name, subject.Summary, [.. subject.Inputs.Select(Describe)], 0)))];

    /// <summary>Verifies rules by name with default options; without a name, all of them.</summary>
    /// <exception cref="ArgumentException">There is no rule of that name; the message has the nearest names.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static VerificationReport Verify(params string[] names) => Verify(new VerifyRequest { Names = names });

    /// <summary>Verifies what the request asks for.</summary>
    /// <param name="request">What, and how.</param>
    /// <param name="progress">Told after every case.</param>
    /// <param name="cancellation">Looked at before every case.</param>
    /// <exception cref="ArgumentException">A name, fault, case or data source that does not exist or fit; the message says what was expected.</exception>
    /// <exception cref="IOException">The data cannot be read.</exception>
    /// <exception cref="InvalidDataException">The data is damaged.</exception>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static VerificationReport Verify(VerifyRequest request, IProgress<VerifyProgress>? progress = null, CancellationToken cancellation = default) =>
        VerifyRun.Start(request).Run(progress, cancellation);

    /// <summary>Verifies a rule of your own: see <see cref="Subject.Of"/>.</summary>
    /// <exception cref="LibtorchUnavailableException">libtorch, or the device, cannot be used.</exception>
    public static VerificationReport Verify(Subject subject, VerifyOptions? options = null) =>
        new VerifyRun(new VerifyRequest { Options = options ?? new() }, [subject]).Run(null, default);

    private static RuleSummary Describe(Subject subject) =>
        new(subject.Name, subject.Summary, [.. subject.Inputs.Select(Describe)]);

    private static string Describe(Input input) => input.Kind == InputKind.Labels
        ? $"{input.Name}: {string.Join('×', input.Shape.SkipLast(1))} labels below {input.Shape[^1]}"
        : $"{input.Name}: {(input.Shape.Count == 0 ? "scalar" : string.Join('×', input.Shape))}";
}
