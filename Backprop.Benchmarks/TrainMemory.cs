using System.Diagnostics;
using System.Globalization;

namespace Backprop.Benchmarks;

/// <summary>The most memory that work takes beyond what the process holds already, as Linux counts its pages: each way of working in a process of its own, so that none finds what another left.</summary>
internal static class TrainMemory
{
    // glibc takes pages of their own for whatever is larger, and gives them back at once, so that what is held is what is counted.
    private const string PagesFrom = "65536";

    /// <summary>Kibibytes at the peak of the work, less those before it; −1 where the kernel does not count so.</summary>
    internal static long PeakOf(Action work)
    {
        try
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Kibibytes("VmRSS:");
            File.WriteAllText("/proc/self/clear_refs", "5"); // the peak begins anew
            work();
            return Kibibytes("VmHWM:") - before;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return -1;
        }
    }

    /// <summary>This program again with these arguments: the number that it prints, the median of three; null when it prints none.</summary>
    internal static long? Ask(params string[] arguments)
    {
        var numbers = new List<long>();
        for (var time = 0; time < 3; time++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Environment.GetCommandLineArgs()[..1], .. arguments]) { RedirectStandardOutput = true };
            start.Environment["MALLOC_MMAP_THRESHOLD_"] = start.Environment["MALLOC_TRIM_THRESHOLD_"] = PagesFrom;
            start.Environment["DOTNET_TieredCompilation"] = "0"; // no compiling in the background
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (!long.TryParse(output.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            numbers.Add(number);
        }
        return numbers.Order().ElementAt(1);
    }

    private static long Kibibytes(string field) => long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
}
