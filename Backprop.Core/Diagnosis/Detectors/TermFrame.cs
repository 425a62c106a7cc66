namespace Backprop.Diagnosis;

/// <summary>All terms with one cotangent in the first sample, laid out so that a product is a single loop: every atom is spread over all dimensions, those of the gradient first.</summary>
internal sealed class TermFrame
{
    /// <summary>More entries than this, and only the dimensions of dy and of the gradient are laid out.</summary>
    private const int MostEntries = 500;

    /// <summary>So many multiplications at most for one kind of product: beyond it, far-fetched ones are left out.</summary>
    private const int Budget = 5_000_000;

    /// <summary>Of atoms that may stand three or four in a product.</summary>
    private const int MostNear = 14;

    private readonly Atom _dy;
    private readonly List<Atom> _atoms = [];
    private readonly List<double[]> _spread = [];
    private readonly List<int> _near = [];
    private readonly double[] _cotangent;
    private readonly string[] _labels;
    private readonly int[] _sizes;
    private readonly int _outer;
    private readonly int _inner;
    private readonly string[] _own;
    private readonly List<(List<Combination> Combinations, double[] Units)?> _tiers = [null, null, null];

    internal TermFrame(Scene scene, int g, Atom dy)
    {
        _dy = dy;
        _own = scene.Labels(g);
        var sizes = scene.Sizes(g, 0);
        var others = Sizes([dy, .. scene.Atoms], _own);
        if (Count(sizes) * others.Aggregate(1, (product, other) => product * other.Size) > MostEntries) others = Sizes([dy], _own);
        _labels = [.. _own, .. others.Select(other => other.Label)];
        _sizes = [.. sizes, .. others.Select(other => other.Size)];
        (_outer, _inner) = (Count(sizes), Count(_sizes[sizes.Length..]));
        _cotangent = dy.Values[0].TrySpread(_labels, _sizes) ?? throw new InvalidOperationException("dy does not fit its own frame.");
        foreach (var atom in scene.Atoms)
            if (atom.Values[0].TrySpread(_labels, _sizes) is { } spread)
            {
                if (atom.Near && _near.Count < MostNear) _near.Add(_atoms.Count);
                _atoms.Add(atom);
                _spread.Add(spread);
            }
    }

    /// <summary>Places of atoms: those inside a sum over the dimension Over (-1 for no such sum), those outside.</summary>
    private readonly record struct Combination(int Over, int[] Inside, int[] Outside);

    /// <summary>The terms that are proportional to <paramref name="target"/> in the first sample.</summary>
    internal IEnumerable<Term> Like(double[] target, int tier)
    {
        var (combinations, units) = _tiers[tier] ??= Made(tier);
        var norm = Fit.Norm(target);
        var found = new List<Term>();
        for (var c = 0; c < combinations.Count; c++)
        {
            var dot = 0.0;
            for (int i = 0, at = c * _outer; i < _outer; i++, at++) dot += units[at] * target[i];
            if (Math.Abs(dot) >= (1 - 1e-9) * norm) found.Add(Of(combinations[c]));
        }
        return found;
    }

    /// <summary>Terms of one or two factors.</summary>
    internal IEnumerable<Term> Small => Combinations(0).Concat(Combinations(1)).Where(one => one.Inside.Length + one.Outside.Length <= 2).Select(Of).Where(term => term.Cost <= 5);

    private Term Of(Combination one) => new(_dy, [.. one.Inside.Select(a => _atoms[a])], one.Over < 0 ? null : _labels[one.Over], [.. one.Outside.Select(a => _atoms[a])]);

    private (List<Combination>, double[]) Made(int tier)
    {
        var kept = new List<Combination>();
        var units = new List<double>();
        var insides = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var result = new double[_outer];
        foreach (var one in Combinations(tier))
        {
            var first = one.Over < 0 ? _cotangent : Inside(one, insides);
            Multiply(first, one.Outside, result);
            var norm = Fit.Norm(result);
            if (!(norm > 1e-12) || !double.IsFinite(norm)) continue;
            kept.Add(one);
            foreach (var number in result) units.Add(number / norm);
        }
        return (kept, [.. units]);
    }

