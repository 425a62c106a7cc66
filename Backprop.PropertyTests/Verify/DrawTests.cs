using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

/// <summary>What each kind of input promises about its numbers, over many cases.</summary>
public class DrawTests
{
    private static readonly IReadOnlyDictionary<string, long> Sizes = new Dictionary<string, long>(StringComparer.Ordinal) { ["N"] = 5, ["H"] = 3, ["V"] = 4 };

    private static readonly Values[] AllValues = Enum.GetValues<Values>();

    private static readonly torch.ScalarType[] Dtypes = [torch.float64, torch.float32];

    [Fact]
    public void PositiveIsFromATenthToThree() => Assert.All(Entries(Input.Positive("x", "N", "H")), x => Assert.InRange(x, 0.1 - 1e-8, 3 + 1e-8));

    [Fact]
    public void RangeHasBothEndsAndWhatLiesBetween()
    {
        var entries = Entries(Input.Range("x", -1, 0.5, "N", "H"));
        Assert.All(entries, x => Assert.InRange(x, -1, 0.5));
        Assert.Contains(-1, entries);
        Assert.Contains(0.5, entries);
        Assert.True(entries.Distinct().Count() > 1000);
    }

    [Fact]
    public void AnEmptyRangeIsItsOneNumber() => Assert.All(Entries(Input.Range("x", 2, 2, "N")), x => Assert.Equal(2, x));

    [Fact]
    public void ShortNumbersOfARangeAreShort() => Assert.All(Of(Input.Range("x", 0, 1, "N", "H"), Values.Short).SelectMany(Host.Numbers), x => Assert.Equal(Math.Round(x, 2), x, 7));

    [Fact]
    public void RowsOfUnitNormHaveLengthOne() => Assert.All(Rows(Input.UnitNorm("x", "N", "H")), row => Assert.Equal(1, Math.Sqrt(row.Sum(x => x * x)), 6));

    [Fact]
    public void RowsOfUnitNormAreNotAllCorners() => Assert.Contains(Rows(Input.UnitNorm("x", "N", "H")), row => row.All(x => Math.Abs(x) > 0.1));

    [Fact]
    public void OneHotRowsHaveASingleOneInEveryPlace()
    {
        var rows = Rows(Input.OneHot("x", "N", "H"));
        Assert.All(rows, row => Assert.Equal([0, 0, 1], row.Order()));
        Assert.Equal(3, rows.Select(row => Array.IndexOf(row, 1)).Distinct().Count());
    }

    [Theory]
    [InlineData("V", 4)]
    [InlineData("6", 6)]
    [InlineData("2*H", 6)]
    public void IndicesStayBelowTheirBoundAndReachIt(string bound, long most)
    {
        var entries = Of(Input.Indices("i", "N", bound)).SelectMany(Host.Numbers).ToList();
        Assert.All(entries, i => Assert.InRange(i, 0, most - 1));
        Assert.Equal(most, entries.Distinct().Count());
    }

    /// <summary>Five of a thousand would hardly ever meet by chance.</summary>
    [Fact]
    public void IndicesRepeatOnPurpose()
    {
        var cases = Of(Input.Indices("i", "N", "1000")).Select(Host.Numbers).ToList();
        Assert.InRange(cases.Count(ids => ids.Distinct().Count() < ids.Length), cases.Count * 0.6, cases.Count * 0.9);
    }

    [Fact]
    public void IndicesHaveTheShapeBeforeTheirBoundAndAreInt64() => Assert.All(Of(Input.Indices("i", "N", "H", "V")), ids =>
    {
        Assert.Equal([5L, 3L], ids.shape);
        Assert.Equal(torch.int64, ids.dtype);
    });

    [Fact]
    public void ASingleIndexIsAScalar() => Assert.All(Of(Input.Indices("i", "V")), ids => Assert.Empty(ids.shape));

    [Theory]
    [InlineData(InputKind.Labels)]
    [InlineData(InputKind.Indices)]
    public void SomeAreIgnoredButNeverAll(InputKind kind)
    {
        var cases = Of(new Input("y", ["N", "V"], kind, false) { Ignored = -1 }).Select(Host.Numbers).ToList();
        Assert.All(cases, ids => Assert.Contains(ids, id => id >= 0));
        Assert.InRange(cases.Count(ids => ids.Contains(-1)), 1, cases.Count - 1);
        Assert.DoesNotContain(-1, Of(new Input("y", ["N", "V"], kind, false)).SelectMany(Host.Numbers));
    }

