using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>The difference from the true gradient is a product of known tensors: a term too many or too few, or one with the wrong sign.</summary>
internal sealed class TermDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) return [];
        var table = scene.Terms(g);
        var rest = Each(scene, s => Fit.Minus(scene.Hand(g, s), scene.Truth(g, s)));
        return [.. Passed(scene, g, table), .. table.Find(rest) is { } match ? Told(scene, g, table, match) : Split(scene, g, table, rest) is { Count: > 0 } split ? split : Exchanged(scene, g, table, rest)];
    }

    /// <summary>dy itself: the derivative is missing, if no single term is.</summary>
    private static IEnumerable<Finding> Passed(Scene scene, int g, TermTable table)
    {
        if (table.Find(Each(scene, s => scene.Hand(g, s)), 1) is not { } passed || passed.Term.Factors.Any() || scene.Factors.Name(passed.K).Name != "1") yield break;
        var name = "d" + scene.Evidence.InputName(g);
        yield return new(CauseCode.MissingFactor, Plausibility.Search + 6, 0, $"{name} passes {passed.Term.Name} through: the derivative is missing.", $"{name} = {passed.Term.Name} {scene.Extent(g)}",
            "multiply by the derivative (the Jacobian, where outputs depend on several inputs)", $"What is {name} equal to?");
    }

    /// <summary>The difference is the sum of a part that is the same along a dimension and of one that sums to 0 along it, and each is a product of known tensors: the terms of a normalisation.</summary>
    private static List<Finding> Split(Scene scene, int g, TermTable table, List<double[]> rest)
    {
        var labels = scene.Labels(g);
        foreach (var label in labels)
        {
            var grids = rest.Select((numbers, s) => new Grid(labels, scene.Sizes(g, s), numbers)).ToList();
            if (grids.Exists(grid => grid.Size(label) < 2)) continue;
            var even = grids.ConvertAll(grid => grid.Map(_ => 0).With(grid.Mean(label), (_, mean) => mean).Numbers);
            List<double[]> uneven = [.. rest.Select((numbers, s) => Fit.Minus(numbers, even[s]))];
            if (even.Exists(numbers => Fit.Norm(numbers) < 1e-9) || uneven.Exists(numbers => Fit.Norm(numbers) < 1e-9)) continue;
            if (table.Find(even) is not { } first || table.Find(uneven) is not { } second) continue;
            var name = "d" + scene.Evidence.InputName(g);
            var (k, l) = (scene.Factors.Name(first.K), scene.Factors.Name(second.K));
            var lacks = Balance(scene, g) ?? Weaker(scene, g, table, first) && Weaker(scene, g, table, second);
            var numbers = $"{name} − true = {Coefficient(k)}{first.Term.Name} + {Coefficient(l)}{second.Term.Name} {scene.Extent(g)}";
            var rank = Plausibility.Search + 9;
            return
            [
                new(lacks ? CauseCode.MissingTerm : CauseCode.ExtraTerm, rank, 0, $"{name} {(lacks ? "lacks" : "has too much of")} two terms, proportional to {first.Term.Name} and {second.Term.Name}.", numbers, $"subtract {Coefficient(k)}{first.Term.Name} and {Coefficient(l)}{second.Term.Name} from {name}",
                    $"{name} minus the true gradient has a part that is the same along {label}: which sums or means does the formula need?"),
                new(CauseCode.Scale, rank + 1, 0, $"two terms of {name}, {first.Term.Name} and {second.Term.Name}, have the wrong factors.", numbers, "check the factors of these terms: sums or means?"),
            ];
        }
        return [];
    }

    internal static List<double[]> Each(Scene scene, Func<int, double[]> f) => [.. Enumerable.Range(0, scene.Count).Select(f)];

    private static IEnumerable<Finding> Told(Scene scene, int g, TermTable table, Match match)
    {
        var name = "d" + scene.Evidence.InputName(g);
        var factor = scene.Factors.Name(match.K);
        var products = table.Find(Each(scene, s => scene.Hand(g, s)), 1) is not null && table.Find(Each(scene, s => scene.Truth(g, s)), 1) is not null;
        // Where both are products, one factor is likelier than a sum; and 1 − u is rarely a term of its own.
        var cost = Plausibility.Search + Math.Min(9, match.Term.Cost) + (factor.Named ? 0 : 2) + (products ? 6 : 0) + (Plain(match.Term) ? 0 : 2);
        var numbers = $"{name} − true = {Coefficient(factor)}{match.Term.Name} {scene.Extent(g)}{(factor.Named && !factor.Fixed ? $"; {factor.Text}" : "")}";
        var half = Each(scene, s => Array.ConvertAll(Fit.Minus(scene.Hand(g, s), Array.ConvertAll(scene.Truth(g, s), t => -t)), sum => sum / 2));
        // a = P + d where t = P − d: both are terms, or the factor is a bare 2.
        var mirrored = Plain(match.Term) && (factor.Fixed && Math.Abs(Math.Abs(match.K[0]) - 2) <= Fit.Exact || table.Find(half, 2) is { } kept && Simple(scene, kept) && Plain(kept.Term));
        var missing = Lacks(scene, g, table, match);
        var which = missing ? CauseCode.MissingTerm : CauseCode.ExtraTerm;
        var inverse = Inverted(scene, g, table, match);
        if (mirrored)
            yield return new(CauseCode.Sign, cost - (products ? 7 : 0), 0, $"{name} has one term with the wrong sign: {match.Term.Name}.", numbers, $"turn the sign of the term in {match.Term.Name}", $"{name} and the true gradient differ by twice one of the formula's terms: which?");
        yield return new(which, cost + (mirrored ? 1 : 0), 0, missing ? $"{name} lacks a term proportional to {match.Term.Name}." : $"{name} has a term too much, proportional to {match.Term.Name}.",
            numbers, missing ? $"subtract {Coefficient(factor)}{match.Term.Name} from {name}" : $"take {Coefficient(factor)}{match.Term.Name} away", $"What is {name} minus the true gradient proportional to, among the tensors that you know?");
        if (inverse is { } one)
            yield return new(one.Code, cost - 1, 0, one.Missing ? $"one term of {name} lacks the factor {one.Atom.Name}." : $"one term of {name} has the factor {one.Atom.Name}, which does not belong there.", numbers,
                one.Missing ? $"multiply that term by {one.Atom.Name}" : $"take the factor {one.Atom.Name} out of that term");
        if (!mirrored && match.Term.Factors.Any() && match.Term.Cotangent is not null && match.Term.Factors.All(atom => atom.Cost == 1))
            yield return new(CauseCode.Scale, cost + 4, 0, $"one term of {name}, {match.Term.Name}, has the wrong factor: it is off by {factor.Text}.", numbers, "check the factor of that term");
    }

    private static string Coefficient(Factor factor) => factor.Name == "1" ? "" : factor.Name == "−1" ? "−" : (factor.Named ? factor.Name : Factor.Round(factor.Here)) + "·";

    /// <summary>Whether a formula would have it as one term: (1 − y) and the like are two, and masks are neither.</summary>
    private static bool Plain(Term term) => term.Factors.All(atom => atom.Kind != AtomKind.Mask || atom.Function.Length == 0)
        && !term.Factors.Any(atom => atom.Function is "1 −" or "1 +" or "u(1 − u)" or "1 − square" or "1 + square" or "1/(1 + square)" or "1 − σ" or "σ′" or "tanh′" or "centred" or "difference" or "sign" or "abs" or "relu" or "log + 1" or "argmax");

    private static bool Simple(Scene scene, Match match) => scene.Factors.Name(match.K) is { Named: true, Parts: <= 1 };

    /// <summary>A difference w(1 − u) is a term w that stands where w·u belongs, or the other way round.</summary>
    private static (string Code, Atom Atom, bool Missing)? Inverted(Scene scene, int g, TermTable table, Match match)
    {
        if (match.Term.Outer.FirstOrDefault(atom => atom.Function is "1 −" or "1 − σ") is not { } minus) return null;
        if (scene.Atoms.FirstOrDefault(atom => atom.Source == minus.Source && atom.Labels.SequenceEqual(minus.Labels, StringComparer.Ordinal) && Enumerable.Range(0, scene.Count).All(s => Fit.Same(Fit.Minus(minus.Values[s].Map(_ => 1).Numbers, minus.Values[s].Numbers), atom.Values[s].Numbers))) is not { } shown) return null;
        var bare = match.Term with { Outer = [.. match.Term.Outer.Where(atom => atom != minus)] };
        var with = bare with { Outer = [.. bare.Outer, shown] };
        double missing = 0, extra = 0;
        for (var s = 0; s < scene.Count; s++)
        {
            double[][] columns = [table.At(bare, s), table.At(with, s)];
            if (Fit.Solve(scene.Hand(g, s), columns) is not { } hand || Fit.Solve(scene.Truth(g, s), columns) is not { } truth || match.K[s] == 0) continue;
            // Lacks u: the hand's has k·w, the true one k·w·u. Has u too much: −k·w·u against −k·w.
            missing += Math.Abs(hand[0] / match.K[s] - 1) + Math.Abs(truth[1] / match.K[s] - 1);
            extra += Math.Abs(hand[1] / match.K[s] + 1) + Math.Abs(truth[0] / match.K[s] + 1);
        }
        return missing <= extra ? (CauseCode.MissingFactor, shown, true) : (CauseCode.ExtraFactor, shown, false);
    }

    /// <summary>Whether the true gradient has the term and the hand's has not; else it is the other way round.</summary>
    private static bool Lacks(Scene scene, int g, TermTable table, Match match)
    {
        // What is a single product by itself is the one that lacks it.
        var hand = table.Find(Each(scene, s => scene.Hand(g, s)), 2);
        var truth = table.Find(Each(scene, s => scene.Truth(g, s)), 2);
        if (hand is null != truth is null) return hand is not null;
        if (Balance(scene, g) is { } balanced) return balanced;
        if (hand is null)
        {
            bool ofTwo = Pairs(scene, table, Each(scene, s => scene.Hand(g, s))) is not null, trueOfTwo = Pairs(scene, table, Each(scene, s => scene.Truth(g, s))) is not null;
            if (ofTwo != trueOfTwo) return ofTwo;
        }
        return Weaker(scene, g, table, match);
    }

    /// <summary>Whether the hand's gradient has less of the term than the true one.</summary>
    private static bool Weaker(Scene scene, int g, TermTable table, Match match)
    {
        double ofHand = 0, ofTruth = 0;
        for (var s = 0; s < scene.Count; s++)
        {
            var direction = table.At(match.Term, s);
            var square = Fit.Dot(direction, direction) * match.K[s];
            if (square == 0) continue;
            ofHand += Fit.Dot(scene.Hand(g, s), direction) / square;
            ofTruth += Fit.Dot(scene.Truth(g, s), direction) / square;
        }
        return Math.Abs(ofTruth) > Math.Abs(ofHand);
    }

    /// <summary>Sums along a dimension, or products with an input along it, that are always 0: the one that keeps them has the correction, the other lacks it. Null when they do not tell.</summary>
    internal static bool? Balance(Scene scene, int g)
    {
        var labels = scene.Labels(g);
        var inputs = Enumerable.Range(0, scene.Evidence.Specimen.Inputs.Count).Where(i => scene.InputLabels(i).AsSpan().SequenceEqual(labels) && !scene.IsIndex(i)).Select(i => (int?)i).Prepend(null);
        foreach (var input in inputs)
            foreach (var label in labels)
            {
                // A small number under a root keeps such sums from being quite 0, so that it is the comparison that tells.
                int hand = 0, truth = 0;
                for (var s = 0; s < scene.Count; s++)
                {
                    double ofHand = Sum(scene.Hand(g, s), s), ofTruth = Sum(scene.Truth(g, s), s);
                    if (ofTruth < 0.01 * ofHand) truth++;
                    else if (ofHand < 0.01 * ofTruth) hand++;
                }
                if (3 * Math.Max(hand, truth) >= 2 * scene.Count) return truth > hand;

                double Sum(double[] numbers, int s)
                {
                    var grid = new Grid(labels, scene.Sizes(g, s), numbers);
                    if (input is { } i) grid = grid.With(scene.Input(i, s), (a, b) => a * b);
                    return grid.Size(label) < 2 || Fit.Norm(grid.Numbers) is not (> 0 and var norm) ? 1 : Fit.Norm(grid.Sum(label).Numbers) / norm;
                }
            }
        return null;
    }

    /// <summary>The difference is that of two products: one stands where the other belongs; or two terms are amiss.</summary>
    private static IEnumerable<Finding> Exchanged(Scene scene, int g, TermTable table, List<double[]> rest)
    {
        if (Pairs(scene, table, rest) is not { } pair) yield break;
        var name = "d" + scene.Evidence.InputName(g);
        var (first, second) = (scene.Factors.Name(pair.K), scene.Factors.Name(pair.L));
        var numbers = $"{name} − true = {Coefficient(first)}{pair.First.Name} + {Coefficient(second)}{pair.Second.Name} {scene.Extent(g)}";
        var cost = Plausibility.Search + Math.Min(9, (pair.First.Cost + pair.Second.Cost) / 2 + 1);
        var opposite = Enumerable.Range(0, scene.Count).All(s => pair.K[s] * pair.L[s] < 0);
        var (stands, belongs) = Stands(scene, g, table, pair);
        if (opposite && Difference(stands, belongs) is { } difference)
        {
            yield return new(difference.Code, cost, 0, $"{name} has {difference.Stands} where {difference.Belongs} belongs.", numbers, $"write {difference.Belongs} for {difference.Stands}", $"One tensor in the formula of {name} is not the one that belongs there: which?");
            if (difference.Second is { } other) yield return new(other, cost + 1, 0, $"{name} has {difference.Stands} where {difference.Belongs} belongs.", numbers, $"write {difference.Belongs} for {difference.Stands}");
            yield break;
        }
        var lacks = Balance(scene, g) ?? table.Find(Each(scene, s => scene.Hand(g, s)), 2) is not null;
        yield return new(lacks ? CauseCode.MissingTerm : CauseCode.ExtraTerm, cost + 2, 0, $"{name} {(lacks ? "lacks" : "has")} two terms{(lacks ? "" : " too much")}, proportional to {pair.First.Name} and {pair.Second.Name}.", numbers,
            lacks ? $"subtract {Coefficient(first)}{pair.First.Name} and {Coefficient(second)}{pair.Second.Name} from {name}" : "take both away");
    }

    private sealed record Pair(Term First, Term Second, double[] K, double[] L);

    /// <summary>Two products whose combination the difference is, with factors that can be named.</summary>
    private static Pair? Pairs(Scene scene, TermTable table, List<double[]> rest)
    {
        var target = rest[0];
        if (target.Length < 3) return null;
        var length = Fit.Norm(target);
        var best = new List<(Pair Pair, int Cost)>();
        foreach (var terms in table.Groups)
        {
            var units = terms.Units;
            var along = Array.ConvertAll(units, unit => Fit.Dot(unit, target) / length);
            for (var i = 0; i < units.Length; i++)
                for (var j = i + 1; j < units.Length; j++)
                {
                    var c = Fit.Dot(units[i], units[j]);
                    var determinant = 1 - c * c;
                    if (determinant < 1e-8) continue;
                    var explained = (along[i] * along[i] - 2 * c * along[i] * along[j] + along[j] * along[j]) / determinant;
                    if (explained < 1 - 1e-9 || Fitted(scene, table, rest, terms.Terms[i], terms.Terms[j]) is not { } pair) continue;
                    var (k, l) = (scene.Factors.Name(pair.K), scene.Factors.Name(pair.L));
                    if ((k.Named || k.Fixed) && (l.Named || l.Fixed)) best.Add((pair, pair.First.Cost + pair.Second.Cost + k.Parts + l.Parts));
                }
        }
        return best.Count == 0 ? null : best.MinBy(one => one.Cost).Pair;
    }

    private static Pair? Fitted(Scene scene, TermTable table, List<double[]> rest, Term first, Term second)
    {
        var (k, l) = (new double[scene.Count], new double[scene.Count]);
        for (var s = 0; s < scene.Count; s++)
        {
            if (Fit.Combination(rest[s], [table.At(first, s), table.At(second, s)]) is not { } c) return null;
            (k[s], l[s]) = (c[0], c[1]);
        }
        return new(first, second, k, l);
    }

    /// <summary>Which of the two the hand's gradient has, and which the true one.</summary>
    private static (Term Stands, Term Belongs) Stands(Scene scene, int g, TermTable table, Pair pair)
    {
        double first = 0, second = 0;
        for (var s = 0; s < scene.Count; s++)
        {
            double[][] columns = [table.At(pair.First, s), table.At(pair.Second, s)];
            if (Fit.Solve(scene.Hand(g, s), columns) is not { } hand || Fit.Solve(scene.Truth(g, s), columns) is not { } truth) continue;
            first += (Math.Abs(hand[0]) - Math.Abs(truth[0])) / Math.Abs(pair.K[s]);
            second += (Math.Abs(hand[1]) - Math.Abs(truth[1])) / Math.Abs(pair.L[s]);
        }
        return first >= second ? (pair.First, pair.Second) : (pair.Second, pair.First);
    }

    /// <summary>What is different between two products that are the same but for one thing; null when more is.</summary>
    internal static Exchange? Difference(Term stands, Term belongs)
    {
        if (stands.Over != belongs.Over && stands.Inner.SequenceEqual(belongs.Inner) && stands.Outer.SequenceEqual(belongs.Outer))
            return new(CauseCode.Axis, CauseCode.Coupling, stands.Name, belongs.Name);
        var (extra, missing) = (Without(stands.Factors, belongs.Factors), Without(belongs.Factors, stands.Factors));
        if (extra.Count == missing.Count && (extra.Count > 0 || stands.Cotangent != belongs.Cotangent) && extra.Select(What).Order(StringComparer.Ordinal).SequenceEqual(missing.Select(What).Order(StringComparer.Ordinal)))
            return extra.Count == 0 ? new(CauseCode.Axis, CauseCode.Transpose, stands.Name, belongs.Name) : new(CauseCode.Transpose, CauseCode.Axis, stands.Name, belongs.Name);
        if (stands.Cotangent != belongs.Cotangent || extra.Count > 1 || missing.Count > 1) return null;
        if (extra is [var has] && missing is [var should]) return Exchanged(has, should);
        if (extra is [var more] && missing.Count == 0) return new(more.IsMask ? CauseCode.Mask : CauseCode.ExtraFactor, more.IsMask ? CauseCode.ExtraFactor : null, stands.Name, belongs.Name);
        if (missing is [var less] && extra.Count == 0) return new(less.IsMask ? CauseCode.Mask : CauseCode.MissingFactor, less.IsMask ? CauseCode.MissingFactor : null, stands.Name, belongs.Name);
        return null;

        static string What(Atom atom) => atom.Source + (atom.Function == "transposed" ? "" : atom.Function) + atom.Along;
    }

    /// <summary>What it is called when one tensor stands where another belongs.</summary>
    internal static Exchange Exchanged(Atom has, Atom should)
    {
        if (has.Source == should.Source && has.Function == should.Function && has.Along != should.Along)
            return new(has.Along == "everything" ? CauseCode.Coupling : CauseCode.Axis, has.Along == "everything" ? CauseCode.Axis : CauseCode.Coupling, has.Name, should.Name);
        if (has.Source == should.Source && (has.Function == "transposed" || should.Function == "transposed")) return new(CauseCode.Transpose, CauseCode.WrongArgument, has.Name, should.Name);
        if (has.IsMask && should.IsMask) return new(CauseCode.Mask, CauseCode.WrongArgument, has.Name, should.Name);
        // A difference of which one part, or the other, stands alone.
        if (should.Function is "difference" or "centred" && should.IsPart(has)) return new(CauseCode.MissingTerm, CauseCode.WrongArgument, has.Name, should.Name);
        if (has.Function is "difference" or "centred" && has.IsPart(should)) return new(CauseCode.ExtraTerm, CauseCode.WrongArgument, has.Name, should.Name);
        if (has.Function == "difference" && should.Function == "difference") return new(CauseCode.MissingTerm, CauseCode.WrongArgument, has.Name, should.Name);
        return new(CauseCode.WrongArgument, null, has.Name, should.Name) { Alike = has.Function == should.Function };
    }

    internal static List<Atom> Without(IEnumerable<Atom> all, IEnumerable<Atom> taken)
    {
        var rest = all.ToList();
        foreach (var atom in taken) rest.Remove(atom);
        return rest;
    }
}

/// <summary>One thing in the place of another.</summary>
/// <param name="Code">What that is called.</param>
/// <param name="Second">What else it may be called.</param>
/// <param name="Stands">What is there.</param>
/// <param name="Belongs">What belongs there.</param>
internal sealed record Exchange(string Code, string? Second, string Stands, string Belongs)
{
    /// <summary>Whether it is the same function of another tensor, or another tensor altogether.</summary>
    internal bool Alike { get; init; } = true;
}
