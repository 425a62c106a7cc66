using Backprop.Claims;
using Backprop.PropertyTests.Structure;
using Backprop.Verify;

namespace Backprop.PropertyTests.Claims;

public class SystemsTests
{
    [Fact]
    public void AllSeventyAreThere() => Assert.Equal(Enumerable.Range(1, 70).Select(n => $"S{n:00}"), Systems.All.Select(system => system.Id));

    [Fact]
    public void EachIsCoveredOrSaidToComeLater() =>
        Assert.Empty(Systems.All.Where(system => !system.IsCovered && !system.Later).Select(system => $"{system.Id} {system.Name}"));

    [Fact]
    public void WhatCoversThemExists() => Assert.Empty(
        from system in Systems.All
        from missing in system.Rules.Where(rule => Catalogue.Find(rule) is null)
            .Concat(system.Types.Where(type => typeof(Systems).Assembly.GetExportedTypes().All(one => one.Name != type)))
            .Concat(system.Page is { } page && !File.Exists(Repository.Path("docs", "derivations", page + ".md")) ? [page] : [])
        select $"{system.Id}: {missing}");

    [Fact]
    public void PlacesAreRead()
    {
        var sigmoid = Systems.All.Single(system => system.Id == "S09");
        Assert.Contains(sigmoid.Claims, claim => claim.File == "002");
        Assert.Contains(sigmoid.Claims, claim => claim.File == "004" && claim.From >= 13 && claim.To <= 21);
        Assert.DoesNotContain(sigmoid.Claims, claim => claim.File == "000");
    }
}
