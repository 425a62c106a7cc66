namespace Backprop.Diagnosis;

/// <summary>Every term that one gradient may be made of, to be looked through for given numbers.</summary>
internal sealed class TermTable
{
    private readonly Scene _scene;
    private readonly int _g;
    private readonly string[] _labels;
    private readonly IReadOnlyList<TermFrame> _frames;

    internal TermTable(Scene scene, int g)
    {
        _scene = scene;
        _g = g;
        _labels = scene.Labels(g);
        Cotangents = [.. Cotangent()];
        _frames = [.. Cotangents.Select(dy => new TermFrame(scene, g, dy))];
    }

    /// <summary>Products with dy; sums of them over a dimension that are repeated; the same of more factors.</summary>
    internal const int Tiers = 3;

    /// <summary>The cotangents, and those with the double of a dimension.</summary>
    internal IReadOnlyList<Atom> Cotangents { get; }

    /// <summary>The least far-fetched term that is proportional to <paramref name="target"/> in every sample; null when none is.</summary>
    /// <param name="target">For each sample the numbers, of the gradient's shape.</param>
    /// <param name="tiers">How many tiers are looked through.</param>
    internal Match? Find(IReadOnlyList<double[]> target, int tiers = Tiers)
    {
        if (!(Fit.Norm(target[0]) > 0)) return null;
        for (var tier = 0; tier < tiers; tier++)
        {
            var matches = Like(target, tier).Select(term => Verified(term, target)).OfType<Match>().ToList();
            if (matches.Count > 0) return matches.MinBy(match => match.Term.Cost + Penalty(match.K));
        }
        return null;
    }

    private IEnumerable<Term> Like(IReadOnlyList<double[]> target, int tier)
    {
        foreach (var frame in _frames) foreach (var term in frame.Like(target[0], tier)) yield return term;
        if (tier == 0)
            foreach (var atom in _scene.Atoms.Where(atom => atom.Cost <= 2)) yield return new(null, [], null, [atom]);
    }

    /// <summary>A term's entries in sample <paramref name="s"/>.</summary>
    internal double[] At(Term term, int s) => term.At(s, _labels, _scene.Sizes(_g, s));

    /// <summary>The term's factor in every sample; null where it is not proportional.</summary>
    internal Match? Verified(Term term, IReadOnlyList<double[]> target)
    {
        var k = new double[_scene.Count];
        for (var s = 0; s < k.Length; s++)
        {
            var numbers = At(term, s);
            if (Fit.Norm(target[s]) <= 1e-12 && Fit.Norm(numbers) <= 1e-12) k[s] = double.NaN;
            else if (Fit.Ratio(target[s], numbers) is { } ratio) k[s] = ratio;
            else return null;
        }
        if (k.All(double.IsNaN)) return null;
        var known = k.First(one => !double.IsNaN(one));
        for (var s = 0; s < k.Length; s++) if (double.IsNaN(k[s])) k[s] = known;
        // A factor that is another number in every sample and has no name is a chance, or hides another term.
        var factor = _scene.Factors.Name(k);
        return factor.Named || factor.Fixed ? new(term, k) : null;
    }

    private int Penalty(IReadOnlyList<double> k) => _scene.Factors.Name(k) is { Named: true } factor ? Math.Min(1, factor.Parts) : 2;

    /// <summary>Terms to be tried two at a time: the simplest ones with each other, and those that differ in one factor only.</summary>
    internal IReadOnlyList<TermGroup> Groups => _groups ??= [.. Grouped()];

    private IReadOnlyList<TermGroup>? _groups;
    private const int MostSimple = 250, MostAlike = 240;

    private IEnumerable<TermGroup> Grouped()
    {
        var terms = _frames.SelectMany(frame => frame.Small).ToList();
        yield return Group(terms.OrderBy(term => term.Cost).Take(MostSimple));
        foreach (var alike in terms.Where(term => term.Outer.Length > 0 && (term.Over is not null || term.Outer.Length == 2 && (term.Outer[0].Near || term.Outer[1].Near)))
            .GroupBy(term => (term.Cotangent, term.Over, term.Over is not null ? term.Inner.FirstOrDefault() : term.Outer[0].Near ? term.Outer[0] : term.Outer[1])))
            if (alike.Count() > 1) yield return Group(alike.OrderBy(term => term.Cost).Take(MostAlike));
    }

    private TermGroup Group(IEnumerable<Term> terms)
    {
        var made = terms.Select(term => (Term: term, Numbers: At(term, 0))).Select(one => (one.Term, one.Numbers, Norm: Fit.Norm(one.Numbers))).Where(one => one.Norm > 1e-12 && double.IsFinite(one.Norm)).ToList();
        return new([.. made.Select(one => one.Term)], [.. made.Select(one => Array.ConvertAll(one.Numbers, number => number / one.Norm))]);
    }

    private IEnumerable<Atom> Cotangent()
    {
        var doubled = _scene.Doubled;
        for (var o = 0; o < _scene.Samples[0].Dys.Count; o++)
        {
            var dy = new Atom(_scene.Samples[0].Dys[o].Name, 0, "dy", "", AtomKind.Plain, [.. Enumerable.Range(0, _scene.Count).Select(s => _scene.Dy(o, s))]);
            yield return dy;
            if (dy.Labels.Any(label => label.EndsWith('\''))) yield return Atoms.Turned(dy);
            foreach (var label in doubled.Where(label => dy.Values[0].Has(label[..^1]) && !dy.Values[0].Has(label))) yield return Atoms.Renamed(dy, label[..^1], label);
        }
    }
}

/// <summary>Terms that are tried two at a time.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Units">Their entries in the first sample, of length 1.</param>
internal sealed record TermGroup(Term[] Terms, double[][] Units);
