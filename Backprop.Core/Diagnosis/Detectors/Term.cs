namespace Backprop.Diagnosis;

/// <summary>A product of dy and atoms, summed over every dimension that the gradient has not.</summary>
/// <param name="Cotangent">Which output's, with its dimensions named; null for a term without dy.</param>
/// <param name="Inner">What dy is multiplied by before it is summed over <paramref name="Over"/>.</param>
/// <param name="Over">The dimension that is summed over inside the product and then repeated; null for none.</param>
/// <param name="Outer">The other factors.</param>
internal sealed record Term(Atom? Cotangent, Atom[] Inner, string? Over, Atom[] Outer)
{
    /// <summary>How far-fetched.</summary>
    internal int Cost => Factors.Sum(atom => atom.Cost) + (Over is null ? 0 : 1) + (Cotangent is null ? 2 : 0);

    internal IEnumerable<Atom> Factors => Inner.Concat(Outer);

    /// <summary>The term as a formula.</summary>
    internal string Name
    {
        get
        {
            var inner = string.Join('·', Inner.Select(atom => atom.Name).Prepend(Cotangent?.Name).Where(name => name is not null));
            var outer = string.Join('·', Outer.Select(atom => atom.Name));
            return Over is null ? inner + (inner.Length > 0 && outer.Length > 0 ? "·" : "") + outer : $"{outer}{(outer.Length > 0 ? "·" : "")}Σ_{Over}({inner})";
        }
    }

    /// <summary>Its entries in sample <paramref name="s"/>, of these dimensions.</summary>
    internal double[] At(int s, string[] labels, int[] sizes)
    {
        Grid[] inner = [.. Inner.Prepend(Cotangent).OfType<Atom>().Select(atom => atom.Values[s])];
        Grid[] outer = [.. Outer.Select(atom => atom.Values[s])];
        if (Over is null) return Grid.Product(labels, sizes, [.. inner, .. outer]).Numbers;
        string[] rest = [.. inner.SelectMany(grid => grid.Labels).Distinct(StringComparer.Ordinal).Where(label => label != Over)];
        return Grid.Product(labels, sizes, [Grid.Product(rest, inner), .. outer]).Numbers;
    }
}

/// <summary>A term with what it is multiplied by.</summary>
/// <param name="Term">The product.</param>
/// <param name="K">One number for each sample.</param>
internal sealed record Match(Term Term, IReadOnlyList<double> K);
