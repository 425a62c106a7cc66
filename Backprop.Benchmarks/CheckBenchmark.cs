using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Backprop.Diagnosis;
using TorchSharp;

namespace Backprop.Benchmarks;

/// <summary>`./backprop bench check [--json] [--repetitions N] [--python PATH]`: this checker beside torch.autograd.gradcheck, both with their defaults, on the same functions at the same tensors.</summary>
internal static class CheckBenchmark
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private sealed record Theirs(double Seconds, double Least, bool Passes);

    /// <summary>Seconds for what gradcheck does, a verdict; and for the default, which explains what is wrong.</summary>
    private sealed record Ours(double Seconds, double Least, double Explained, string Verdict, IReadOnlyList<string> Causes, string? Method);

    private sealed record Row(string Name, bool Right, Theirs? Gradcheck, Ours Checker, double? Ratio);

    private sealed record PythonSide(string? Torch, IReadOnlyDictionary<string, Theirs> Cases, string? Skipped);

    internal static int Run(IReadOnlyList<string> arguments)
    {
        var repetitions = Option("--repetitions") is not { } text ? 11 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 7 ? number : 0;
        var known = new[] { "--json", "--repetitions", "--python" };
        if (repetitions == 0 || arguments.Where((one, i) => !known.Contains(one) && (i == 0 || arguments[i - 1] is not ("--repetitions" or "--python"))).Any())
        {
            Console.Error.WriteLine("expected: bench check [--json] [--repetitions N] [--python PATH], with N at least 7");
            return 2;
        }
        torch.set_num_threads(1);
        // The first check of a process waits for the compiler.
        var clock = Stopwatch.StartNew();
        Checker.Check(CheckCases.All[0].Specimen);
        var first = clock.Elapsed.TotalSeconds;
        foreach (var one in CheckCases.All) Checker.Check(one.Specimen);
        var python = AskPython(Option("--python"), repetitions);
        var rows = CheckCases.All.Select(one => Compare(one, python.Cases.GetValueOrDefault(one.Name), repetitions)).ToList();
        if (arguments.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(new { repetitions, threads = 1, first, torch = python.Torch, skipped = python.Skipped, functions = rows }, Form));
        else Print(rows, python, repetitions, first);
        return 0;

        string? Option(string name) => arguments.SkipWhile(one => one != name).Skip(1).FirstOrDefault();
    }

    private static Row Compare(CheckCase one, Theirs? theirs, int repetitions)
    {
        CheckReport report = null!;
        var verdicts = Times(new() { Explain = false });
        var explained = Times(new());
        var ours = new Ours(Median(verdicts), verdicts.Skip(1).Min(), Median(explained), report.Verdict.ToString().ToLowerInvariant(), [.. report.Causes.Select(cause => cause.Code)], report.Method);
        return new(one.Name, one.IsRight, theirs, ours, theirs?.Seconds / ours.Seconds);

        List<double> Times(CheckOptions options)
        {
            var seconds = new List<double>();
            for (var time = 0; time <= repetitions; time++)
            {
                var clock = Stopwatch.StartNew();
                report = Checker.Check(one.Specimen, options);
                seconds.Add(clock.Elapsed.TotalSeconds);
            }
            return seconds;
        }
    }

    /// <summary>The first is for warming up.</summary>
    private static double Median(IEnumerable<double> seconds) => seconds.Skip(1).Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private static void Print(List<Row> rows, PythonSide python, int repetitions, double first)
    {
        Console.WriteLine(python.Skipped ?? $"torch {python.Torch} (Python), one thread each, medians of {repetitions} after one to warm up");
        Console.WriteLine($"{"function",-40} {"gradcheck",10} {"",-6} {"ours",10} {"",-6} {"times as fast",13} {"explained",10}  cause");
        foreach (var row in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Name,-40} {(row.Gradcheck is { } gradcheck ? Milliseconds(gradcheck.Seconds) : "-"),10} {(row.Gradcheck is { } theirs ? theirs.Passes ? "passes" : "fails" : ""),-6} {Milliseconds(row.Checker.Seconds),10} {row.Checker.Verdict,-6} {row.Ratio,13:0.0} {(row.Right ? "" : Milliseconds(row.Checker.Explained)),10}  {(row.Checker.Causes.Count > 0 ? row.Checker.Causes[0] : "")}"));
        var wrong = rows.Where(row => !row.Right).ToList();
        if (python.Skipped is null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"times as fast: {rows.Min(row => row.Ratio):0.0} at least, {rows.Select(row => row.Ratio ?? 0).Order().ElementAt(rows.Count / 2):0.0} in the median; on right functions {rows.Where(row => row.Right).Min(row => row.Ratio):0.0} at least"));
        Console.WriteLine($"explained: with cause, repair and smallest case, as by default; the first check of this process took {Milliseconds(first)}");
        Console.WriteLine($"caught, of {wrong.Count} wrong: {(python.Skipped is null ? $"gradcheck {wrong.Count(row => row.Gradcheck is { Passes: false })}, " : "")}ours {wrong.Count(row => row.Checker.Verdict == "wrong")}; "
            + $"let pass, of {rows.Count - wrong.Count} right: {(python.Skipped is null ? $"gradcheck {rows.Count(row => row.Right && row.Gradcheck is { Passes: true })}, " : "")}ours {rows.Count(row => row.Right && row.Checker.Verdict == "right")}");

        static string Milliseconds(double seconds) => (seconds * 1000).ToString("0.00 ms", CultureInfo.InvariantCulture);
    }

    /// <summary>Runs gradcheck.py beside this program; when there is no Python with torch, says so.</summary>
    private static PythonSide AskPython(string? path, int repetitions)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "gradcheck.py");
        if (Python.WithTorch(path) is { } python)
        {
            var asked = JsonSerializer.Serialize(new
            {
                repetitions,
                cases = CheckCases.All.Select(one => new { name = one.Name, inputs = one.Specimen.Inputs.Select(input => Given(input.Value!)) }),
            });
            if (Python.Run(python, [script], asked) is not { } answer) return new(null, new Dictionary<string, Theirs>(StringComparer.Ordinal), $"gradcheck is left out: {python} {script} failed");
            using var json = JsonDocument.Parse(answer);
            return new(json.RootElement.GetProperty("torch").GetString(), json.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one =>
            {
                var seconds = one.GetProperty("seconds").EnumerateArray().Select(each => each.GetDouble()).ToList();
                return new Theirs(Median(seconds), seconds.Skip(1).Min(), one.GetProperty("passes").GetBoolean());
            }, StringComparer.Ordinal), null);
        }
        return new(null, new Dictionary<string, Theirs>(StringComparer.Ordinal), "gradcheck is left out: no Python with torch was found (Debian: apt-get install python3-torch; else --python PATH)");

        static object Given(torch.Tensor tensor) => new
        {
            shape = tensor.shape,
            numbers = tensor.to_type(torch.float64).data<double>().ToArray(),
            integer = tensor.dtype == torch.int64,
        };
    }
}
