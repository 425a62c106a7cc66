using Backprop.Rules;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Rules;

public class WordMeanTests
{
    private static readonly Gen<(Matrix Table, long[][] Sentences, Matrix DY)> Texts =
        from table in Inputs.Pair.Select(pair => pair.X)
        from sentences in Gen.Int[0, table.Rows - 1].Select(id => (long)id).Array[1, 4].Array[1, 3]
        from dy in Inputs.Real.Array[sentences.Length * table.Columns]
        select (table, sentences, new Matrix(sentences.Length, table.Columns, dy));

    private static Tensor Padded(long[][] sentences)
    {
        var longest = sentences.Max(sentence => sentence.Length);
        return Labels([.. sentences.SelectMany(sentence => sentence.Concat(Enumerable.Repeat(-1L, longest - sentence.Length)))]).reshape(sentences.Length, longest);
    }

    [Fact]
    public void Agrees() => Judge.Agrees("word-mean");

    [Fact]
    public void IsTheMeanOfTheWords() => ForAll(Texts, input =>
    {
        var table = input.Table.Tensor();
        var y = WordMean.Forward(table, Padded(input.Sentences)).Y;
        for (var n = 0; n < input.Sentences.Length; n++) Close(table.index_select(0, Labels(input.Sentences[n])).mean([0L]), y[n], 1e-12);
    });

    [Fact]
    public void BackwardIsTheAdjointOfForward() => ForAll(Texts, input =>
    {
        // Linear in the table, so ⟨dy, Forward(table)⟩ = ⟨Backward(dy), table⟩.
        var (table, dy) = (input.Table.Tensor(), input.DY.Tensor());
        var (y, saved) = WordMean.Forward(table, Padded(input.Sentences));
        Close((dy * y).sum(), (WordMean.Backward(dy, saved).DTable.Dense(input.Table.Rows) * table).sum(), 1e-9);
    });

    [Fact]
    public void TouchesTheWordsOfTheSentencesAndNoOthers() => ForAll(Texts, input =>
    {
        var (_, saved) = WordMean.Forward(input.Table.Tensor(), Padded(input.Sentences));
        Assert.Equal(input.Sentences.SelectMany(sentence => sentence).Distinct().Order(), WordMean.Backward(input.DY.Tensor(), saved).DTable.Indices.data<long>());
    });

    [Fact]
    public void AWordThatComesTwiceGetsItsShareTwice()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = WordMean.Forward(torch.tensor(new double[] { 0, 3, 6 }, [3, 1], torch.float64), Padded([[1, 1, 2], [2]]));
        Assert.Equal([4.0, 6], Numbers(y));
        var rows = WordMean.Backward(torch.tensor(new double[] { 3, 10 }, [2, 1], torch.float64), saved).DTable;
        Assert.Equal([1L, 2L], rows.Indices.data<long>());
        Assert.Equal([2.0, 11], Numbers(rows.Rows));
    }

    [Fact]
    public void WhatIsNotASentenceIsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var table = torch.zeros(3, 2, torch.float64);
        Assert.Contains("at least one word in every sentence", Assert.Throws<ArgumentException>(() => WordMean.Forward(table, Labels(0, 1, -1, -1).reshape(2, 2))).Message);
        Assert.Contains("expected −1 or ids in 0 … 2, got 3", Assert.Throws<ArgumentOutOfRangeException>(() => WordMean.Forward(table, Labels(3).reshape(1, 1))).Message);
        Assert.Contains("got -2", Assert.Throws<ArgumentOutOfRangeException>(() => WordMean.Forward(table, Labels(-2).reshape(1, 1))).Message);
        Assert.Contains("shape [2]", Assert.Throws<ArgumentException>(() => WordMean.Forward(table, Labels(0, 1))).Message);
        Assert.Throws<ArgumentException>(() => WordMean.Forward(table, torch.zeros(1, 2, torch.float64)));
        Assert.Throws<ArgumentException>(() => WordMean.Forward(Vector(1, 2), Labels(0).reshape(1, 1)));
    }

    [Fact]
    public void NoSentenceTouchesNoRow()
    {
        using var scope = torch.NewDisposeScope();
        var (y, saved) = WordMean.Forward(torch.zeros(3, 2, torch.float64), torch.zeros([0, 4], torch.int64));
        Assert.Equal([0, 2], y.shape);
        Assert.Equal([0, 2], WordMean.Backward(y, saved).DTable.Rows.shape);
    }
}
