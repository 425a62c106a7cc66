using Backprop.Models;
using Backprop.Verify;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Models;

public class CbowTests
{
    /// <summary>Tables, and for each centre a context of the same number of words.</summary>
    private static readonly Gen<(Pairs Tables, long[] Contexts, int C)> Some =
        from tables in Pairs.Some
        from c in Gen.Int[1, 4]
        from contexts in Pairs.Ids(tables.Words, tables.Centres.Length * c)
        select (tables, contexts, c);

    [Theory]
    [InlineData("cbow")]
    [InlineData("cbow-mean")]
    public void Agrees(string name) => Judge.Agrees(name);

    [Fact]
    public void TheGradientOfWord2VecIsTheNumberOfWordsTimesTheDerivative() => ForAll(Some, input =>
    {
        var saved = Saved(input);
        var (exact, word2Vec) = (Cbow.Backward(Scalar(1), saved), Cbow.Backward(Scalar(1), saved, CbowGradient.Word2VecC));
        Close(exact.DV.Rows * input.C, word2Vec.DV.Rows);
        Close(exact.DU, word2Vec.DU);
    });

    [Fact]
    public void TheWitnessesSeeThatWord2VecLeavesTheFactorOut()
    {
        var right = Catalogue.Find("cbow")!;
        var wrong = right with { Forward = x => new(right.Forward(x).Y, x), Backward = Word2VecC };
        var found = Judge.Catches(wrong, Criterion.Autograd);
        Assert.Equal("v", found.Flaw.Element!.Input);
        Assert.Equal(2, found.Smallest.Sizes["C"]);
        Assert.Equal(2, found.Flaw.Element.Hand / found.Flaw.Element.Autograd, 1e-9);

        static IReadOnlyList<Tensor> Word2VecC(Tensor dy, object saved)
        {
            var x = (IReadOnlyList<Tensor>)saved;
            var grads = Cbow.Backward(dy, Cbow.Forward(x[2], x[3], x[0], x[1]).Saved, CbowGradient.Word2VecC);
            return [grads.DU, grads.DV.Dense(x[3].shape[0])];
        }
    }

    [Fact]
    public void OfOneWordIsSkipGram() => ForAll(Pairs.Some, input =>
    {
        var (cbow, skipGram) = (Cbow.Forward(input.U.Tensor(), input.V.Tensor(), input.CentreIds.unsqueeze(1), input.OutsideIds),
            SkipGram.Forward(input.U.Tensor(), input.V.Tensor(), input.CentreIds, input.OutsideIds));
        Close(skipGram.Y, cbow.Y);
        var (a, b) = (SkipGram.Backward(Scalar(1), skipGram.Saved), Cbow.Backward(Scalar(1), cbow.Saved));
        Close(a.DU, b.DU);
        Close(a.DV.Dense(input.Words), b.DV.Dense(input.Words));
    });

    [Fact]
    public void TheOrderOfTheWordsDoesNotMatter() => ForAll(Some, input =>
    {
        var (grads, flipped) = (Cbow.Backward(Scalar(1), Saved(input)), Cbow.Backward(Scalar(1), Saved(input, flip: true)));
        Close(grads.DV.Dense(input.Tables.Words), flipped.DV.Dense(input.Tables.Words));
        Close(grads.DU, flipped.DU);
    });

    [Fact]
    public void TouchesOnlyTheWordsOfTheContexts() => ForAll(Some, input =>
        Assert.Equal(input.Contexts.Distinct().Order(), Pairs.Touched(Cbow.Backward(Scalar(1), Saved(input)).DV)));

    [Fact]
    public void RefusesAContextOfNoWords()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.ones(3, 2, torch.float64);
        Assert.Contains("contexts: expected int64 indices of shape N×C, at least 1 in a row, got shape [2, 0]",
            Assert.Throws<ArgumentException>(() => Cbow.Forward(table, table, torch.zeros(2, 0, torch.int64), Labels(0, 1))).Message);
        Assert.Contains("contexts: expected indices in 0 … 2, got 5", Assert.Throws<ArgumentOutOfRangeException>(() => Cbow.Forward(table, table, Labels(0, 5).unsqueeze(0), Labels(0))).Message);
        Assert.Contains("centres: expected 1 int64", Assert.Throws<ArgumentException>(() => Cbow.Forward(table, table, Labels(0, 1).unsqueeze(0), Labels(0, 1))).Message);
    }

    private static Cbow.Saved Saved((Pairs Tables, long[] Contexts, int C) input, bool flip = false)
    {
        var contexts = Labels(input.Contexts).reshape(-1, input.C);
        return Cbow.Forward(input.Tables.U.Tensor(), input.Tables.V.Tensor(), flip ? contexts.flip(1) : contexts, input.Tables.CentreIds).Saved;
    }
}
