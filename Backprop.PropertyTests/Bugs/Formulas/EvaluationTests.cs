using Backprop.Bugs.Formulas;
using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;
using F = TorchSharp.torch.nn.functional;

namespace Backprop.PropertyTests.Bugs.Formulas;

/// <summary>Formulas are evaluated, written down and changed as they should be.</summary>
public class EvaluationTests
{
    private static readonly Printer Plain = new(new Dictionary<string, string>());

    private static Evaluation At(params (string Name, Tensor Value)[] leaves) => new(leaves.ToDictionary(leaf => leaf.Name, leaf => leaf.Value), new Dictionary<string, double> { ["N"] = 4 });

    [Fact]
    public void SumsAndProductsBroadcastAndDivide()
    {
        using var scope = torch.NewDisposeScope();
        var point = At(("x", torch.tensor(new double[] { 1, 2, 3, 4 }, [2, 2], torch.float64)), ("b", torch.tensor(new double[] { 10, 20 }, [2], torch.float64)));
        Assert.Equal([-9, -18, -7, -16], Host.Numbers(point.Of(Leaf("x") - Leaf("b"))!));
        Assert.Equal([0.5, 1, 1.5, 2], Host.Numbers(point.Of(2 * Leaf("x") / Number("N"))!));
        Assert.Equal([-1, -2, -3, -4], Host.Numbers(point.Of(-Leaf("x"))!));
    }

    /// <summary>A slip may ask for anything; what does not fit is no value, not an exception.</summary>
    [Fact]
    public void WhatDoesNotFitIsNull()
    {
        using var scope = torch.NewDisposeScope();
        var point = At(("x", torch.zeros([2, 3], torch.float64)), ("w", torch.zeros([2, 5], torch.float64)));
        Assert.Null(point.Of(Leaf("x") + Leaf("w")));
        Assert.Null(point.Of(MatMul(Leaf("x"), Leaf("w"))));
        Assert.Null(point.Of(SumOver(Leaf("x"), 3)));
        Assert.Null(point.Of(Leaf("unknown")));
        Assert.Equal([5, 3], point.Of(MatMul(T(Leaf("w")), Leaf("x")))!.shape);
    }

    [Fact]
    public void AVariantKnowsWhatItsBasisKnowsAndLeavesItAlone()
    {
        using var scope = torch.NewDisposeScope();
        var evaluated = 0;
        var counted = new Operator("f({0})", x =>
        {
            evaluated++;
            return x[0];
        }).Of(Leaf("x"));
        var point = At(("x", torch.ones([2], torch.float64)));
        point.Of(counted + 1);
        Assert.Equal([3, 3], Host.Numbers(point.Variant().Of(counted + 2)!));
        Assert.Equal(1, evaluated);
    }

    [Fact]
    public void IsWrittenAsAPersonWritesIt()
    {
        var y = Let("y", Sigmoid(Leaf("x")));
        Assert.Equal("dy ⊙ y ⊙ (1 − y), where y = σ(x)", Plain.Whole(Dy * y * (1 - y)));
        Assert.Equal("2·(p − t) ⊙ dy / N", Plain.Text(2 * (Leaf("p") - Leaf("t")) * Dy / Number("N")));
        Assert.Equal("xᵀ·dy", Plain.Text(MatMul(T(Leaf("x")), Dy)));
        Assert.Equal("−dy / v²", Plain.Text(-Dy / Square(Leaf("v"))));
        Assert.Equal("q ⊙ s", new Printer(new Dictionary<string, string> { ["x"] = "q" }).Text(Leaf("x") * Leaf("s")));
    }

    /// <summary>A named part is one object: exchanged, it is so wherever it is used, and the rest stays the same object.</summary>
    [Fact]
    public void APartIsExchangedWhereverItIsUsed()
    {
        var y = Let("y", Sigmoid(Leaf("x")));
        Expr rest = Leaf("x") * 2, root = y * (1 - y) + rest;
        var exchanged = Tree.Exchange(root, y, y with { Body = Leaf("x") });
        Assert.False(Slips.Uses(exchanged, y));
        Assert.True(Slips.Uses(exchanged, rest));
        Assert.Same(root, Tree.Exchange(root, Let("z", Leaf("x")), Leaf("x")));
    }

    /// <summary>The forward formulas are libtorch's own functions: else nobody's function would be recognised.</summary>
    [Theory]
    [InlineData("gelu")]
    [InlineData("selu")]
    [InlineData("elu")]
    [InlineData("softplus")]
    [InlineData("leaky-relu")]
    [InlineData("relu6")]
    [InlineData("layer-norm")]
    [InlineData("conv1d")]
    [InlineData("conv2d")]
    [InlineData("huber-mean")]
    [InlineData("squared-error-mean")]
    [InlineData("softmax-cross-entropy-mean")]
    [InlineData("cosine-similarity")]
    [InlineData("log-softmax")]
    [InlineData("linear-transposed")]
    public void TheForwardPassIsThatOfLibtorch(string name)
    {
        using var scope = torch.NewDisposeScope();
        var operation = Points.Find(name).Operation();
        var x = Points.Inputs(operation, Points.Case(operation, 3));
        var expected = name switch
        {
            "gelu" => F.gelu(x[0]),
            "selu" => F.selu(x[0]),
            "elu" => F.elu(x[0], 1),
            "softplus" => F.softplus(x[0], threshold: 50),
            "leaky-relu" => F.leaky_relu(x[0], 0.01),
            "relu6" => F.relu6(x[0]),
            "layer-norm" => F.layer_norm(x[0], [x[0].shape[1]], x[1], x[2]),
            "conv1d" => F.conv1d(x[0], x[1], x[2]),
            "conv2d" => F.conv2d(x[0], x[1], x[2]),
            "huber-mean" => F.huber_loss(x[0], x[1]),
            "squared-error-mean" => F.mse_loss(x[0], x[1]),
            "softmax-cross-entropy-mean" => F.cross_entropy(x[0], x[1]),
            "cosine-similarity" => F.cosine_similarity(x[0], x[1], 1),
            "log-softmax" => F.log_softmax(x[0], -1),
            _ => F.linear(x[0], x[1], x[2]),
        };
        Assert.True((operation.Forward(x) - expected).abs().max().ToDouble() <= 1e-12, $"{operation.Forward(x)} {expected}");
    }

    [Fact]
    public void FurtherOperationsAreThoseThatTheFamiliesLack()
    {
        var further = Backprop.Bugs.Operations.Further([Backprop.Bugs.Operations.Sigmoid]);
        Assert.DoesNotContain(further, operation => operation.Name == "sigmoid");
        Assert.Contains(further, operation => operation.Name == "attention");
        Assert.All(further, operation => Assert.NotEmpty(operation.Summary));
    }
}
