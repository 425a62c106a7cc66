using System.Globalization;
using Backprop.Data;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public sealed class CsvTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadsWhatWasWritten() => ForAll(Gen.Select(Inputs.Logits, Gen.Int[0, 9]), input =>
    {
        var (matrix, place) = input;
        place %= matrix.Columns + 1;
        var lines = Enumerable.Range(0, matrix.Rows).Select(row => Line(matrix.Entries.Skip(row * matrix.Columns).Take(matrix.Columns).Select(entry => entry.ToString("R", CultureInfo.InvariantCulture)), place, row % 2 == 0 ? "yes" : "no"));
        var path = Write([Line(Enumerable.Range(0, matrix.Columns).Select(column => $"f{column}"), place, "answer"), .. lines]);
        var data = CsvTable.Read(path, "answer");
        Assert.Equal(matrix.Entries, Numbers(data.X));
        Assert.Equal(Enumerable.Range(0, matrix.Columns).Select(column => $"f{column}"), data.Features);
        Assert.Equal(Enumerable.Range(0, matrix.Rows).Select(row => row % 2 == 0 ? "yes" : "no"), data.Y.data<long>().Select(label => data.Classes[(int)label]));
        Assert.Equal(data.Classes.Order(StringComparer.Ordinal), data.Classes);
    });

    [Fact]
    public void TheLastColumnIsTheLabelUnlessNamed()
    {
        using var scope = torch.NewDisposeScope();
        var path = Write(["a, b ,c", " 1,2,10", "", "3,\"4\",9", "5,6,10"]);
        Assert.Equal(["a", "b"], CsvTable.Read(path).Features);
        Assert.Equal(["9", "10"], CsvTable.Read(path).Classes);
        Assert.Equal([1, 0, 1], CsvTable.Read(path).Y.data<long>().ToArray());
        Assert.Equal(["2.5", "9", "10"], CsvTable.Read(Write(["a,b", "0,10", "0,9", "0,2.5"])).Classes);
        Assert.Equal(["10", "9", "x"], CsvTable.Read(Write(["a,b", "0,x", "0,9", "0,10"])).Classes);
        Write(["a, b ,c", " 1,2,10", "", "3,\"4\",9", "5,6,10"]);
        var numbers = CsvTable.Read(path, "a", numbers: true);
        Assert.Equal(["b", "c"], numbers.Features);
        Assert.Empty(numbers.Classes);
        Assert.Equal([3L, 1L], numbers.Y.shape);
        Assert.Equal([1.0, 3, 5], Numbers(numbers.Y));
        Assert.Equal([10.0, 1, 9, 3, 10, 5], Numbers(CsvTable.Features(path, ["c", "a"])));
        // Of columns that nobody asks for nothing is asked.
        Write(["c,a,b", "10,1,", "9,3,x", "10,5,"]);
        Assert.Equal([10.0, 1, 9, 3, 10, 5], Numbers(CsvTable.Features(path, ["c", "a"])));
        Write(["a, b ,c", " 1,2,10", "", "3,\"4\",9", "5,6,10"]);
        Assert.Equal([2.0, 4, 6], Numbers(CsvTable.Labelled(path, ["c", "a"], null, null).Y));
        Assert.Equal(["x", "y"], CsvTable.Read(Write(["a,b", "1,x", "2,y"]), numbers: null).Classes);
    }

    [Fact]
    public void SaysWhereAValueIsMissingOrNoNumber()
    {
        Refused("line 3, column 2 (b): expected a value, got nothing", "a,b,c", "1,2,x", "1,,x");
        Refused("line 2, column 3 (c): expected a value, got nothing", "a,b,c", "1,2, ");
        Refused("line 4, column 1 (a): expected a finite number, got 'NA'", "a,b,c", "1,2,x", "", "NA,2,x");
        Refused("line 2, column 2 (b): expected a finite number, got 'NaN'", "a,b,c", "1,NaN,x");
        Refused("line 2, column 2 (b): expected a finite number, got '1e999'", "a,b,c", "1,1e999,x");
        Refused("line 2, column 1 (a): expected a finite number, got '1,5'", "a,b,c", "\"1,5\",2,x");
        // A value over two lines: the row is where it began, and the next row where it is.
        Refused("line 2, column 1 (a): expected a finite number", "a,b", "\"1\n2\",x");
        Refused("line 4, column 1 (a): expected a finite number, got 'q'", "a,b", "1,\"x\ny\"", "q,x");
        Assert.Contains("line 2, column 2 (b): expected a finite number, got 'x'", Assert.Throws<InvalidDataException>(() => CsvTable.Read(Write(["a,b", "1,x"]), numbers: true)).Message);
    }

    [Fact]
    public void SaysWhereARowIsRagged()
    {
        Refused("line 3, column 3 (c): expected 3 values as in the header, got 2", "a,b,c", "1,2,x", "1,2");
        Refused("line 2, column 4: expected 3 values as in the header, got 4", "a,b,c", "1,2,x,y");
        Refused("line 2: expected quotes around the whole of a value", "a,b", "\"1\"2,x");
    }

    [Fact]
    public void SaysWhatIsWrongWithTheWhole()
    {
        Refused("expected a header and rows, got an empty file");
        Refused("expected rows below the header, got none", "a,b");
        Refused("line 1, column 2: expected a name, got nothing", "a,,b", "1,2,3");
        Refused("line 1, column 3: expected another name, got 'a' again", "a,b,a", "1,2,3");
        Refused("expected a feature and a label at least, got the only column a", "a", "1");
        Assert.Contains("expected a column 'd', got a, b", Assert.Throws<InvalidDataException>(() => CsvTable.Read(Write(["a,b", "1,2"]), "d")).Message);
        var path = Write([]);
        File.WriteAllBytes(path, [.. "a,b\n1,"u8, 0xff, 0xfe]);
        Assert.Contains("expected text in UTF-8, got other bytes", Assert.Throws<InvalidDataException>(() => CsvTable.Read(path)).Message);
        Assert.Throws<FileNotFoundException>(() => CsvTable.Read(path + ".not"));
    }

    private static string Line(IEnumerable<string> values, int place, string label)
    {
        var all = values.ToList();
        all.Insert(place, label);
        return string.Join(',', all);
    }

    private void Refused(string complaint, params string[] lines)
    {
        using var scope = torch.NewDisposeScope();
        var path = Write(lines);
        var message = Assert.Throws<InvalidDataException>(() => CsvTable.Read(path)).Message;
        Assert.StartsWith(path, message);
        Assert.Contains(complaint, message);
    }

    private string Write(string[] lines)
    {
        var path = Path.Combine(_folder, $"{Environment.CurrentManagedThreadId}.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
