using System.Diagnostics;
using Backprop.Verify;
using Autograd = Backprop.Facade.Autograd;

namespace Backprop.PropertyTests.Facade;

public class AutogradTests
{
    private static Tensor Leaf(params double[] numbers) => torch.tensor(numbers, torch.float64).requires_grad_(true);

    private static Tensor Matrix(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return torch.tensor(Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble() * 2 - 1).ToArray(), rows, columns, torch.float64).requires_grad_(true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RightFunctionsPass(bool fast)
    {
        using var scope = torch.NewDisposeScope();
        Assert.True(Autograd.gradcheck(x => x.sin() * x, Leaf(0.3, -1.2, 2), fast_mode: fast));
        Assert.True(Autograd.gradcheck(x => x.sum(), Matrix(2, 3, 1), fast_mode: fast));
        Assert.True(Autograd.gradcheck((x, w) => x.mm(w), [Matrix(2, 3, 1), Matrix(3, 4, 2)], fast_mode: fast));
        Assert.True(Autograd.gradcheck((x, w, b) => (x.mm(w) + b).tanh(), [Matrix(2, 3, 1), Matrix(3, 4, 2), Leaf(1, 2, 3, 4)], fast_mode: fast));
        Assert.True(Autograd.gradcheck(x => [x[0] * x[1], x[0].detach(), x[0].pow(2)], [Leaf(1, 2), Leaf(3, 4)], fast_mode: fast));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APathThatAutogradDoesNotSeeFails(bool fast)
    {
        using var scope = torch.NewDisposeScope();
        var wrong = Assert.Throws<GradCheckException>(() => Autograd.gradcheck(x => x * x.detach(), Leaf(1, 2), fast_mode: fast));
        Assert.StartsWith("Jacobian mismatch for output 0 with respect to input 0: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("analytical 2", wrong.Message, StringComparison.Ordinal);
        Assert.False(Autograd.gradcheck(x => x * x.detach(), Leaf(1, 2), raise_exception: false, fast_mode: fast));
        Assert.Contains("numerical gradient should be zero", Assert.Throws<GradCheckException>(() => Autograd.gradcheck(x => x.detach() * 2, Leaf(1, 2), fast_mode: fast)).Message, StringComparison.Ordinal);
        Assert.True(Autograd.gradcheck(x => torch.ones_like(x), Leaf(1, 2), fast_mode: fast));
    }

    [Fact]
    public void OneWrongEntryAmongManyIsNamed()
    {
        using var scope = torch.NewDisposeScope();
        var mask = torch.tensor(new double[] { 0, 1, 0, 0, 0, 0 }, 2, 3, torch.float64);
        var wrong = Assert.Throws<GradCheckException>(() => Autograd.gradcheck((x, w) => (x + (mask * 0.01 * x).detach()).mm(w), [Matrix(2, 3, 1), Matrix(3, 4, 2)]));
        Assert.Contains("with respect to input 0: 4 of 48 entries", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("with respect to input entry [0, 1]", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARandomFunctionFails()
    {
        using var scope = torch.NewDisposeScope();
        var calls = 0;
        Assert.False(Autograd.gradcheck(x => x * ++calls, Leaf(1, 2), raise_exception: false));
        Assert.False(Autograd.gradgradcheck(x => x.pow(2) * ++calls, Leaf(1, 2), raise_exception: false));
    }

    [Fact]
    public void NanIsNoAgreement()
    {
        using var scope = torch.NewDisposeScope();
        Assert.False(Autograd.gradcheck(x => x.sqrt(), Leaf(-1), raise_exception: false));
        Assert.False(Autograd.gradcheck(x => x.sqrt(), Leaf(0), raise_exception: false));
    }

    [Fact]
    public void SinglePrecisionIsWarnedOfAndFails()
    {
        using var scope = torch.NewDisposeScope();
        using var listener = new Heard();
        Trace.Listeners.Add(listener);
        try
        {
            var x = torch.tensor(new[] { 0.3f, -1.2f }).requires_grad_(true);
            var wrong = Assert.Throws<GradCheckException>(() => Autograd.gradcheck(x => x.sin(), x));
            Assert.EndsWith("Input 0 requires a gradient and is Float32, not Float64: with so few digits this check will likely fail.", wrong.Message, StringComparison.Ordinal);
            Assert.Contains("Input 0 requires a gradient and is Float32", listener.Text, StringComparison.Ordinal);
            Assert.True(Autograd.gradcheck(x => x.sin(), x, eps: 1e-2, atol: 1e-3, rtol: 1e-2));
        }
        finally
        {
            Trace.Listeners.Remove(listener);
        }
    }

    [Fact]
    public void TheInputsAreWhatTheyWere()
    {
        using var scope = torch.NewDisposeScope();
        var x = Matrix(3, 2, 5).detach().t().requires_grad_(true);
        var before = Host.Numbers(x);
        // The function sees the move through a tensor of its own that shares the memory, as PyTorch's does.
        Assert.True(Autograd.gradcheck(_ => x.sin(), x));
        Assert.Throws<InvalidOperationException>(() => Autograd.gradcheck(y => Host.SameBits(Host.Numbers(y), before) ? y.sin() : throw new InvalidOperationException("moved"), x));
        Assert.True(Host.SameBits(before, Host.Numbers(x)));
    }

    [Fact]
    public void WhatCannotBeCheckedIsSaid()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("at least one that requires a gradient", Assert.Throws<ArgumentException>(() => Autograd.gradcheck(x => x, Leaf(1).detach(), raise_exception: false)).Message, StringComparison.Ordinal);
        Assert.Contains("stride 0", Assert.Throws<ArgumentException>(() => Autograd.gradcheck(x => x, Leaf(1).detach().expand(3).requires_grad_(true))).Message, StringComparison.Ordinal);
        Assert.Contains("expected 2 tensors", Assert.Throws<ArgumentException>(() => Autograd.gradcheck((x, y) => x, [Leaf(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 1, one for each output", Assert.Throws<ArgumentException>(() => Autograd.gradgradcheck(x => [x[0].pow(2)], [Leaf(1)], [])).Message, StringComparison.Ordinal);
        Assert.Contains("none of its outputs", Assert.Throws<ArgumentException>(() => Autograd.gradgradcheck(x => x.detach(), Leaf(1))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SecondDerivatives(bool fast)
    {
        using var scope = torch.NewDisposeScope();
        Assert.True(Autograd.gradgradcheck(x => x * x * x, Leaf(0.5, -2), fast_mode: fast));
        Assert.True(Autograd.gradgradcheck(x => x.tanh(), Leaf(0.5, -2), Leaf(1, -3), fast_mode: fast));
        Assert.True(Autograd.gradgradcheck((x, w) => x.mm(w), [Matrix(2, 3, 1), Matrix(3, 2, 2)], fast_mode: fast));
        Assert.True(Autograd.gradgradcheck(x => [x[0].mm(x[1]), x[0].exp()], [Matrix(2, 3, 1), Matrix(3, 2, 2)], fast_mode: fast));
        // Right in the first derivative of x² at the point itself, cut in the second.
        Assert.True(Autograd.gradcheck(Cut, Leaf(0.5, -2), fast_mode: fast));
        Assert.False(Autograd.gradgradcheck(Cut, Leaf(0.5, -2), raise_exception: false, fast_mode: fast));

        static Tensor Cut(Tensor x) => (2 * x.detach() * x) - x.detach().pow(2);
    }

    private sealed class Heard : TraceListener
    {
        internal string Text { get; private set; } = "";

        public override void Write(string? message) => Text += message;

        public override void WriteLine(string? message) => Text += message;
    }
}
