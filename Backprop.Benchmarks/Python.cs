using System.Diagnostics;

namespace Backprop.Benchmarks;

/// <summary>A Python with PyTorch, to be measured beside.</summary>
internal static class Python
{
    /// <summary>The first that has torch: the one given, else the system's; null when none has.</summary>
    internal static string? WithTorch(string? path) => (path is null ? ["/usr/bin/python3", "python3"] : new[] { path }).FirstOrDefault(python => Run(python, ["-c", "import torch"], "") is not null);

    /// <summary>What it wrote, or null when it cannot be started or fails; its complaints go on to standard error.</summary>
    internal static string? Run(string program, IReadOnlyList<string> arguments, string input)
    {
        try
        {
            var quiet = input.Length == 0;
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = quiet })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
