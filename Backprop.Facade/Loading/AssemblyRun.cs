using System.Diagnostics;
using Backprop.Diagnosis;
using TorchSharp;

namespace Backprop.Facade.Loading;

/// <summary>A request, checked and made ready to run.</summary>
internal sealed class AssemblyRun(AssemblyRequest request, UserAssembly assembly, IReadOnlyCollection<string> names)
{
    /// <summary>Finds what the request names, before any native library is loaded or code of the user's is run.</summary>
    internal static AssemblyRun Start(AssemblyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assembly = UserAssembly.Read(request.Path);
        var names = request.Names.Count == 0 ? assembly.Names : [.. request.Names.SelectMany(name => Matching(assembly, name)).Distinct(StringComparer.Ordinal)];
        if (request.Options.Case is not null && names.Count != 1) throw new ArgumentException("case: expected the name of exactly one class with it.", nameof(request));
        return new(request, assembly, names);
    }

    internal AssemblyReport Run(IProgress<VerifyProgress>? progress, CancellationToken cancellation)
    {
        Libtorch.EnsureLoaded();
        Libtorch.EnsureDevice(request.Options.Device);
        var clock = Stopwatch.StartNew();
        var reports = new List<CheckReport>();
        foreach (var candidate in assembly.Bind(names))
        {
            progress?.Report(new(candidate.Name, reports.Count, names.Count));
            var report = candidate.Specimen is { } specimen ? Check(specimen, cancellation) : CheckReport.Failed(candidate.Name, candidate.Why) with { Seed = request.Options.Seed };
            reports.Add(report with { Replay = Replay(candidate, report) });
        }
        return new(request, reports, torch.__version__, Libtorch.IsSubstitute ? "substitute" : "package", clock.Elapsed.TotalSeconds);
    }

    /// <summary>A class that the checker itself fails on does not keep the others from being checked.</summary>
    private CheckReport Check(Specimen specimen, CancellationToken cancellation)
    {
        try
        {
            return Checker.Check(specimen, request.Options, cancellation);
        }
        // A case that does not fit is the caller's mistake, not the class's.
        catch (Exception failed) when (failed is not OperationCanceledException && !(failed is ArgumentException && request.Options.Case is not null))
        {
            return CheckReport.Failed(specimen.Name, $"{specimen.Name} could not be checked: {failed.GetType().Name}: {failed.Message}") with { Seed = request.Options.Seed, Source = specimen.Source };
        }
    }

    /// <summary>The command that checks this class again: in its smallest case when it has one.</summary>
    private string Replay(Candidate candidate, CheckReport report)
    {
        var options = request.Options;
        var usual = new CheckOptions();
        var dtype = options.Dtype == usual.Dtype ? "" : $" --dtype {options.Dtype.ToString().ToLowerInvariant()}";
        var device = options.Device == usual.Device ? "" : $" --device {options.Device}";
        var case_ = report.Replay.Length > 0 ? report.Replay : options.Cases == usual.Cases ? $"--seed {options.Seed}" : $"--seed {options.Seed} --cases {options.Cases}";
        return $"./backprop check {Quoted(request.Path)} {candidate.Name}{dtype}{device} {case_}";
    }

    private static IEnumerable<string> Matching(UserAssembly assembly, string name)
    {
        var found = assembly.Names.Where(full => string.Equals(full, name, StringComparison.OrdinalIgnoreCase) || full.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count > 0 ? found : throw new ArgumentException($"there is no class '{name}' marked [HandGradient]; the nearest names are {string.Join(", ", Nearest.To(name, assembly.Names.Select(full => full[(full.LastIndexOf('.') + 1)..])))}.", nameof(name));
    }

    private static string Quoted(string path) => path.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or '\\' or ':') ? path : $"'{path}'";
}
