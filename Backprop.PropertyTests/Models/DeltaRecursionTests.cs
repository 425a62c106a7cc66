using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class DeltaRecursionTests
{
    [Fact]
    public void Agrees() => Judge.Agrees("delta-recursion");

    [Theory]
    [InlineData(Loss.SoftmaxCrossEntropy)]
    [InlineData(Loss.Hinge)]
    public void IsTheGradientOfTheColumnNetwork(Loss loss) => ForAll(Networks.Any, net =>
    {
        var (x, layers) = (net.X.Tensor().t(), net.Columns());
        var (cost, saved) = ColumnNeuralNetwork.Forward(x, layers, Labels(net.Labels), loss);
        var expected = ColumnNeuralNetwork.Backward(Scalar(1), saved);
        var actual = DeltaRecursion.Evaluate(x, layers, Labels(net.Labels), loss);
        Close(cost, actual.Cost);
        Close(expected.DX, actual.Grads.Deltas[0]);
        Same(expected.Layers, actual.Grads.Layers);
    });

    [Fact]
    public void DeltasAreThoseOfTheNotes() => ForAll(Networks.Windows, input =>
    {
        // Notes 004, lines 1788–1800: s = vᵀa³, δ³ = v ∘ f′(z³), δ² = (W²ᵀδ³) ∘ f′(z²), and δ¹ = W¹ᵀδ² where a¹ = x itself.
        var (v, x) = (input.V.Tensor(), input.X.Tensor().narrow(1, 0, 1));
        var lower = new LayerParameters(input.W.Tensor(), input.B.Tensor(), Activation.Tanh);
        var upper = new LayerParameters(Networks.Some(1, input.W.Rows, input.W.Rows), Networks.Some(2, input.W.Rows), Activation.Sigmoid);
        var deltas = DeltaRecursion.Backward(v, DeltaRecursion.Forward(x, [lower, upper]).Saved).Deltas;
        var a2 = torch.tanh(lower.W.mm(x) + lower.B);
        var a3 = torch.sigmoid(upper.W.mm(a2) + upper.B.unsqueeze(1));
        var delta3 = v * a3 * (1 - a3);
        var delta2 = upper.W.t().mm(delta3) * (1 - a2 * a2);
        Assert.Equal(3, deltas.Count);
        Close(delta3, deltas[2]);
        Close(delta2, deltas[1]);
        Close(lower.W.t().mm(delta2), deltas[0]);
    });

    [Fact]
    public void BiasGradientIsTheDeltaAboveNotTheOneOfTheNotes()
    {
        // Notes 004, line 2367: ∂/∂b^(l) = δ^(l). With layers of one width it passes every check of shapes, and is wrong.
        using var scope = torch.NewDisposeScope();
        IReadOnlyList<LayerParameters> layers = [new(Networks.Some(1, 3, 3), Networks.Some(2, 3), Activation.Sigmoid), new(Networks.Some(3, 3, 3), Networks.Some(4, 3), Activation.Identity)];
        var (cost, grads) = DeltaRecursion.Evaluate(Networks.Some(5, 3, 2), layers, Labels(0, 2));
        Assert.Empty(cost.shape);
        for (var l = 0; l < layers.Count; l++)
        {
            Close(grads.Deltas[l + 1].sum(1L), grads.Layers[l].DB);
            Assert.Equal(grads.Layers[l].DB.shape, grads.Deltas[l].sum(1L).shape);
            Assert.True((grads.Deltas[l].sum(1L) - grads.Layers[l].DB).abs().max().item<double>() > 0.01);
        }
    }

    [Theory]
    [InlineData(Loss.SoftmaxCrossEntropy)]
    [InlineData(Loss.SquaredError)]
    public void GradientOfABatchIsTheSumOverItsExamples(Loss loss) => ForAll(Networks.Any, net =>
    {
        var (x, layers, target) = (net.X.Tensor().t(), net.Columns(), loss == Loss.SquaredError ? net.OneHot().t() : Labels(net.Labels));
        var each = DeltaRecursion.EvaluateEach(x, layers, target, loss);
        var all = DeltaRecursion.Evaluate(x, layers, target, loss);
        Assert.Equal(net.X.Rows, each.Count);
        Close(all.Cost, torch.stack(each.Select(one => one.Cost)).sum());
        for (var l = 0; l < layers.Count; l++)
        {
            Close(all.Grads.Layers[l].DW, torch.stack(each.Select(one => one.Grads.Layers[l].DW)).sum(0L));
            Close(all.Grads.Layers[l].DB, torch.stack(each.Select(one => one.Grads.Layers[l].DB)).sum(0L));
        }
        Close(all.Grads.Deltas[0], torch.cat([.. each.Select(one => one.Grads.Deltas[0])], 1));
    });

    [Fact]
    public void RefusesATargetOfAnotherBatch()
    {
        using var scope = torch.NewDisposeScope();
        IReadOnlyList<LayerParameters> layers = [new(torch.zeros(2, 3), torch.zeros(2), Activation.Identity)];
        Assert.Contains("target: expected 4 labels or columns, one for each column of x, got shape [3]", Assert.Throws<ArgumentException>(() => DeltaRecursion.EvaluateEach(torch.zeros(3, 4), layers, Labels(0, 0, 0))).Message);
        Assert.Contains("target: expected 4 int64 class labels", Assert.Throws<ArgumentException>(() => DeltaRecursion.Evaluate(torch.zeros(3, 4), layers, Labels(0, 0, 0))).Message);
    }

    private static void Same(IReadOnlyList<LayerGradients> expected, IReadOnlyList<LayerGradients> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (a, b) in expected.Zip(actual))
        {
            Close(a.DW, b.DW);
            Close(a.DB, b.DB);
        }
    }
}
