namespace Backprop.Bugs.Formulas;

/// <summary>Walks over formulas, and formulas with a part exchanged.</summary>
internal static class Tree
{
    internal static IEnumerable<Expr> Children(Expr one) => one switch
    {
        Sum sum => sum.Terms.Select(term => term.Of),
        Product product => product.Factors.Select(factor => factor.Of),
        Apply apply => apply.Arguments,
        Named named => [named.Body],
        _ => [],
    };

    /// <summary>The same node over other children.</summary>
    internal static Expr With(Expr one, int place, Expr child) => one switch
    {
        Sum sum => new Sum([.. sum.Terms.Select((term, i) => i == place ? term with { Of = child } : term)]),
        Product product => new Product([.. product.Factors.Select((factor, i) => i == place ? factor with { Of = child } : factor)]),
        Apply apply => apply with { Arguments = [.. apply.Arguments.Select((argument, i) => i == place ? child : argument)] },
        Named named => named with { Body = child },
        _ => throw new InvalidOperationException($"{one}"),
    };

    /// <summary>All named parts, each once, those that others use before those.</summary>
    internal static IReadOnlyList<Named> Named(IEnumerable<Expr> roots)
    {
        var found = new List<Named>();
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        void Visit(Expr one)
        {
            if (!seen.Add(one)) return;
            foreach (var child in Children(one)) Visit(child);
            if (one is Named named) found.Add(named);
        }
        foreach (var root in roots) Visit(root);
        return found;
    }

    /// <summary><paramref name="root"/> with <paramref name="new"/> wherever the object <paramref name="old"/> stands; the same object where it does not occur.</summary>
    internal static Expr Exchange(Expr root, Expr old, Expr @new)
    {
        var done = new Dictionary<Expr, Expr>(ReferenceEqualityComparer.Instance) { [old] = @new };
        Expr Visit(Expr one)
        {
            if (done.TryGetValue(one, out var result)) return result;
            result = one;
            var place = 0;
            foreach (var child in Children(one).ToList())
            {
                var other = Visit(child);
                if (!ReferenceEquals(other, child)) result = With(result, place, other);
                place++;
            }
            return done[one] = result;
        }
        return Visit(root);
    }
}
