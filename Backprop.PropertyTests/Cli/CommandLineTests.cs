using System.Diagnostics;
using System.Text.Json;

namespace Backprop.PropertyTests.Cli;

/// <summary>The program as a user starts it: exit codes, what goes to which stream.</summary>
public class CommandLineTests
{
    [Fact]
    public void AgreementIsExitCode0()
    {
        var (code, output, error) = Run("verify", "sigmoid", "softmax");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 hand-written backward passes agree", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void ADisagreementIsExitCode1AndNamesTheCase()
    {
        var (code, output, _) = Run("verify", "sigmoid", "--fault", "sign");
        Assert.Equal(1, code);
        Assert.Contains("DISAGREES", output);
        Assert.Contains("smallest failing case: D=1,N=1", output);
        var replay = output.Split('\n').Single(line => line.Contains("replay: ./backprop ")).Split("./backprop ")[1].Trim().Split(' ');
        var (again, shown, _) = Run(replay);
        Assert.Equal(1, again);
        Assert.Equal(Values(output), Values(shown));

        static string Values(string text) => text.Split('\n').Single(line => line.Contains("   hand "));
    }

    [Theory]
    [InlineData("there is no rule 'sigmod'; the nearest names are sigmoid", "verify", "sigmod")]
    [InlineData("there is no option '--bogus'", "verify", "--bogus")]
    [InlineData("--cases: expected at least 1", "verify", "--cases", "0")]
    [InlineData("--cases", "verify", "--cases", "many")]
    [InlineData("float16", "verify", "--dtype", "float16")]
    [InlineData("device: expected cpu, cuda or cuda:N, got 'gpu'", "verify", "--device", "gpu")]
    [InlineData("/nowhere: there is no such folder", "verify", "--data", "mnist:/nowhere")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("there is no claim '004.9999'", "claims", "004.9999")]
    [InlineData("there is no rule 'sigmod'", "explain", "sigmod")]
    [InlineData("there is no wrong version 'SIG-99'; the nearest ids are", "bugs", "SIG-99")]
    [InlineData("cases: expected at least 12", "claims", "--cases", "1")]
    public void AUsageErrorIsExitCode2AndOneLine(string message, params string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    [Fact]
    public void JsonIsAloneOnStandardOutput()
    {
        var (code, output, error) = Run("verify", "tanh", "--json", "--cases", "3");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("tanh", JsonDocument.Parse(output).RootElement.GetProperty("rules")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void VersionAndHelpDoNotNeedLibtorch()
    {
        Assert.Equal(0, Run("--version").Code);
        Assert.Contains("verify", Run().Output);
        Assert.Contains("softmax-classifier", Run("list").Output);
    }

    [Fact]
    public void AWrongVersionIsShownBesideTheRightOne()
    {
        var (code, output, _) = Run("bugs", "BIA-57", "--seed", "3");
        Assert.Equal(0, code);
        Assert.All(new[] { "BIA-57", "expected: sign", "   wrong ", "   right ", "1 of 1 wrong version caught" }, text => Assert.Contains(text, output));
        Assert.Equal("BIA-57", JsonDocument.Parse(Run("bugs", "BIA-57", "--json").Output).RootElement.GetProperty("bugs")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void ClaimsAreJudgedAndShownInFull()
    {
        var (code, output, _) = Run("claims", "--file", "002", "--refuted");
        Assert.Equal(0, code);
        Assert.Contains("refuted", output);
        var id = output.Split('\n').First(line => line.Contains(" refuted ")).Split(' ')[0];
        var (_, full, _) = Run("claims", id);
        Assert.All(new[] { "counterexample: ", "right: ", "notes 002, lines " }, text => Assert.Contains(text, full));
    }

    [Fact]
    public void SystemsAndExplanationsArePrinted()
    {
        Assert.Contains("S05", Run("list", "--systems").Output);
        Assert.Contains("Backward: dx = dy", Run("explain", "sigmoid").Output);
    }

    internal static (int Code, string Output, string Error) Run(params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "backprop.dll"));
        foreach (var arg in args) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
