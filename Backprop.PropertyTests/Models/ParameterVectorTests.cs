using Backprop.Models;
using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class ParameterVectorTests
{
    [Fact]
    public void UnpackingGivesBackWhatWasPacked() => ForAll(Inputs.Product, input =>
    {
        var (w, words) = (input.W.Tensor().t(), input.X.Tensor());
        var theta = ParameterVector.Pack(w, words);
        var parts = ParameterVector.Unpack(theta, input.W.Columns, input.X.Rows, input.X.Columns);
        Close(w, parts.W, 0);
        Close(words, parts.Embeddings, 0);
        Close(theta, ParameterVector.Pack(parts.W, parts.Embeddings), 0);
        // Notes 004: ∇J(θ) is in R^(Cd + |V|d).
        Assert.Equal([ParameterVector.Size(input.W.Columns, input.X.Rows, input.X.Columns)], theta.shape);
    });

    [Fact]
    public void TheOrderIsThatOfTheNotes()
    {
        // θ = [W_·1; …; W_·d; x_aardvark; …; x_zebra]: W by columns, then word by word.
        using var scope = torch.NewDisposeScope();
        var w = torch.tensor(new double[] { 11, 12, 13, 21, 22, 23 }, [2, 3], torch.float64);
        var words = torch.tensor(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3], torch.float64);
        Close(Vector(11, 21, 12, 22, 13, 23, 1, 2, 3, 4, 5, 6), ParameterVector.Pack(w, words), 0);
    }

    [Fact]
    public void TheGradientInThetaIsThePackedGradients() => ForAll(Inputs.Product, input =>
    {
        var (w, words) = (input.W.Tensor().t(), input.X.Tensor());
        var ids = torch.arange(input.X.Rows, dtype: torch.int64);
        var labels = torch.zeros(input.X.Rows, torch.int64);
        var (_, saved) = EmbeddingSoftmax.Forward(w, words, ids, labels, 0.25);
        var grads = EmbeddingSoftmax.Backward(Scalar(1), saved);
        var differences = FiniteDifference.Gradient(theta =>
        {
            var parts = ParameterVector.Unpack(theta, input.W.Columns, input.X.Rows, input.X.Columns);
            return EmbeddingSoftmax.Forward(parts.W, parts.Embeddings, ids, labels, 0.25).Y;
        }, ParameterVector.Pack(w, words), Scalar(1));
        Close(differences, ParameterVector.Pack(grads.DW, grads.DEmbeddings), 1e-5);
    });

    [Fact]
    public void SharesNoMemory() => ForAll(Inputs.Product, input =>
    {
        var (w, words) = (input.W.Tensor().t(), input.X.Tensor());
        var theta = ParameterVector.Pack(w, words);
        var before = Numbers(theta);
        w.zero_();
        words.zero_();
        var parts = ParameterVector.Unpack(theta, input.W.Columns, input.X.Rows, input.X.Columns);
        parts.W.zero_();
        parts.Embeddings.zero_();
        Assert.Equal(before, Numbers(theta));
    });

    [Fact]
    public void WithoutWordsItIsW()
    {
        using var scope = torch.NewDisposeScope();
        Close(Vector(1, 2), ParameterVector.Pack(Vector(1, 2).unsqueeze(0), torch.zeros(0, 2, torch.float64)), 0);
        Assert.Equal([0, 2], ParameterVector.Unpack(Vector(1, 2), 1, 0, 2).Embeddings.shape);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("theta: expected size 12 in dimension 0 ((2 classes + 2 words) · 3 dimensions), got shape [11]", Assert.Throws<ArgumentException>(() => ParameterVector.Unpack(torch.zeros(11), 2, 2, 3)).Message);
        Assert.Contains("embeddings: expected size 3 in dimension 1", Assert.Throws<ArgumentException>(() => ParameterVector.Pack(torch.zeros(2, 3), torch.zeros(2, 4))).Message);
        Assert.Throws<ArgumentOutOfRangeException>("words", () => ParameterVector.Size(1, -1, 1));
    }
}
