using Backprop.Bugs.Formulas;

namespace Backprop.Bugs;

public static partial class Operations
{
    /// <summary>Operations that no family here has but that there is a formula of: a stranger's gradient of one is explained by the slip in it, without a collected wrong version.</summary>
    /// <param name="families">Those of the families, whose names come first.</param>
    internal static IReadOnlyList<Operation> Further(IEnumerable<Operation> families)
    {
        var known = families.Select(operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        return [.. FormulaBook.All.Where(formula => formula.Outputs.Count == 1 && !known.Contains(formula.Name)).Select(formula => formula.Operation())];
    }
}
