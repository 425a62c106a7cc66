using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Backprop.Benchmarks;

/// <summary>What a browser makes of a picture.</summary>
internal static partial class Chromium
{
    /// <summary>Two pixels of the rendering for one unit of the picture.</summary>
    private const int Scale = 2;

    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The colours (#rrggbb) at some places of an SVG picture, rendered without a window; null where there is no Chromium.</summary>
    /// <exception cref="InvalidOperationException">Chromium cannot render it.</exception>
    internal static IReadOnlyList<string>? Colours(string svg, IReadOnlyList<(double X, double Y)> places)
    {
        var folder = Directory.CreateTempSubdirectory("backprop-picture-");
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(page, Page(svg, places));
            return Programs.Select(program => Run(program, folder.FullName, page)).FirstOrDefault(output => output is not null) is { } html
                ? Found().Match(html) is { Success: true } match ? JsonSerializer.Deserialize<string[]>(match.Groups["json"].Value)! : throw new InvalidOperationException("Chromium rendered nothing.")
                : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Page(string svg, IReadOnlyList<(double X, double Y)> places)
    {
        var asked = string.Join(',', places.Select(place => string.Create(CultureInfo.InvariantCulture, $"[{place.X:R},{place.Y:R}]")));
        return $$"""
            <!doctype html><meta charset="utf-8"><pre id="found"></pre><script>
            const image = new Image();
            image.onload = () => {
              const canvas = document.createElement("canvas");
              canvas.width = {{Scale}} * image.width; canvas.height = {{Scale}} * image.height;
              const context = canvas.getContext("2d");
              context.drawImage(image, 0, 0, canvas.width, canvas.height);
              const all = context.getImageData(0, 0, canvas.width, canvas.height).data;
              document.getElementById("found").textContent = JSON.stringify([{{asked}}].map(([x, y]) => {
                const at = 4 * (Math.floor({{Scale}} * y) * canvas.width + Math.floor({{Scale}} * x));
                return "#" + [0, 1, 2].map(i => all[at + i].toString(16).padStart(2, "0")).join("");
              }));
            };
            image.src = "data:image/svg+xml;base64,{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(svg))}}";
            </script>
            """;
    }

    private static string? Run(string program, string folder, string page)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", "--virtual-time-budget=20000", "--dump-dom", $"file://{page}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("<pre id=\"found\">(?<json>\\[.*?\\])</pre>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Found();
}
