using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Backprop.PropertyTests;

/// <summary>The launcher in a tree of its own, with a dotnet, a cmake and a libtorch that only pretend; each test takes a fraction of a second.</summary>
public sealed class LauncherTests : IDisposable
{
    private sealed record Result(int Code, string Output, string Error);

    private readonly string _machine = Directory.CreateTempSubdirectory("backprop launcher ").FullName;

    private string Tree => Path.Combine(_machine, "a tree");

    public LauncherTests()
    {
        var repository = Repository();
        foreach (var file in Directory.GetFiles(Path.Combine(repository, "build")).Prepend(Path.Combine(repository, "backprop")))
            Put(Path.GetRelativePath(repository, file), File.ReadAllText(file));
        Put("Backprop.Core/Rule.cs", "");
        Put("Substitutes/TorchSharp/native/shim.cpp", "");
        Put("../libtorch/include/ATen/ATen.h", "");
        File.Copy("/bin/sh", Path.Combine(_machine, "touched")); // any library or program of this machine has the right head
        Directory.CreateDirectory(Path.Combine(_machine, "libtorch/lib"));
        File.Move(Path.Combine(_machine, "touched"), Path.Combine(_machine, "libtorch/lib/libtorch_cpu.so"));
        Program("cmake", """case $1 in --build) touch "$2/libbackprop_torch.so" ;; *) mkdir -p "$4" ;; esac""");
        Program("dotnet", """
            echo "$@" >> "$CALLS"
            case $1 in
              --version) [ -z "$TOO_OLD" ] && echo 10.0.100 ;;
              --list-sdks) echo '8.0.100 [/x]' ;;
              restore) echo "$RESTORE"; [ -z "$RESTORE" ] ;;
              build) echo "/x/A.cs(1,2): error CS1002: ; expected [/x/A.csproj]"; [ -z "$BROKEN" ] && for bin in bin bin/real; do
                  mkdir -p "Backprop.Cli/$bin/Release/net10.0" && touch "Backprop.Cli/$bin/Release/net10.0/backprop.dll"; done ;;
              test) while [ $# -gt 1 ]; do [ "$1" = --results-directory ] && folder=$2; shift; done
                echo "$TRX" > "$folder/a.trx" ;;
              format) [ -z "$UNFORMATTED" ] ;;
              exec) shift; echo "ran in $PWD: ${1##*/}"; shift; for word; do echo "<$word>"; done
                case "$*" in *--fault* | *WrongGradients*) exit 1 ;; esac ;;
            esac
            """);
    }

    public void Dispose() => Directory.Delete(_machine, recursive: true);

    private static string Repository([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here))!;

    private string Calls => File.Exists(Path.Combine(_machine, "calls")) ? File.ReadAllText(Path.Combine(_machine, "calls")) : "";

