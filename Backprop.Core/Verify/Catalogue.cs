namespace Backprop.Verify;

/// <summary>Every rule and model of the project, ready for the witnesses. One part a family: see the files beside this one.</summary>
public static partial class Catalogue
{
    /// <summary>All subjects, rules first.</summary>
    public static IReadOnlyList<Subject> All { get; } = [.. Rules(), .. Losses(), .. Words(), .. Models(), .. Basics(), .. Networks(), .. Windows()];

    /// <summary>The subject of this name, or null.</summary>
    public static Subject? Find(string name) => All.FirstOrDefault(subject => string.Equals(subject.Name, name, StringComparison.OrdinalIgnoreCase));
}
