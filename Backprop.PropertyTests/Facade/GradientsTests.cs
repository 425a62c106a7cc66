using System.Text.Json;
using Backprop.Facade;
using Backprop.Verify;

namespace Backprop.PropertyTests.Facade;

public class GradientsTests
{
    [Fact]
    public void ListsWhatTheCatalogueHas()
    {
        var listed = Gradients.List();
        Assert.Equal(Catalogue.All.Select(subject => subject.Name), listed.Select(rule => rule.Name));
        Assert.Equal(["logits: N×C", "target: N labels below C"], listed.Single(rule => rule.Name == "softmax-cross-entropy").Inputs);
    }

    [Fact]
    public void VerifiesByName()
    {
        var report = Gradients.Verify("softmax", "tanh");
        Assert.Equal((2, 0), (report.Agreed, report.Disagreed));
        Assert.StartsWith("2 hand-written backward passes agree with libtorch", report.Sentence);
    }

    [Fact]
    public void VerifiesARuleOfYourOwn()
    {
        var cube = Subject.Of("cube", "y = x³", [Input.Real("x", "N")],
            x => new Backprop.Rules.Primal<Tensor>(x[0].pow(3), x[0]),
            (dy, x) => [dy * 3 * x * x],
            x => x[0] * x[0] * x[0]) with
        { Values = [Values.Ordinary] };
        Assert.Equal(1, Gradients.Verify(cube).Agreed);
        Assert.Equal(1, Gradients.Verify(cube with { Backward = (dy, x) => [dy * 3 * (Tensor)x] }).Disagreed);
    }

    [Fact]
    public void TellsItsProgress()
    {
        var seen = new List<VerifyProgress>();
        Gradients.Verify(new VerifyRequest { Names = ["softmax", "tanh"], Options = new() { Cases = 3 } }, new Collect(seen));
        Assert.Equal([("softmax", 1), ("softmax", 2), ("softmax", 3), ("tanh", 4), ("tanh", 5), ("tanh", 6)], seen.Select(one => (one.Rule, one.Done)));
        Assert.All(seen, one => Assert.Equal(6, one.Total));
    }

    [Fact]
    public void AReplayShowsTheSameThing()
    {
        var request = new VerifyRequest { Names = ["linear"], Fault = "scale" };
        var report = Gradients.Verify(request);
        var found = report.Rules[0].Disagreement!;
        var replay = report.Replay(report.Rules[0]);
        Assert.Equal($"./backprop verify linear --seed {found.Smallest.Seed} --case {found.Smallest.Text} --fault scale", replay);
        var again = Gradients.Verify(request with { Case = found.Smallest.Text, Options = new() { Seed = found.Smallest.Seed } });
        Assert.Equal(found.Flaw.Text, again.Rules[0].Disagreement!.Flaw.Text);
    }

    [Fact]
    public void JsonHasWhatIsPromised()
    {
        using var json = JsonDocument.Parse(Gradients.Verify(new VerifyRequest { Names = ["softmax", "tanh"], Fault = "nan", Options = new() { Cases = 4 } }).ToJson());
        var root = json.RootElement;
        Assert.Equal(["device", "dtype", "seed", "libtorch", "provider", "rules", "agreed", "disagreed", "seconds"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal((0, 2), (root.GetProperty("agreed").GetInt32(), root.GetProperty("disagreed").GetInt32()));
        var rule = root.GetProperty("rules")[0];
        Assert.All(new[] { "name", "cases", "agrees", "worst", "seconds" }, property => Assert.True(rule.TryGetProperty(property, out _)));
        Assert.Equal(["input", "index", "hand", "autograd", "difference", "relativeToAutograd", "relativeToDifference"], rule.GetProperty("worst").EnumerateObject().Select(property => property.Name));
        Assert.Equal("NaN", rule.GetProperty("worst").GetProperty("hand").GetString());
    }

    [Theory]
    [InlineData("softmx", null, null, null, "there is no rule 'softmx'; the nearest names are softmax")]
    [InlineData("softmax", "signs", null, null, "there is no fault 'signs'; the nearest names are sign")]
    [InlineData("softmax", null, "cifar:x", null, "softmax-classifier is the only rule")]
    [InlineData(null, null, "cifar:x", null, "data: expected mnist:FOLDER, got 'cifar:x'")]
    [InlineData(null, null, null, "N=1", "case: expected the name of exactly one rule")]
    [InlineData("softmax", null, null, "Q=1", "'Q' is no size of this rule")]
    public void SaysWhatDoesNotExist(string? name, string? fault, string? data, string? @case, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Gradients.Verify(new VerifyRequest { Names = name is null ? [] : [name], Fault = fault, Data = data, Case = @case })).Message);

    [Fact]
    public void SaysThatThereIsNoSuchDevice()
    {
        Assert.Contains("device: expected cpu, cuda or cuda:N, got 'gpu'", Assert.Throws<ArgumentException>(() => Libtorch.EnsureDevice("gpu")).Message);
        if (torch.cuda.is_available()) return;
        Assert.Contains("CUDA cannot be used", Assert.Throws<LibtorchUnavailableException>(() => Gradients.Verify(new VerifyRequest { Options = new() { Device = "cuda" } })).Message);
    }

    private sealed class Collect(List<VerifyProgress> seen) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value) => seen.Add(value);
    }
}
