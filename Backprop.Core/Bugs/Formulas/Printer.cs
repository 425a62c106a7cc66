namespace Backprop.Bugs.Formulas;

/// <summary>A formula as a person writes it: "dy ⊙ y ⊙ (1 − y)".</summary>
/// <param name="names">What inputs and sizes are called where it is read.</param>
internal sealed class Printer(IReadOnlyDictionary<string, string> names)
{
    private const int Loose = 0, Factor = 1, Tight = 2;

    internal string Text(Expr one) => Text(one, Loose);

    /// <summary>The formula, and the names that it uses: "dy ⊙ y, where y = σ(x)".</summary>
    internal string Whole(Expr one)
    {
        var named = new List<Named>();
        Collect(one, named);
        return named.Count == 0 ? Text(one) : $"{Text(one)}, where {string.Join(", ", named.Select(part => $"{part.Name} = {Text(part.Body)}"))}";
    }

    private static void Collect(Expr one, List<Named> found)
    {
        if (one is Named known && found.Exists(other => ReferenceEquals(other, known))) return;
        foreach (var child in Tree.Children(one)) Collect(child, found);
        if (one is Named named && !found.Exists(other => other.Name == named.Name)) found.Add(named);
    }

    private string Text(Expr one, int within) => one switch
    {
        Leaf leaf => names.GetValueOrDefault(leaf.Name, leaf.Name),
        Number number => names.GetValueOrDefault(number.Name, number.Name),
        Named named => named.Name,
        Sum sum => Bracket(string.Concat(sum.Terms.Select((term, i) => (term.Minus ? i == 0 ? "−" : " − " : i == 0 ? "" : " + ") + Text(term.Of, term.Minus || i > 0 ? Factor : Loose))), within >= Factor),
        Product product => Bracket(Text(product), within >= Tight),
        Apply apply => Bracket(Text(apply), within >= Factor && apply.Operator.Loose),
        _ => throw new InvalidOperationException($"{one}"),
    };

    private string Text(Product product)
    {
        var text = "";
        foreach (var (factor, i) in product.Factors.Select((factor, i) => (factor, i)))
            text += (factor.Inverse ? i == 0 ? "1 / " : " / " : i == 0 ? "" : product.Factors[i - 1].Of is Number && !product.Factors[i - 1].Inverse ? "·" : " ⊙ ") + Text(factor.Of, factor.Inverse ? Tight : Factor);
        return text;
    }

    private string Text(Apply apply)
    {
        var format = apply.Operator.Format;
        for (var i = 0; i < apply.Arguments.Count; i++)
        {
            var place = $"{{{i}}}";
            var at = format.IndexOf(place, StringComparison.Ordinal);
            if (at < 0) continue;
            var enclosed = at > 0 && format[at - 1] is '(' or '[' or '‖' or '|' or ' ' && (at + place.Length < format.Length && format[at + place.Length] is ')' or ']' or ',' or '‖' or '|');
            format = format.Replace(place, Text(apply.Arguments[i], enclosed ? Loose : Tight), StringComparison.Ordinal);
        }
        return format;
    }

    private static string Bracket(string text, bool needed) => needed ? $"({text})" : text;
}
