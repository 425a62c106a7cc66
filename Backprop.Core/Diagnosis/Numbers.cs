using System.Globalization;

namespace Backprop.Diagnosis;

/// <summary>Numbers as reports print them.</summary>
internal static class Numbers
{
    /// <summary>Six digits, and all of them where fewer do: 0.25, −1.2, 3.14159.</summary>
    internal static string Show(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Every digit, to be read back exactly.</summary>
    internal static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
