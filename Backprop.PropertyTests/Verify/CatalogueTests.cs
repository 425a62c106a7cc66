using Backprop.Verify;

namespace Backprop.PropertyTests.Verify;

public class CatalogueTests
{
    [Fact]
    public void NamesAreUniqueAndWritable()
    {
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(subject => subject.Name).Distinct().Count());
        Assert.All(Catalogue.All, subject => Assert.Matches("^[a-z][a-z0-9]*(-[a-z]+)*$", subject.Name));
    }

    [Fact]
    public void FindsByNameWhateverTheCase()
    {
        Assert.Same(Catalogue.Find("softmax"), Catalogue.Find("Softmax"));
        Assert.Null(Catalogue.Find("softmaxx"));
    }
}
