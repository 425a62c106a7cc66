using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Backprop.Data;

/// <summary>Reads tables of numbers from CSV files: UTF-8, commas, a header with the names of the columns.</summary>
public static class CsvTable
{
    private const int LongestShown = 40;

    /// <summary>Reads examples: one column is what is to be found, all others are features.</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The name of the column to be found; the last one when null.</param>
    /// <param name="numbers">True: that column holds numbers; false: it holds the names of classes, which are sorted, as numbers where all are, else by their characters; null: numbers where all are, else classes.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A value is missing or no number, a row has more or fewer values than the header, or there is no such column or no row; the message says where.</exception>
    public static Dataset Read(string path, string? label = null, bool? numbers = false)
    {
        var table = Table(path);
        var found = label is null ? table.Names.Count - 1 : Place(table, label);
        if (table.Names.Count < 2) throw new InvalidDataException($"{path}: expected a feature and a label at least, got the only column {table.Names[0]}.");
        return Examples(table, [.. Enumerable.Range(0, table.Names.Count).Where(column => column != found)], found, numbers);
    }

    /// <summary>Reads examples for a model: its features in its own order, and what is to be found.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The names of the columns that are features.</param>
    /// <param name="label">The name of the column to be found; the only other one when null.</param>
    /// <param name="numbers">As in Read.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">As in Read; or there are several other columns, and label is null.</exception>
    public static Dataset Labelled(string path, IReadOnlyList<string> features, string? label, bool? numbers)
    {
        ArgumentNullException.ThrowIfNull(features);
        var table = Table(path);
        int[] columns = [.. features.Select(name => Place(table, name))];
        if (label is not null) return Examples(table, columns, Place(table, label), numbers);
        int[] others = [.. Enumerable.Range(0, table.Names.Count).Except(columns)];
        return others.Length == 1 ? Examples(table, columns, others[0], numbers)
            : throw new InvalidDataException($"{path}: expected one column beside the model's features, with what is so, got {(others.Length == 0 ? "none" : string.Join(", ", others.Select(column => table.Names[column])))}.");
    }

    private static Dataset Examples(Text table, int[] features, int found, bool? numbers)
    {
        var x = Numbers(table, features);
        string[] names = [.. features.Select(column => table.Names[column])];
        if (numbers ?? table.Rows.All(row => Parsed(Value(table, row, found)) is not null)) return new(x, Numbers(table, [found]), names, []);
        var classes = Sorted([.. table.Rows.Select(row => Value(table, row, found)).Distinct(StringComparer.Ordinal)]);
        var labels = classes.Select((name, id) => (name, id)).ToDictionary(pair => pair.name, pair => (long)pair.id, StringComparer.Ordinal);
        return new(x, torch.tensor(table.Rows.Select(row => labels[row.Values[found]]).ToArray(), [table.Rows.Count], torch.int64), names, classes);
    }

    /// <summary>Reads some columns alone, in the order asked for, N×D: what a model is to be given. Other columns may hold anything.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The names of the columns.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">As in Read.</exception>
    public static Tensor Features(string path, IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var table = Table(path);
        return Numbers(table, [.. features.Select(name => Place(table, name))]);
    }

    private static Text Table(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new InvalidDataException($"{path}: expected a file, got a folder.");
        using var reader = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
        try
        {
            if (!parser.Read()) throw new InvalidDataException($"{path}: expected a header and rows, got an empty file.");
            var names = Header(path, parser.Record!);
            var rows = new List<Row>();
            while (parser.Read()) rows.Add(Fitting(path, new(Line(parser), parser.Record!), names));
            return rows.Count > 0 ? new(path, names, rows) : throw new InvalidDataException($"{path}: expected rows below the header, got none.");
        }
        catch (BadDataException broken)
        {
            throw new InvalidDataException($"{path}, line {parser.RawRow}: expected quotes around the whole of a value, got '{Short(parser.RawRecord.Trim())}'.", broken);
        }
        catch (DecoderFallbackException broken)
        {
            throw new InvalidDataException($"{path}, after line {parser.RawRow}: expected text in UTF-8, got other bytes.", broken);
        }
    }

    /// <summary>Where the row began: a quoted value may go on over several lines.</summary>
    private static int Line(CsvParser parser) => parser.RawRow - parser.RawRecord.Trim('\r', '\n').Count(character => character == '\n');

    private static string[] Header(string path, string[] names)
    {
        for (var column = 0; column < names.Length; column++)
        {
            if (names[column].Length == 0) throw new InvalidDataException($"{path}, line 1, column {column + 1}: expected a name, got nothing.");
            if (Array.IndexOf(names, names[column]) < column) throw new InvalidDataException($"{path}, line 1, column {column + 1}: expected another name, got '{names[column]}' again.");
        }
        return names;
    }

    private static Row Fitting(string path, Row row, string[] names)
    {
        var (values, place) = (row.Values, $"{path}, line {row.Line}");
        if (values.Length < names.Length) throw new InvalidDataException($"{place}, column {values.Length + 1} ({names[values.Length]}): expected {names.Length} values as in the header, got {values.Length}.");
        if (values.Length > names.Length) throw new InvalidDataException($"{place}, column {names.Length + 1}: expected {names.Length} values as in the header, got {values.Length}.");
        return row;
    }

    private static int Place(Text table, string name) =>
        Enumerable.Range(0, table.Names.Count).Where(column => table.Names[column] == name).Cast<int?>().FirstOrDefault()
        ?? throw new InvalidDataException($"{table.Path}: expected a column '{name}', got {string.Join(", ", table.Names)}.");

    private static Tensor Numbers(Text table, int[] columns) =>
        torch.tensor((from row in table.Rows from column in columns select Number(table, row, column)).ToArray(), [table.Rows.Count, columns.Length], torch.float64);

    /// <summary>What stands there; of columns that nobody asks for, nothing need be.</summary>
    private static string Value(Text table, Row row, int column) => row.Values[column] is { Length: > 0 } value ? value
        : throw new InvalidDataException($"{table.Path}, line {row.Line}, column {column + 1} ({table.Names[column]}): expected a value, got nothing.");

    private static double Number(Text table, Row row, int column) => Parsed(Value(table, row, column))
        ?? throw new InvalidDataException($"{table.Path}, line {row.Line}, column {column + 1} ({table.Names[column]}): expected a finite number, got '{Short(row.Values[column])}'.");

    private static double? Parsed(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string[] Sorted(string[] classes) => classes.All(name => Parsed(name) is not null)
        ? [.. classes.OrderBy(name => Parsed(name)).ThenBy(name => name, StringComparer.Ordinal)]
        : [.. classes.Order(StringComparer.Ordinal)];

    private static string Short(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    private sealed record Row(int Line, string[] Values);

    private sealed record Text(string Path, IReadOnlyList<string> Names, IReadOnlyList<Row> Rows);
}
