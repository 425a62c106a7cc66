namespace Backprop.Diagnosis;

/// <summary>Every detector: one line each.</summary>
internal static class Detectors
{
    /// <summary>Those that know what they look for. When one of them is certain, the searches are left out.</summary>
    internal static IReadOnlyList<IDetector> Direct { get; } =
    [
        new KnownVersions(),
        new UnusedDetector(),
        new IgnoredDetector(),
        new ZeroDetector(),
        new ScaleDetector(),
        new ConstantDetector(),
        new RearrangedDetector(),
        new SwappedDetector(),
        new MaskDetector(),
        new DuplicateDetector(),
        new Mutations(),
    ];

    /// <summary>Those that try many things.</summary>
    internal static IReadOnlyList<IDetector> Searches { get; } =
    [
        new TermDetector(),
        new FormulaDetector(),
        new RatioDetector(),
        new ExampleDetector(),
        new JacobianDetector(),
        new DependenceDetector(),
        new SubstitutionDetector(),
        new SliceDetector(),
        new NearestDetector(),
    ];

    internal static IReadOnlyList<IDetector> All { get; } = [.. Direct, .. Searches];
}
