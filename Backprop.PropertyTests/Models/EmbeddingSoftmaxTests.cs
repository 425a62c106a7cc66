using Backprop.Models;
using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class EmbeddingSoftmaxTests
{
    private const double Lambda = 0.25;

    private static readonly Gen<(Matrix Words, Matrix W, long[] Ids, long[] Labels)> Batch =
        from product in Inputs.Product
        from n in Gen.Int[1, 6]
        from ids in Gen.Int[0, product.X.Rows - 1].Select(id => (long)id).Array[n]
        from labels in Gen.Int[0, product.W.Columns - 1].Select(label => (long)label).Array[n]
        select (product.X, product.W, ids, labels);

    [Fact]
    public void Agrees() => Judge.Agrees("embedding-softmax");

    [Fact]
    public void RepeatedWordsGetTheSumOfTheirGradients() => ForAll(Batch, input =>
    {
        var (w, words, ids, labels) = Parts(input);
        var each = LinearSoftmax.Backward(Scalar(1), LinearSoftmax.Forward(w, words.index_select(0, ids), labels, 0).Saved).DX;
        Close(SparseRows.Accumulate(ids, each).Dense(input.Words.Rows), Grads(w, words, ids, labels, 0).DEmbeddings);
    });

    [Fact]
    public void AWordThatNeverComesIsOnlyShrunk() => ForAll(Batch, input =>
    {
        var (w, words, ids, labels) = Parts(input);
        var gradient = Grads(w, words, ids, labels, Lambda).DEmbeddings;
        foreach (var word in Enumerable.Range(0, input.Words.Rows).Where(word => !input.Ids.Contains(word)))
            Close(2 * Lambda * words[word], gradient[word]);
    });

    [Fact]
    public void TheOrderOfTheExamplesDoesNotMatter() => ForAll(Batch, input =>
    {
        var (w, words, ids, labels) = Parts(input);
        var (there, back) = (Grads(w, words, ids, labels, Lambda), Grads(w, words, ids.flip(0), labels.flip(0), Lambda));
        Close(there.DW, back.DW);
        Close(there.DEmbeddings, back.DEmbeddings);
    });

    [Fact]
    public void RefusesWordsThatAreNotInTheTable()
    {
        using var scope = torch.NewDisposeScope();
        var (w, words) = (torch.zeros(3, 2), torch.zeros(5, 2));
        Assert.Contains("ids: expected indices in 0 … 4, got 5", Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddingSoftmax.Forward(w, words, Labels(0, 5), Labels(0, 0), 0)).Message);
        Assert.Contains("ids: expected int64 indices", Assert.Throws<ArgumentException>(() => EmbeddingSoftmax.Forward(w, words, torch.zeros(2), Labels(0, 0), 0)).Message);
        Assert.Contains("labels: expected 2 int64 class labels", Assert.Throws<ArgumentException>(() => EmbeddingSoftmax.Forward(w, words, Labels(0, 1), Labels(0), 0)).Message);
        Assert.Contains("embeddings: expected size 2 in dimension 1 (the columns of w)", Assert.Throws<ArgumentException>(() => EmbeddingSoftmax.Forward(w, torch.zeros(5, 3), Labels(0), Labels(0), 0)).Message);
    }

    private static (Tensor W, Tensor Words, Tensor Ids, Tensor Labels) Parts((Matrix Words, Matrix W, long[] Ids, long[] Labels) input) =>
        (input.W.Tensor().t(), input.Words.Tensor(), Labels(input.Ids), Labels(input.Labels));

    private static EmbeddingSoftmax.Grads Grads(Tensor w, Tensor words, Tensor ids, Tensor labels, double lambda) =>
        EmbeddingSoftmax.Backward(Scalar(1), EmbeddingSoftmax.Forward(w, words, ids, labels, lambda).Saved);
}