    [Fact]
    public void AFixedTensorIsCopiedInTheDtypeOfTheCase()
    {
        var value = torch.tensor(new double[] { 1, 2, 3 }, [3L], torch.float64);
        foreach (var drawn in Of(Input.Fixed("x", value)))
        {
            Assert.Equal([1, 2, 3], Host.Numbers(drawn));
            drawn.zero_();
        }
        Assert.Equal([1, 2, 3], Host.Numbers(value));
        Assert.Equal(torch.float32, One(Input.Fixed("x", value), 1, Values.Ordinary, torch.float32).dtype);
        var ids = torch.tensor(new long[] { 4, 5 }, [2L], torch.int64);
        Assert.Equal(torch.int64, One(Input.Fixed("i", ids), 1, Values.Ordinary, torch.float32).dtype);
        Assert.False(Input.Fixed("i", ids).Differentiable);
    }

    [Fact]
    public void SizesMayBeProducts() => Assert.Equal([12L, 5L], One(Input.Real("w", "4*H", "N"), 1, Values.Ordinary, torch.float64).shape);

    [Fact]
    public void LettersOfProductsAreLettersOfTheRule()
    {
        var rule = Catalogue.Find("sigmoid")! with { Inputs = [Input.Real("w", "4*H", "D"), Input.Real("b", "K*D*2")] };
        Assert.Equal(["H", "D", "K"], rule.Letters);
        Assert.Equal(4 * 2 * 3, Draw.Inputs(rule, Case.Parse("H=2,D=3,K=5", 1, rule), torch.float64, torch.CPU)[0].numel());
        Assert.Contains("at most 1000000 entries", Assert.Throws<FormatException>(() => Case.Parse("H=3000,D=100", 1, rule)).Message);
    }

    [Fact]
    public void TheSameCaseHasTheSameNumbers() => Assert.All(Enum.GetValues<InputKind>().Except([InputKind.Given, InputKind.Fixed]), kind =>
    {
        var input = new Input("x", ["N", "H"], kind, false) { Ignored = -1 };
        Assert.Equal(Host.Numbers(One(input, 7, Values.Ordinary, torch.float64)), Host.Numbers(One(input, 7, Values.Ordinary, torch.float64)));
        Assert.NotEqual(
            Enumerable.Range(0, 9).SelectMany(seed => Host.Numbers(One(input, seed, Values.Ordinary, torch.float64))),
            Enumerable.Range(9, 9).SelectMany(seed => Host.Numbers(One(input, seed, Values.Ordinary, torch.float64))));
    });

    /// <summary>`claims` and every seed that was ever printed depend on it: an input without the new kinds is drawn from the same numbers whatever comes after it.</summary>
    [Fact]
    public void WhatComesLaterDoesNotChangeWhatCameBefore() => Assert.Equal(
        Host.Numbers(Draw.Inputs([Input.Real("x", "N")], Numbered(3, Values.Ordinary), torch.float64, torch.CPU)[0]),
        Host.Numbers(Draw.Inputs([Input.Real("x", "N"), Input.Indices("i", "N", "V"), Input.OneHot("h", "N", "V")], Numbered(3, Values.Ordinary), torch.float64, torch.CPU)[0]));

    private static List<double> Entries(Input input) => [.. Of(input).SelectMany(Host.Numbers)];

    private static List<double[]> Rows(Input input) => [.. Of(input).SelectMany(x => Host.Numbers(x).Chunk((int)x.shape[^1]))];

    private static IEnumerable<Tensor> Of(Input input) => AllValues.SelectMany(values => Of(input, values));

    private static IEnumerable<Tensor> Of(Input input, Values values) => Enumerable.Range(0, 60).SelectMany(seed => Dtypes.Select(dtype => One(input, seed, values, dtype)));

    private static Tensor One(Input input, int seed, Values values, torch.ScalarType dtype) => Draw.Inputs([input], Numbered(seed, values), dtype, torch.CPU)[0];

    private static Case Numbered(int seed, Values values) => new(seed, Sizes, values, (seed % 2) == 0 ? Layout.Dense : Layout.Transposed);
}
