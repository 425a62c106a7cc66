using System.Diagnostics;
using Backprop.Data;
using Backprop.Verify;
using TorchSharp;

namespace Backprop.Facade;

/// <summary>A request, checked and made ready to run.</summary>
internal sealed class VerifyRun(VerifyRequest request, IReadOnlyList<Subject> subjects)
{
    /// <summary>Finds what the request names, before any native library is loaded.</summary>
    internal static VerifyRun Start(VerifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subjects = request.Data is { } data ? Real(data, request.Names) : Named(request.Names);
        if (request.Fault is { } name)
        {
            var fault = Fault.Find(name) ?? throw Unknown("fault", name, Fault.All.Select(fault => fault.Name));
            subjects = [.. subjects.Select(fault.Inject)];
        }
        if (request.Case is not null && subjects.Count != 1) throw new ArgumentException("case: expected the name of exactly one rule with it.", nameof(request));
        return new(request, subjects);
    }

    internal VerificationReport Run(IProgress<VerifyProgress>? progress, CancellationToken cancellation)
    {
        Libtorch.EnsureLoaded();
        Libtorch.EnsureDevice(request.Options.Device);
        var clock = Stopwatch.StartNew();
        var options = request.Options;
        var rules = new List<Agreement>();
        foreach (var subject in subjects)
        {
            var before = rules.Count * options.Cases;
            rules.Add(request.Case is { } text
                ? Verification.Replay(subject, Parse(text, options.Seed, subject), options, cancellation)
                : Verification.Run(subject, options, new Relay(done => progress?.Report(new(subject.Name, before + done, subjects.Count * options.Cases))), cancellation));
        }
        return new(options.Device, options.Dtype.ToString().ToLowerInvariant(), options.Seed, torch.__version__, Libtorch.IsSubstitute ? "substitute" : "package", rules, clock.Elapsed.TotalSeconds)
        {
            Request = request,
        };
    }

    private static IReadOnlyList<Subject> Named(IReadOnlyList<string> names) => names.Count == 0
        ? Catalogue.All
        : [.. names.Select(name => Catalogue.Find(name) ?? throw Unknown("rule", name, Catalogue.All.Select(subject => subject.Name))).Distinct()];

    private static IReadOnlyList<Subject> Real(string data, IReadOnlyList<string> names)
    {
        const string model = "softmax-classifier";
        if (names.Any(name => !string.Equals(name, model, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"data: {model} is the only rule that is verified on data, not {string.Join(", ", names)}.", nameof(data));
        return data.Split(':', 2) is ["mnist", { Length: > 0 } folder]
            ? [RealData.SoftmaxClassifier(LabelledImages.Mnist(folder))]
            : throw new ArgumentException($"data: expected mnist:FOLDER, got '{data}'.", nameof(data));
    }

    private static Case Parse(string text, int seed, Subject subject)
    {
        try
        {
            return Case.Parse(text, seed, subject);
        }
        catch (FormatException wrong)
        {
            throw new ArgumentException(wrong.Message, nameof(text), wrong);
        }
    }

    private static ArgumentException Unknown(string what, string name, IEnumerable<string> known) =>
        new($"there is no {what} '{name}'; the nearest names are {string.Join(", ", Nearest.To(name, known))}.", what);

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class Relay(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
