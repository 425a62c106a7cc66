namespace Backprop.Facade.Pictures;

/// <summary>Colours that people with any kind of sight tell apart.</summary>
/// <remarks>Source: M. Okabe, K. Ito, Color Universal Design (2008).</remarks>
public static class Palette
{
    private static readonly string[] Colours = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#000000", "#f0e442"];

    /// <summary>What is written and drawn around the data.</summary>
    public const string Ink = "#333333";

    /// <summary>Lines that guide the eye.</summary>
    public const string Faint = "#dddddd";

    /// <summary>The colour of a class, or of a line; from the ninth on they come again.</summary>
    public static string Of(int index) => Colours[index % Colours.Length];

    /// <summary>White for 0, deep blue for 1, evenly in between.</summary>
    public static string Shade(double share)
    {
        var part = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        int Between(int full) => (int)Math.Round(255 + part * (full - 255));
        return $"#{Between(0x00):x2}{Between(0x4c):x2}{Between(0x8c):x2}";
    }
}
