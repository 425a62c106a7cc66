using System.Text;
using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public sealed class LabelledSentencesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void ReadsLabelScoreAndWords(string newline)
    {
        var read = LabelledSentences.Read(Write($"VERY_POSITIVE:0.88889 A warm , engaging film .{newline}NEGATIVE:0.3 It 's : bad{newline}"));
        Assert.Equal([(Sentiment.VeryPositive, 0.88889), (Sentiment.Negative, 0.3)], read.Select(sentence => (sentence.Label, sentence.Score)));
        Assert.Equal(["a", "warm", ",", "engaging", "film", "."], read[0].Words);
        Assert.Equal(["it", "'s", ":", "bad"], read[1].Words);
    }

    [Theory]
    [InlineData("no colon here", "expected LABEL:score text, got 'no colon here'")]
    [InlineData("NEUTRAL 0.5: text", "expected LABEL:score text")]
    [InlineData("NEUTRAL:0.5", "expected LABEL:score text")]
    [InlineData("", "expected LABEL:score text, got ''")]
    [InlineData("GOOD:0.9 text", "expected one of VERY_NEGATIVE, NEGATIVE, NEUTRAL, POSITIVE, VERY_POSITIVE, got 'GOOD'")]
    [InlineData("NEUTRAL:half text", "expected a score in 0 … 1, got 'half'")]
    [InlineData("NEUTRAL:1.5 text", "expected a score in 0 … 1, got '1.5'")]
    [InlineData("NEUTRAL:NaN text", "expected a score in 0 … 1, got 'NaN'")]
    [InlineData("NEUTRAL:0.5  ", "expected text after the score")]
    public void SaysWhichLineIsWrong(string line, string expected)
    {
        var path = Write($"NEUTRAL:0.5 fine\n{line}\nNEUTRAL:0.5 fine\n");
        Assert.StartsWith($"{path}, line 2: {expected}", Assert.Throws<InvalidDataException>(() => LabelledSentences.Read(path)).Message);
    }

    [Fact]
    public void SaysThatThereIsNothingToRead()
    {
        Assert.Contains("expected at least one line, got an empty file", Assert.Throws<InvalidDataException>(() => LabelledSentences.Read(Write(""))).Message);
        Assert.Throws<FileNotFoundException>(() => LabelledSentences.Read(Path.Combine(_folder, "none")));
        var path = Path.Combine(_folder, "bytes");
        File.WriteAllBytes(path, [.. "NEUTRAL:0.5 caf"u8, 0xe9, .. "\n"u8]);
        Assert.Contains("near line 1: expected text in UTF-8", Assert.Throws<InvalidDataException>(() => LabelledSentences.Read(path)).Message);
    }

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "sentences.txt");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
