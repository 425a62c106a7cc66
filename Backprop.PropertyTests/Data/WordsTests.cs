using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public class WordsTests
{
    [Theory]
    [InlineData("Today I am giving a lecture", "today|i|am|giving|a|lecture")]
    [InlineData("It 's a lovely film .", "it|'s|a|lovely|film|.")]
    [InlineData("It's a lovely film, isn't it?", "it's|a|lovely|film|,|isn't|it|?")]
    [InlineData("`` Conan '' -- and that ...", "``|conan|''|--|and|that|...")]
    [InlineData("J.R.R. Tolkien 's Middle-earth", "j.r.r|.|tolkien|'s|middle-earth")]
    [InlineData("8 1\\/2 Ärger, naïve", "8|1|\\/|2|ärger|,|naïve")]
    [InlineData("  \t ", "")]
    [InlineData("", "")]
    public void CutsTextIntoWordsAndMarks(string text, string words) => Assert.Equal(words.Length == 0 ? [] : words.Split('|'), Words.Of(text));

    [Fact]
    public void LosesNothingButSpaceAndCase() => Gen.String.Sample(text =>
        Assert.Equal(string.Concat(text.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c))), string.Concat(Words.Of(text))));

    [Fact]
    public void WordsThatAreApartStayAsTheyAre() => Gen.String.Sample(text =>
        Assert.Equal(Words.Of(text), Words.Of(string.Join(' ', Words.Of(text)))));
}
