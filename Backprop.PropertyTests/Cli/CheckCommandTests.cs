using System.Text.Json;
using System.Xml.Linq;
using Backprop.PropertyTests.Facade.Binding;
using Backprop.PropertyTests.Facade.Loading;
using Backprop.PropertyTests.Structure;

namespace Backprop.PropertyTests.Cli;

/// <summary>`backprop check` as a user starts it.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private static readonly string Wrong = Built.Sample("WrongGradients");
    private static readonly string Forms = typeof(Forms).Assembly.Location;

    private readonly string _folder = Directory.CreateTempSubdirectory("backprop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheExitCodeIsTheVerdict()
    {
        Assert.Equal((0, ""), Check(Built.Sample("CSharp.Gradients")) is var right ? (right.Code, right.Error) : default);
        Assert.Equal(1, Check(Wrong).Code);
        Assert.Equal(1, Check(Forms, "BadForms.WithTooFew").Code);
        Assert.Equal(4, Check(Forms, "Forms.WithoutInfluence", "Forms.AsArray").Code);
    }

    [Fact]
    public void EveryClassHasALineAndTheWrongOnesAReport()
    {
        var (_, output, error) = Check(Wrong, "MeanForSum", "Right");
        Assert.Equal("", error);
        Assert.Matches(@"(?m)^MeanForSum +dx, dw, db +\d+ WRONG ", output);
        Assert.Matches(@"(?m)^Right +dx +\d+ right ", output);
        Assert.Contains("MeanForSum: wrong", output);
        Assert.Contains("MeanForSum.Backward(dy, x, w, b)", output);
        Assert.Contains($"./backprop check {(Wrong.Contains(' ', StringComparison.Ordinal) ? $"'{Wrong}'" : Wrong)} MeanForSum --seed ", output);
        Assert.DoesNotContain("Right: right", output);
    }

    [Fact]
    public void TheReadmeShowsWhatItPrints()
    {
        var shown = File.ReadAllText(Repository.Path("README.md"));
        var start = shown.IndexOf("MeanForSum: wrong", StringComparison.Ordinal);
        var end = shown.IndexOf("  again: ", start, StringComparison.Ordinal);
        Assert.Contains(shown[start..end], Check(Wrong, "MeanForSum", "Right").Output);
    }

    [Fact]
    public void HintsSayLess()
    {
        var question = Check(Wrong, "MeanForSum", "--hints", "1").Output;
        Assert.Matches(@"(?m)^  db: .*\?$", question);
        Assert.DoesNotContain("[scale]", question);
        var cause = Check(Wrong, "MeanForSum", "--hints", "2").Output;
        Assert.Contains("[scale]", cause);
        Assert.DoesNotContain("repair", cause);
        Assert.Contains("repair", Check(Wrong, "MeanForSum", "--hints", "3").Output);
    }

    [Fact]
    public void JsonIsAloneOnStandardOutputWhateverUserCodePrints()
    {
        var (code, output, error) = Check(Forms, "Forms.Talkative", "--json");
        Assert.Equal((0, "right"), (code, JsonDocument.Parse(output).RootElement[0].GetProperty("verdict").GetString()));
        Assert.Contains("forward speaks", error);
        Assert.DoesNotContain("forward speaks", Check(Forms, "Forms.Talkative").Output);
    }

    [Fact]
    public void FilesAreWrittenWhole()
    {
        var (junit, sarif) = (Path.Combine(_folder, "junit.xml"), Path.Combine(_folder, "results.sarif"));
        File.WriteAllText(junit, "before");
        Assert.Equal(1, Check(Wrong, "--junit", junit, "--sarif", sarif).Code);
        Assert.Equal("testsuites", XDocument.Load(junit).Root!.Name);
        Assert.Equal("2.1.0", JsonDocument.Parse(File.ReadAllText(sarif)).RootElement.GetProperty("version").GetString());
        Assert.Equal([junit, sarif], Directory.GetFiles(_folder).Order());
    }

    [Fact]
    public void AFileIsLeftAloneWhenNothingCouldBeChecked()
    {
        var junit = Path.Combine(_folder, "junit.xml");
        File.WriteAllText(junit, "before");
        Assert.Equal(2, Check(Wrong, "Nobody", "--junit", junit).Code);
        Assert.Equal("before", File.ReadAllText(junit));
        Assert.Equal([junit], Directory.GetFiles(_folder));
    }

    public static TheoryData<int, string, string[]> Mistakes() => new()
    {
        { 2, "Required argument 'PATH.dll' missing", [] },
        { 2, "there is no class 'MeanForSun' marked [HandGradient]; the nearest names are MeanForSum", [Wrong, "MeanForSun"] },
        { 2, "--hints: expected 1, 2 or 3", [Wrong, "--hints", "4"] },
        { 2, "--cases: expected at least 1", [Wrong, "--cases", "0"] },
        { 2, "float16", [Wrong, "--dtype", "float16"] },
        { 2, "device: expected cpu, cuda or cuda:N, got 'gpu'", [Wrong, "--device", "gpu"] },
        { 2, "there is no option '--bogus'", [Wrong, "--bogus"] },
        { 2, "case: expected the name of exactly one class with it", [Wrong, "--case", "N=1"] },
        { 2, "case: N: expected a size from 0 to 10000, got 'x'.", [Wrong, "Right", "--case", "N=x"] },
        { 2, "--junit: /nowhere/junit.xml cannot be written: there is no folder /nowhere.", [Wrong, "--junit", "/nowhere/junit.xml"] },
        { 2, "--sarif: / cannot be written: it is a folder.", [Wrong, "--sarif", "/"] },
        { 2, "has no class marked [HandGradient]", [Path.Combine(AppContext.BaseDirectory, "Backprop.Core.dll")] },
        { 3, "/nowhere.dll: there is no such file.", ["/nowhere.dll"] },
        { 3, "/ is a folder; name the DLL in it.", ["/"] },
        { 3, "backprop.runtimeconfig.json is not a .NET assembly.", [Path.Combine(AppContext.BaseDirectory, "backprop.runtimeconfig.json")] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsOneLine(int exit, string message, string[] args)
    {
        var (code, output, error) = Check(args);
        Assert.Equal((exit, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    private static (int Code, string Output, string Error) Check(params string[] args) => CommandLineTests.Run(["check", .. args]);
}