    /// <summary>The product of dy and the inner atoms, summed over one dimension and repeated along it.</summary>
    private double[] Inside(Combination one, Dictionary<string, double[]> known)
    {
        var key = $"{one.Over}:{string.Join(',', one.Inside)}";
        if (known.TryGetValue(key, out var done)) return done;
        var product = (double[])_cotangent.Clone();
        foreach (var atom in one.Inside) for (var i = 0; i < product.Length; i++) product[i] *= _spread[atom][i];
        var stride = Count(_sizes[(one.Over + 1)..]);
        var size = _sizes[one.Over];
        for (var start = 0; start < product.Length; start++)
        {
            if (start / stride % size != 0) continue;
            var sum = 0.0;
            for (var i = 0; i < size; i++) sum += product[start + i * stride];
            for (var i = 0; i < size; i++) product[start + i * stride] = sum;
        }
        return known[key] = product;
    }

    /// <summary>The product, summed over what is not the gradient's own.</summary>
    private void Multiply(double[] first, int[] factors, double[] result)
    {
        double[]? a = factors.Length > 0 ? _spread[factors[0]] : null, b = factors.Length > 1 ? _spread[factors[1]] : null, c = factors.Length > 2 ? _spread[factors[2]] : null;
        for (int i = 0, at = 0; i < _outer; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < _inner; j++, at++)
            {
                var product = first[at];
                if (a is not null) product *= a[at];
                if (b is not null) product *= b[at];
                if (c is not null) product *= c[at];
                sum += product;
            }
            result[i] = sum;
        }
    }

    private IEnumerable<Combination> Combinations(int tier)
    {
        if (tier == 0)
        {
            foreach (var outside in Products()) yield return new(-1, [], outside);
            yield break;
        }
        int[][] singles = [[], .. Enumerable.Range(0, _atoms.Count).Where(a => _atoms[a].Cost <= Most(2, cost => (int)Math.Pow(_atoms.Count(atom => atom.Cost <= cost), 2))).Select(a => new[] { a })];
        var most = Most(MostNear, near => near * near * near * near / 4);
        int[][] little = [[], .. _near.Select(a => new[] { a })];
        int[][] pairs = [.. _near.Take(most).SelectMany((a, i) => _near.Take(most).Skip(i).Select(b => new[] { a, b }))];
        for (var over = 0; over < _own.Length; over++)
        {
            if (!_dy.Values[0].Has(_labels[over])) continue;
            if (tier == 1)
                foreach (var inside in singles) foreach (var outside in singles) yield return new(over, inside, outside);
            else
            {
                foreach (var inside in pairs) foreach (var outside in little.Concat(pairs)) yield return new(over, inside, outside);
                foreach (var inside in little) foreach (var outside in pairs) yield return new(over, inside, outside);
                foreach (var inside in little) foreach (var outside in pairs) foreach (var third in _near.Where(third => third >= outside[1])) yield return new(over, inside, [.. outside, third]);
            }
        }
    }

    private IEnumerable<int[]> Products()
    {
        yield return [];
        var most = Most(5, Pairs);
        for (var a = 0; a < _atoms.Count; a++)
        {
            yield return [a];
            // The square of an input is an atom of its own.
            for (var b = _atoms[a].Cost == 1 ? a + 1 : a; b < _atoms.Count; b++)
                if (_atoms[a].Cost + _atoms[b].Cost <= most) yield return [a, b];
        }
        var third = Most(3, cost => _near.Count * (_near.Count + 1) / 2 * _atoms.Count(atom => atom.Cost <= cost));
        for (var a = 0; a < _near.Count; a++)
            for (var b = a; b < _near.Count; b++)
                for (var c = 0; c < _atoms.Count; c++)
                    if (_atoms[c].Cost <= third) yield return [_near[a], _near[b], c];
    }

    /// <summary>How many pairs cost no more than this.</summary>
    private int Pairs(int cost)
    {
        var by = _atoms.GroupBy(atom => atom.Cost).ToDictionary(group => group.Key, group => group.Count());
        return by.Sum(one => by.Where(other => one.Key + other.Key <= cost).Sum(other => one.Value * other.Value)) / 2;
    }

    /// <summary>The greatest cost, <paramref name="from"/> at most, at which the products stay within the budget; 1 at least.</summary>
    private int Most(int from, Func<int, int> count)
    {
        while (from > 1 && (double)count(from) * _cotangent.Length > Budget) from--;
        return from;
    }

    private static List<(string Label, int Size)> Sizes(IEnumerable<Atom> atoms, string[] own) =>
        [.. atoms.SelectMany(atom => atom.Values[0].Labels.Zip(atom.Values[0].Sizes)).Where(pair => !own.Contains(pair.First, StringComparer.Ordinal)).DistinctBy(pair => pair.First)];

    private static int Count(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);
}
