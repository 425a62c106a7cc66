using Backprop.Facade;
using Spectre.Console;

namespace Backprop.Cli;

/// <summary>Where things are printed: colours and boxes on a terminal, plain text when redirected or under NO_COLOR.</summary>
internal static class Screen
{
    /// <summary>Standard output as a terminal, or as plain text.</summary>
    internal static bool IsPlain { get; } = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>Prints a table of markup.</summary>
    internal static void Table(IReadOnlyList<string> columns, IEnumerable<string[]> rows, params int[] rightAligned)
    {
        var table = new Table().Border(IsPlain ? TableBorder.None : TableBorder.Rounded);
        foreach (var (column, i) in columns.Select((column, i) => (column, i)))
            table.AddColumn(new TableColumn(column) { Alignment = rightAligned.Contains(i) ? Justify.Right : Justify.Left, NoWrap = IsPlain || i == 0 });
        foreach (var row in rows) table.AddRow(row);
        if (!IsPlain)
        {
            Out.Write(table);
            return;
        }
        // Without the blanks that pad the last column.
        foreach (var line in Plain(table).Split('\n')[..^1]) Console.WriteLine(line.TrimEnd());
    }

    /// <summary>Prints a line of markup, which is not broken.</summary>
    internal static void Line(string markup = "")
    {
        if (IsPlain)
        {
            Console.WriteLine(Markup.Remove(markup));
            return;
        }
        // The terminal wraps what is too long; a line break of Spectre's would be copied along with a command.
        var width = Out.Profile.Width;
        Out.Profile.Width = 10_000;
        Out.MarkupLine(markup);
        Out.Profile.Width = width;
    }

    /// <summary>Does the work under a progress bar, which only a terminal shows.</summary>
    internal static T WithProgress<T>(Func<IProgress<VerifyProgress>?, T> work) => IsPlain
        ? work(null)
        : AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bar(context.AddTask("loading libtorch"))));

    /// <summary>1 step, 2 steps.</summary>
    internal static string Count(long number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static IAnsiConsole Out => AnsiConsole.Console;

    private static string Plain(Table table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 1000; // nothing is wrapped for a file
        console.Write(table);
        return text.ToString();
    }

    private sealed class Bar(ProgressTask task) : IProgress<VerifyProgress>
    {
        public void Report(VerifyProgress value)
        {
            task.Description = Markup.Escape(value.Rule);
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }
}
