using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Backprop.Cli;

/// <summary>Numbers on the command line: with a point for the fraction and nothing between thousands, whatever the machine's language; "1,5" is refused, where .NET would read 15.</summary>
internal static class NumberOptions
{
    /// <summary>Makes all options of a command and of its commands read numbers so.</summary>
    internal static void ReadStrictly(Command command)
    {
        foreach (var option in command.Options)
        {
            if (option is Option<double> real) real.CustomParser = result => Real(option, result) ?? 0;
            else if (option is Option<double?> maybeReal) maybeReal.CustomParser = result => Real(option, result);
            else if (option is Option<int> whole) whole.CustomParser = result => (int)(Whole(option, result, int.MinValue, int.MaxValue) ?? 0);
            else if (option is Option<long?> maybeWhole) maybeWhole.CustomParser = result => Whole(option, result, long.MinValue, long.MaxValue);
        }
        foreach (var inner in command.Subcommands) ReadStrictly(inner);
    }

    private static double? Real(Option option, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{option.Name}: expected a number such as 0.5 or 1e-3, got '{text}'.");
        return null;
    }

    private static long? Whole(Option option, ArgumentResult result, long least, long greatest)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest) return number;
        result.AddError($"{option.Name}: expected a whole number{(greatest == int.MaxValue ? $" of at most {int.MaxValue}" : "")}, got '{text}'.");
        return null;
    }
}