    private void Put(string path, string text)
    {
        var file = Path.Combine(Tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void Program(string name, string script)
    {
        Put($"../programs/{name}", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_machine, "programs", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Result Run(string words = "verify", string? from = null, string? through = null, params (string Name, string Value)[] environment)
    {
        File.Delete(Path.Combine(_machine, "calls"));
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = from ?? Tree, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(through ?? Path.Combine(Tree, "backprop"));
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries)) start.ArgumentList.Add(word.Replace('_', ' '));
        foreach (var name in new[] { "BACKPROP_SUBSTITUTES", "BACKPROP_SHIM", "TOO_OLD", "RESTORE", "BROKEN", "TRX", "UNFORMATTED" }) start.Environment[name] = "";
        start.Environment["PATH"] = Path.Combine(_machine, "programs") + ":" + start.Environment["PATH"];
        start.Environment["CALLS"] = Path.Combine(_machine, "calls");
        start.Environment["LIBTORCH"] = Path.Combine(_machine, "libtorch");
        start.Environment["BACKPROP_SUBSTITUTES"] = "true";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    [Fact]
    public void A_fresh_tree_is_set_up_and_built_and_the_next_call_only_runs()
    {
        if (!OperatingSystem.IsLinux()) return;
        var first = Run();
        Assert.Equal((0, $"ran in {Tree}: backprop.dll\n<verify>\n"), (first.Code, first.Output));
        Assert.Contains("building Backprop.sln", first.Error);
        Assert.Contains(">true<", File.ReadAllText(Path.Combine(Tree, ".backprop/setup.props")));
        Assert.Equal(new Result(0, first.Output, ""), Run());
        Assert.DoesNotContain("build", Calls.Replace("backprop.dll", ""));
    }

    [Fact]
    public void It_runs_where_it_was_called_through_a_link_with_the_words_as_they_are()
    {
        if (!OperatingSystem.IsLinux()) return;
        Run();
        var link = Path.Combine(_machine, "link");
        File.CreateSymbolicLink(link, Path.Combine(Tree, "backprop"));
        Assert.Equal(new Result(0, $"ran in {_machine}: backprop.dll\n<verify>\n<two words>\n<*>\n", ""), Run("verify two_words *", _machine, link));
        Assert.Equal(new Result(0, $"ran in {_machine}: backprop.dll\n<x>\n", ""), Run("x", _machine, "a tree/backprop"));
    }

    [Fact]
    public void Without_words_it_asks_for_help() => Assert.EndsWith("<--help>\n", OperatingSystem.IsLinux() ? Run("").Output : "<--help>\n");

    [Theory]
    [InlineData("Backprop.Core/Rule.cs", true)]
    [InlineData("Backprop.Core/New.cs", true)]
    [InlineData("Directory.Build.props", true)]
    [InlineData("README.md", false)]
    [InlineData("docs/page.md", false)]
    [InlineData("points.csv", false)]
    [InlineData("spiral/model.safetensors", false)]
    [InlineData("Backprop.Core/obj/x.cs", false)]
    public void A_newer_source_is_built_once(string file, bool builds)
    {
        if (!OperatingSystem.IsLinux()) return;
        Put("docs/index.md", "");
        Put("Backprop.Core/obj/y.cs", "");
        Run();
        Thread.Sleep(50); // file times tick in steps of some milliseconds
        Put(file, "changed");
        Run();
        Assert.Equal(builds, Calls.Contains("build Backprop.sln"));
        Run();
        Assert.DoesNotContain("build Backprop.sln", Calls);
    }

    [Fact]
    public void A_deleted_source_is_seen()
    {
        if (!OperatingSystem.IsLinux()) return;
        Run();
        Thread.Sleep(50); // file times tick in steps of some milliseconds
        File.Delete(Path.Combine(Tree, "Backprop.Core/Rule.cs"));
        Run();
        Assert.Contains("build Backprop.sln", Calls);
    }

    [Fact]
    public void A_build_that_fails_shows_its_errors_and_is_tried_again()
    {
        if (!OperatingSystem.IsLinux()) return;
        var broken = Run("verify", null, null, ("BROKEN", "yes"));
        Assert.Equal((4, ""), (broken.Code, broken.Output));
        Assert.Contains("/x/A.cs(1,2): error CS1002: ; expected\n", broken.Error);
        Assert.Equal(0, Run().Code);
    }

    [Theory]
    [InlineData("/nonexistent", "does not exist")]
    [InlineData("/etc/passwd", "is not a folder")]
    [InlineData("/tmp", "has no lib/libtorch_cpu.so")]
    [InlineData("relative/folder", "a tree/relative/folder, which does not exist")]
    public void Rubbish_in_LIBTORCH_is_one_sentence_before_and_after_setup(string folder, string reason)
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var fresh in new[] { true, false })
        {
            if (!fresh) Run();
            var result = Run("verify", null, null, ("LIBTORCH", folder));
            Assert.Equal((3, ""), (result.Code, result.Output));
            Assert.Contains(reason, Assert.Single(result.Error.TrimEnd().Split('\n')));
        }
        Assert.Equal(0, Run().Code);
    }

    [Fact]
    public void Another_LIBTORCH_rebuilds_the_shim_and_is_remembered()
    {
        if (!OperatingSystem.IsLinux()) return;
        Run();
        var other = Path.Combine(_machine, "other");
        Process.Start("cp", ["-r", Path.Combine(_machine, "libtorch"), other]).WaitForExit();
        Assert.Contains("building the shim", Run("verify", null, null, ("LIBTORCH", other)).Error);
        Assert.Equal("", Run("verify", null, null, ("LIBTORCH", "")).Error);
    }

    [Fact]
    public void The_doctor_speaks_even_where_setup_fails() =>
        Assert.True(!OperatingSystem.IsLinux() || Run("doctor", null, null, ("LIBTORCH", "/nonexistent")) is { Output: var output, Error: var error }
            && output.EndsWith("<doctor>\n") && error.Contains("does not exist"));

    [Fact]
    public void An_SDK_that_is_too_old_is_one_sentence()
    {
        if (!OperatingSystem.IsLinux()) return;
        var result = Run("verify", null, null, ("TOO_OLD", "yes"));
        Assert.Equal(3, result.Code);
        Assert.Contains("too old", Assert.Single(result.Error.TrimEnd().Split('\n')));
    }

    [Theory]
    [InlineData("error NU1101: Unable to find package CsCheck.", "true", 0)]
    [InlineData("error NU1102: Unable to find package TorchSharp-cpu with version (>= 0.105.2)", "true", 0)]
    [InlineData("error NU1301: Unable to load the service index", null, 3)]
    [InlineData("", "false", 0)]
    public void What_the_feed_says_decides(string says, string? substitutes, int code)
    {
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64) return;
        Assert.Equal(code, Run("verify", null, null, ("BACKPROP_SUBSTITUTES", ""), ("RESTORE", says)).Code);
        var props = Path.Combine(Tree, ".backprop/setup.props");
        Assert.Equal(substitutes is not null, File.Exists(props));
        if (substitutes is not null) Assert.Contains($">{substitutes}<", File.ReadAllText(props));
    }

    [Theory]
    [InlineData(7, 0, "", 0, "15 passed, 0 failed")]
    [InlineData(7, 2, "", 1, "15 passed, 2 failed")]
    [InlineData(7, 0, "yes", 1, "14 passed, 1 failed")]
    [InlineData(0, 0, "", 1, "8 passed, 1 failed")]
    public void The_last_line_of_test_counts_everything(int passed, int failed, string unformatted, int code, string last)
    {
        if (!OperatingSystem.IsLinux()) return;
        var counters = $"""    <Counters total="{passed + failed}" executed="{passed + failed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" />""";
        var result = Run("test --filter x", null, null, ("TRX", counters), ("UNFORMATTED", unformatted));
        Assert.Equal((code, last), (result.Code, result.Output.TrimEnd().Split('\n')[^1]));
        Assert.Contains("--filter x", Calls);
    }
}
