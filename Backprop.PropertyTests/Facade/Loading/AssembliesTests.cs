using System.Text.Json;
using System.Xml.Linq;
using Backprop.Diagnosis;
using Backprop.Facade.Loading;
using Backprop.PropertyTests.Facade.Binding;

namespace Backprop.PropertyTests.Facade.Loading;

/// <summary>Assemblies of someone's own: which classes are found, what each gets, what is said when it cannot be loaded.</summary>
public sealed class AssembliesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop-").FullName;

    private static readonly Lazy<AssemblyReport> Wrong = new(() => Check(Built.Sample("WrongGradients")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("CSharp.Gradients", "MyLinear", "MyLoss", "MySigmoid", "MyEmbedding", "MyPolar")]
    [InlineData("FSharp.Gradients", "MyLinear", "MyPenalty", "MyProduct", "MyScale", "MyMask", "MySum")]
    public void TheSamplesAreRight(string sample, params string[] classes)
    {
        var report = Check(Built.Sample(sample));
        Assert.Equal(classes.Order(), report.Classes.Select(one => one.Name).Order());
        Assert.All(report.Classes, one => Assert.Equal((one.Name, Verdict.Right), (one.Name, one.Verdict)));
        Assert.Equal(0, report.ExitCode);
    }

    [Fact]
    public void AWrongOneIsFoundBesideARightOne()
    {
        Assert.Equal([Verdict.Wrong, Verdict.Wrong, Verdict.Wrong, Verdict.Right], Wrong.Value.Classes.Select(one => one.Verdict));
        Assert.Equal(1, Wrong.Value.ExitCode);
        Assert.StartsWith("4 hand-written gradients: 1 right, 3 wrong (seed 1, float64, cpu, ", Wrong.Value.Sentence);
    }

    [Fact]
    public void NamesChooseClasses()
    {
        Assert.Equal("Right", Assert.Single(Check(Built.Sample("WrongGradients"), "right").Classes).Name);
        Assert.Equal(["MeanForSum", "Right"], Check(Built.Sample("WrongGradients"), "WrongGradients.Right", "meanforsum").Classes.Select(one => one.Name));
        Assert.Contains("there is no class 'MeanForSun' marked [HandGradient]; the nearest names are MeanForSum, ", Assert.Throws<ArgumentException>(() => Check(Built.Sample("WrongGradients"), "MeanForSun")).Message);
    }

    [Fact]
    public void TablesAreMadeBeforeAnyScopeIsOpen() => Assert.Equal(Verdict.Right, Assert.Single(Check(typeof(Forms).Assembly.Location, nameof(Forms.WithItsOwnScope)).Classes).Verdict);

    [Fact]
    public void NamesAreAsShortAsTheyMayBe()
    {
        var report = Check(typeof(Twins).Assembly.Location, "Twins.First.Same", "Twins.Second.Same", "Twins.Alone");
        Assert.Equal(["Alone", "First.Same", "Second.Same"], report.Classes.Select(one => one.Name).Order());
        Assert.All(report.Classes, one => Assert.Contains($" {one.Name} --seed ", one.Replay));
    }

    [Fact]
    public void AReplayShowsTheSameCase()
    {
        // Quoted where the shell would take it apart.
        var (replay, path) = (Wrong.Value.Classes[0].Replay, Built.Sample("WrongGradients"));
        Assert.Contains(path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path, replay, StringComparison.Ordinal);
        var words = replay.Replace($"'{path}'", path, StringComparison.Ordinal).Replace(path, "PATH", StringComparison.Ordinal).Split(' ');
        Assert.Equal(["./backprop", "check", "PATH", "MeanForSum", "--seed"], words[..5]);
        words[2] = path;
        var again = Assemblies.Check(new() { Path = words[2], Names = [words[3]], Options = new() { Seed = int.Parse(words[5]), Case = words[7] } }).Classes[0];
        Assert.Equal((Verdict.Wrong, Wrong.Value.Classes[0].Smallest!.CSharp), (again.Verdict, again.Smallest!.CSharp));
        Assert.Throws<ArgumentException>(() => Assemblies.Check(new() { Path = words[2], Options = new() { Case = words[7] } }));
    }

    [Fact]
    public void CurriedFunctionsAreCalledAsFSharpDoes() =>
        Assert.Equal([true, false], new[] { "MyLinear", "MyScale" }.Select(name => Assert.Single(UserAssembly.Read(Built.Sample("FSharp.Gradients")).Bind(["FSharp.Gradients." + name])).Specimen!.Syntax!.Curried));

    [Fact]
    public void WhatIsNotUnderstoodIsAnErrorAndTheOthersAreChecked()
    {
        var report = Check(typeof(BadForms).Assembly.Location, "BadForms.WithTooFew", "WithCache", "BadForms.Generic");
        Assert.Equal([Verdict.Error, Verdict.Error, Verdict.Right], report.Classes.OrderByDescending(one => one.Verdict).Select(one => one.Verdict));
        var failed = report.Classes.Single(one => one.Name == "WithTooFew");
        Assert.StartsWith("BadForms.WithTooFew.Backward has too few parameters: none is named b", Assert.Single(failed.Causes).Text);
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public void FilesThatAreNoAssembliesAreSaidSo()
    {
        var text = Path.Combine(_folder, "text.dll");
        File.WriteAllText(text, "text");
        Assert.Equal($"{text} is not a .NET assembly.", Unloadable(text));
        Assert.Equal($"{_folder} is a folder; name the DLL in it.", Unloadable(_folder));
        Assert.Equal("/nowhere/x.dll: there is no such file.", Unloadable("/nowhere/x.dll"));
        // A native DLL: a PE file without metadata.
        var native = Path.Combine(_folder, "native.dll");
        File.WriteAllBytes(native, WithoutMetadata(File.ReadAllBytes(Built.Sample("WrongGradients"))));
        Assert.Equal($"{native} is a native library or program, not a .NET assembly.", Unloadable(native));
        Assert.Contains("has no class marked [HandGradient]", Assert.Throws<ArgumentException>(() => Check(typeof(Specimen).Assembly.Location)).Message);
    }

    [Fact]
    public void AMissingAssemblyIsNamedWithItsVersionAndTheOtherClassesAreChecked()
    {
        var file = Built.Make(_folder, "Lonely", "Elsewhere", "4.5.6.7");
        File.Delete(Path.Combine(_folder, "Elsewhere.dll"));
        var report = Check(file);
        Assert.Equal([Verdict.Right, Verdict.Error], report.Classes.Select(one => one.Verdict));
        Assert.Equal($"Needy cannot be loaded: Lonely.dll needs Elsewhere 4.5.6.7, which is not beside it; put Elsewhere.dll into {_folder}, for instance with `dotnet publish`.", report.Classes[1].Causes[0].Text);
    }

    [Fact]
    public void AnAssemblyThatIsTooOldIsNamedWithBothVersions()
    {
        var file = Built.Make(_folder, "Modern", "Elsewhere", "4.5.6.7");
        Built.Foreign(_folder, "Elsewhere", "4.0.0.0");
        Assert.Equal($"Needy cannot be loaded: Modern.dll needs Elsewhere 4.5.6.7, but {Path.Combine(_folder, "Elsewhere.dll")} is 4.0.0.0; put the version that it was built with there.", Check(file).Classes[1].Causes[0].Text);
        Built.Foreign(_folder, "Elsewhere", "4.5.6.8");
        Assert.StartsWith("Needy.Forward: parameter other is Thing; expected a Tensor, or a constant", Check(file).Classes[1].Causes[0].Text);
    }

    [Fact]
    public void AnotherTorchSharpIsRefused()
    {
        var file = Built.Make(_folder, "Newer", "TorchSharp", "99.0.0.0");
        Assert.StartsWith($"{file} was built against TorchSharp 99.0.0.0, but this program ", Unloadable(file));
    }

    [Fact]
    public void JsonHasTheFieldsOfTheContract()
    {
        var all = JsonDocument.Parse(Wrong.Value.ToJson()).RootElement;
        Assert.All(all.EnumerateArray(), one => Assert.Equal(["name", "verdict", "causes", "smallest", "seed", "replay"], one.EnumerateObject().Take(6).Select(field => field.Name)));
        var wrong = all[0];
        Assert.Equal(("MeanForSum", "wrong", 1), (wrong.GetProperty("name").GetString(), wrong.GetProperty("verdict").GetString(), wrong.GetProperty("seed").GetInt32()));
        Assert.Equal(["code", "gradient", "text", "evidence", "repair"], wrong.GetProperty("causes")[0].EnumerateObject().Take(5).Select(field => field.Name));
        Assert.Equal("db", wrong.GetProperty("causes")[0].GetProperty("gradient").GetString());
        Assert.Equal(["inputs", "code"], wrong.GetProperty("smallest").EnumerateObject().Take(2).Select(field => field.Name));
        Assert.Contains("MeanForSum.Backward(dy, x, w, b)", wrong.GetProperty("smallest").GetProperty("code").GetString());
        Assert.Equal(("right", JsonValueKind.Null), (all[3].GetProperty("verdict").GetString(), all[3].GetProperty("smallest").ValueKind));
    }

    [Fact]
    public void JUnitHasATestForEachGradient()
    {
        var suite = XDocument.Parse(Wrong.Value.ToJUnit()).Root!.Element("testsuite")!;
        Assert.Equal(("6", "3", "0", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("errors")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Equal(["MeanForSum dx", "MeanForSum dw", "MeanForSum db", "SlopeOfTheInput dx", "LostRepeats dtable", "Right dx"], suite.Elements("testcase").Select(one => $"{one.Attribute("classname")!.Value} {one.Attribute("name")!.Value}"));
        Assert.Equal(["db", "dx", "dtable"], suite.Elements("testcase").Where(one => one.Element("failure") is not null).Select(one => one.Attribute("name")!.Value));
    }

    [Fact]
    public void JUnitHasEveryVerdict()
    {
        CheckReport Of(Verdict verdict, params GradientVerdict[] gradients) => new() { Name = verdict.ToString(), Verdict = verdict, Gradients = gradients, Causes = [new("code", "dx", "\u0001 < \ud83d\ude00", "", "", "")] };
        GradientVerdict Gradient(Verdict verdict) => new("dx", verdict, 0, 0, 1, 1, 0);
        var report = new AssemblyReport(new() { Path = "x.dll" }, [CheckReport.Failed("Broken", "why"), Of(Verdict.Vacuous, Gradient(Verdict.Vacuous)), Of(Verdict.Inconclusive), Of(Verdict.Kink, Gradient(Verdict.Kink)), Of(Verdict.Wrong, Gradient(Verdict.Right))], "1.13", "package", 1);
        var suite = XDocument.Parse(report.ToJUnit()).Root!.Element("testsuite")!;
        Assert.Equal(["Broken Backward error", "Vacuous dx skipped", "Inconclusive Backward skipped", "Kink dx ", "Wrong dx ", "Wrong Backward failure"],
            suite.Elements("testcase").Select(one => $"{one.Attribute("classname")!.Value} {one.Attribute("name")!.Value} {one.Elements().SingleOrDefault()?.Name}"));
        Assert.Contains("\ufffd < \ud83d\ude00", suite.Descendants("skipped").First().Attribute("message")!.Value);
        Assert.Equal(4, new AssemblyReport(new() { Path = "x.dll" }, [Of(Verdict.Vacuous), Of(Verdict.Right)], "", "", 1).ExitCode);
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(0, new AssemblyReport(new() { Path = "x.dll" }, [Of(Verdict.Kink), Of(Verdict.Right)], "", "", 1).ExitCode);
    }

    [Fact]
    public void SarifHasARuleForEachCodeAndTheLineOfBackward()
    {
        var run = JsonDocument.Parse(Wrong.Value.ToSarif()).RootElement.GetProperty("runs")[0];
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToList();
        Assert.Empty(Causes.All.Select(kind => kind.Code).Except(rules));
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.True(results.Count >= 3);
        Assert.All(results, result => Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]));
        var place = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith("samples/WrongGradients/Gradients.cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        var line = File.ReadAllLines(Structure.Repository.Path("samples", "WrongGradients", "Gradients.cs"))[place.GetProperty("region").GetProperty("startLine").GetInt32() - 1];
        Assert.Contains("Tensor[] Backward(", line);
    }

    private static AssemblyReport Check(string path, params string[] names) => Assemblies.Check(new() { Path = path, Names = names });

    private static string Unloadable(string path) => Assert.Throws<CannotLoadException>(() => Check(path)).Message;

    /// <summary>The same file with no CLI header in its directories.</summary>
    private static byte[] WithoutMetadata(byte[] image)
    {
        var optional = BitConverter.ToInt32(image, 0x3C) + 24;
        var directories = optional + (BitConverter.ToUInt16(image, optional) == 0x20B ? 112 : 96);
        Array.Clear(image, directories + 14 * 8, 8);
        return image;
    }
}
