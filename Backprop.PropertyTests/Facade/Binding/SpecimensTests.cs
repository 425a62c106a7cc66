using Backprop.Diagnosis;
using Backprop.Facade;
using Backprop.Facade.Binding;
using Backprop.Verify;

namespace Backprop.PropertyTests.Facade.Binding;

/// <summary>Every form in which a gradient may be written becomes a specimen that gives the same numbers.</summary>
public class SpecimensTests
{
    public static TheoryData<Type> All() => [.. typeof(Forms).GetNestedTypes(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic).Where(type => type.IsDefined(typeof(HandGradientAttribute), false) && type != typeof(Forms.WithNothingReturned))];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryFormIsUnderstood(Type form)
    {
        var specimen = Specimens.Of(form);
        for (var seed = 1; seed <= 2; seed++) Assert.True(Residual(specimen, seed) < 1e-12, $"{form.Name}: {Residual(specimen, seed)}");
    }

    [Fact]
    public void AMissingGradientIsNull() => Assert.Null(Backward(Specimens.Of(typeof(Forms.WithNothingReturned)), 1)[1]);

    [Fact]
    public void InputsAreWhatTheAttributesSay()
    {
        var loss = Specimens.Of(typeof(Forms.WithLabels));
        Assert.Equal(("Forms.WithLabels", "softmax-cross-entropy"), (loss.Name, loss.Operation));
        Assert.Equal(["logits: N C Real True", "y: N C Labels False"], loss.Inputs.Select(Show));
        Assert.Equal(new Backprop.Bugs.Constant("lambda", 0.1), Assert.Single(loss.Constants));
        Assert.Equal([new("N", new(5, 9)), new KeyValuePair<string, SizeRange>("C", new(2, 3))], loss.Sizes);
        Assert.Equal(("Forms.WithLabels.Forward", "Forms.WithLabels.Backward", "0.1"), (loss.Syntax!.Forward, loss.Syntax.Backward, Assert.Single(loss.Syntax.Constants)));
        Assert.Equal(["p: N C Probabilities False", "x: N C Real True", "rows: K N Indices False"], Specimens.Of(typeof(Forms.WithNullForLabels)).Inputs.Select(Show));
        Assert.Equal(-1, Specimens.Of(typeof(Forms.WithNullForLabels)).Inputs[2].Ignored);
        Assert.Equal(["y.Saved", "0.5"], Specimens.Of(typeof(Forms.WithPrimal)).Syntax!.Saved);
        Assert.Null(loss.Syntax.Saved);
    }

    [Fact]
    public void TheLineOfBackwardComesFromTheSymbols()
    {
        var place = Specimens.Of(typeof(Forms.WithTensorSaved)).Source!;
        Assert.EndsWith("Forms.cs", place.File);
        var line = File.ReadAllLines(Structure.Repository.Path("Backprop.PropertyTests", "Facade", "Binding", "Forms.cs"))[place.Line - 1];
        Assert.Contains("Backward(Tensor dy, Tensor y) => dy * (1 - y * y)", line);
    }

    [Fact]
    public void DelegatesAreSpecimensToo()
    {
        var lambda = Specimens.Of(([Shape("N")] Tensor x, double rate = 3) => rate * x * x, (Tensor dy, Tensor x, double rate) => 2 * rate * dy * x, []);
        Assert.Equal(("x", 3.0), (lambda.Inputs[0].Name, lambda.Constants[0].Value));
        Assert.True(Residual(lambda, 1) < 1e-12);

        var given = Specimens.Of((Func<Tensor, Tensor, Tensor>)((x, w) => x.matmul(w)), (Func<Tensor, Tensor, Tensor, Tensor[]>)((dy, x, w) => [dy.matmul(w.t()), x.t().matmul(dy)]), [Input.Real("", "N", "D"), Input.Real("weight", "D", "M")], "product");
        Assert.Equal(("product", "x", "weight"), (given.Name, given.Inputs[0].Name, given.Inputs[1].Name));
        Assert.True(Residual(given, 1) < 1e-12);

        var several = Specimens.Of((Tensor[] x) => x[0] * x[1] * x[2], (Tensor dy, IReadOnlyList<Tensor> x) => new[] { dy * x[1] * x[2], dy * x[0] * x[2], dy * x[0] * x[1] }, [Input.Real("a", "N"), Input.Real("b", "N"), Input.Positive("", "N")]);
        Assert.Equal(["a", "b", "x3"], several.Inputs.Select(input => input.Name));
        Assert.True(Residual(several, 1) < 1e-12);
        Assert.True(Residual(Specimens.Of(Forms.AsArray.Forward, Forms.AsArray.Backward, []), 1) < 1e-12);
    }

    [Fact]
    public void WhatUserCodeThrowsComesThroughAsItIs()
    {
        var specimen = Specimens.Of((Func<Tensor, Tensor>)(x => throw new NotSupportedException("mine")), (Tensor dy, Tensor x) => dy, [Input.Real("x", "N")]);
        Assert.Equal("mine", Assert.Throws<NotSupportedException>(() => specimen.Forward([torch.zeros(2)])).Message);
    }

    [Fact]
    public void WhatAClosureKeepsOutlivesTheScope()
    {
        Tensor? kept = null;
        var specimen = Specimens.Of((Tensor x) => x * (kept ??= torch.tensor(2.0, torch.float64)), (Tensor dy, Tensor x) => dy * kept!, [Input.Real("x", "N")]);
        for (var seed = 1; seed <= 2; seed++) Assert.True(Residual(specimen, seed) < 1e-12);
    }

    private static string Show(Input input) => $"{input.Name}: {string.Join(' ', input.Shape)} {input.Kind} {input.Differentiable}";

    /// <summary>The greatest relative distance between Backward and autograd.</summary>
    private static double Residual(Specimen specimen, int seed)
    {
        using var scope = torch.NewDisposeScope();
        var (inputs, outputs, dys, saved) = Run(specimen, seed);
        var hand = specimen.Backward(dys, [.. inputs.Select(input => input.detach())], saved);
        var truth = torch.autograd.grad([.. outputs], [.. inputs.Where((_, i) => specimen.Inputs[i].Differentiable)], [.. dys]);
        Assert.Equal(truth.Count, hand.Count);
        return hand.Zip(truth).Max(pair => ((pair.First! - pair.Second).norm() / (1 + pair.Second.norm())).item<double>());
    }

    private static IReadOnlyList<Tensor?> Backward(Specimen specimen, int seed)
    {
        var (inputs, _, dys, saved) = Run(specimen, seed);
        return specimen.Backward(dys, inputs, saved);
    }

    private static (IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs, IReadOnlyList<Tensor> Dys, object? Saved) Run(Specimen specimen, int seed)
    {
        var sizes = specimen.Letters.Select((letter, i) => (letter, i)).ToDictionary(pair => pair.letter, pair => (long)new[] { 2, 3, 5, 7 }[pair.i], StringComparer.Ordinal);
        var @case = new Case(seed, sizes, Values.Ordinary, Layout.Dense);
        var inputs = Draw.Inputs(specimen.Inputs, @case, torch.float64, torch.CPU);
        foreach (var (tensor, input) in inputs.Zip(specimen.Inputs)) if (input.Differentiable) tensor.requires_grad = true;
        var outcome = specimen.Forward(inputs);
        var outputs = outcome.Outputs.Where(output => output.is_floating_point()).ToList();
        return (inputs, outputs, [.. outputs.Select((output, i) => Draw.Cotangent(@case, output.shape, torch.float64, torch.CPU, i))], outcome.Saved);
    }
}
