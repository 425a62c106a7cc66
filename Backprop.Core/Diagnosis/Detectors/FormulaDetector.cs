using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Both gradients are products of known tensors: what is different between the two products.</summary>
internal sealed class FormulaDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null) yield break;
        var table = scene.Terms(g);
        var (hand, truth) = (TermDetector.Each(scene, s => scene.Hand(g, s)), TermDetector.Each(scene, s => scene.Truth(g, s)));
        var (stands, belongs) = (table.Find(hand, 1), table.Find(truth, 1));
        var name = "d" + evidence.InputName(g);
        if (stands is null && belongs is null) yield break;
        // One more factor on either side may be all that the other product needs.
        if (stands is not null && belongs is null) belongs = Extended(scene, table, stands.Term, truth);
        else if (belongs is not null && stands is null) stands = Extended(scene, table, belongs.Term, hand);
        if (stands is null || belongs is null) yield break;
        var cost = Plausibility.Search + Math.Min(8, (stands.Term.Cost + belongs.Term.Cost) / 3);
        var numbers = $"{name} = {Times(scene, stands)} and true {name} = {Times(scene, belongs)} {scene.Extent(g)}";
        if (TermDetector.Difference(stands.Term, belongs.Term) is { } difference)
        {
            // A function of the same tensor in the place of another is more often a factor or a sign: what names that comes first.
            if (difference.Code == CauseCode.WrongArgument && !difference.Alike) cost += 4;
            if (difference.Code == CauseCode.WrongArgument && scene.Samples[0].Outputs.Any(output => output.Name == difference.Stands)) cost += 2;
            yield return Told(name, difference.Code, cost, difference.Stands, difference.Belongs, numbers);
            if (difference.Second is { } second) yield return Told(name, second, cost + 1, difference.Stands, difference.Belongs, numbers);
            if (difference.Code == CauseCode.WrongArgument) yield return Told(name, CauseCode.MissingFactor, cost + 4, difference.Stands, difference.Belongs, numbers);
            yield break;
        }
        var (extra, missing) = (TermDetector.Without(stands.Term.Factors, belongs.Term.Factors), TermDetector.Without(belongs.Term.Factors, stands.Term.Factors));
        var lacks = missing.Count >= extra.Count;
        yield return Told(name, lacks && extra.Count == 0 ? CauseCode.MissingFactor : missing.Count == 0 ? CauseCode.ExtraFactor : CauseCode.WrongArgument, cost + 2, stands.Term.Name, belongs.Term.Name, numbers);
        if (extra.Count > 0 && missing.Count > 0) yield return Told(name, lacks ? CauseCode.MissingFactor : CauseCode.ExtraFactor, cost + 3, stands.Term.Name, belongs.Term.Name, numbers);
    }

    private static Finding Told(string name, string code, int rank, string stands, string belongs, string numbers) => code switch
    {
        CauseCode.MissingFactor => new(code, rank, 0, $"{name} lacks a factor: it is {stands} where {belongs} belongs.", numbers, $"write {belongs} for {stands}", $"Divide the true gradient by {name}, entry by entry: which tensor comes out?"),
        CauseCode.ExtraFactor => new(code, rank, 0, $"{name} has a factor too much: it is {stands} where {belongs} belongs.", numbers, $"write {belongs} for {stands}", $"Divide {name} by the true gradient, entry by entry: which tensor comes out?"),
        CauseCode.Mask => new(code, rank, 0, $"{name} uses the wrong mask: it is {stands} where {belongs} belongs.", numbers, $"write {belongs} for {stands}", $"At which entries is {name} wrong, and what have they in common?"),
        _ => new(code, rank, 0, $"{name} has {stands} where {belongs} belongs.", numbers, $"write {belongs} for {stands}", $"One tensor in the formula of {name} is not the one that belongs there: which?"),
    };

    private static string Times(Scene scene, Match match) => scene.Factors.Name(match.K) is { Name: "1" } ? match.Term.Name : $"{scene.Factors.Name(match.K).Text}·{match.Term.Name}";

    /// <summary>The product with one more atom, or with another in the place of one, that is proportional to <paramref name="target"/>.</summary>
    private static Match? Extended(Scene scene, TermTable table, Term term, List<double[]> target)
    {
        foreach (var atom in scene.Atoms)
            if (Quick(term with { Outer = [.. term.Outer, atom] }) is { } match) return match;
        for (var place = 0; place < term.Outer.Length; place++)
            foreach (var atom in scene.Atoms)
                if (Quick(term with { Outer = [.. term.Outer[..place], atom, .. term.Outer[(place + 1)..]] }) is { } match) return match;
        return null;

        Match? Quick(Term one) => Fit.Ratio(target[0], table.At(one, 0)) is null ? null : table.Verified(one, target);
    }
}

/// <summary>Entry by entry, the ratio to the true gradient is a known tensor: a factor too many or too few, or one in the place of another.</summary>
internal sealed class RatioDetector : IDetector
{
    public IEnumerable<Finding> Look(Evidence evidence, int g)
    {
        var scene = Scene.Of(evidence);
        if (ScaleDetector.Ratios(scene, g) is not null || scene.Samples[0].Hand[g].Numbers.Length < 2) yield break;
        var name = "d" + evidence.InputName(g);
        var spreads = Spreads(scene, g);
        var (hand, truth) = (TermDetector.Each(scene, s => scene.Hand(g, s)), TermDetector.Each(scene, s => scene.Truth(g, s)));
        foreach (var (atom, values) in spreads.OrderBy(one => one.Atom.Cost))
        {
            var found = false;
            foreach (var missing in new[] { true, false })
            {
                var (with, without) = missing ? (truth, hand) : (hand, truth);
                if (Factor(scene, with, without, values) is not { } factor) continue;
                found = true;
                foreach (var finding in Single(scene, g, name, atom, missing, factor)) yield return finding;
            }
            if (found) yield break;
        }
        var pair = spreads.SelectMany(one => spreads.Select(other => (Stands: one, Belongs: other))).Where(two => two.Stands.Atom != two.Belongs.Atom)
            .Where(two => Fit.Ratio(Fit.Times(hand[0], two.Belongs.Values[0]), Fit.Times(truth[0], two.Stands.Values[0])) is not null)
            .Where(two => Factor(scene, Times(hand, two.Belongs.Values), Times(truth, two.Stands.Values), null) is not null)
            .OrderBy(two => two.Stands.Atom.Cost + two.Belongs.Atom.Cost + (two.Stands.Atom.Function == two.Belongs.Atom.Function ? -1 : 0)).FirstOrDefault();
        if (pair.Stands.Atom is { } stands && pair.Belongs.Atom is { } belongs)
        {
            var rank = Plausibility.Search + Math.Min(9, stands.Cost + belongs.Cost + (stands.Function != belongs.Function && stands.Source == belongs.Source ? 2 : 0));
            var numbers = $"{name} / true = {stands.Name} / {belongs.Name} {scene.Extent(g)}";
            var turned = stands.Source == belongs.Source && (stands.Function, belongs.Function) is ("1 +", "1 −") or ("1 −", "1 +") or ("1 + square", "1 − square") or ("1 − square", "1 + square");
            var exchange = TermDetector.Exchanged(stands, belongs);
            var code = turned ? CauseCode.Sign : exchange.Code;
            if (!turned && exchange.Second is { } second) yield return new(second, rank + 2, 0, $"{name} has {stands.Name} where {belongs.Name} belongs.", numbers, $"write {belongs.Name} for {stands.Name}");
            yield return new(code, rank, 0, $"{name} has {stands.Name} where {belongs.Name} belongs.", numbers, $"write {belongs.Name} for {stands.Name}", $"Divide {name} by the true gradient, entry by entry: which two tensors is that the quotient of?");
            yield return new(stands.Cost > belongs.Cost ? CauseCode.ExtraFactor : CauseCode.MissingFactor, rank + 3, 0, $"{name} lacks the factor {belongs.Name}, and has {stands.Name} instead.", numbers, $"write {belongs.Name} for {stands.Name}");
            yield break;
        }
        foreach (var finding in Double(scene, g, name, spreads, hand, truth)) yield return finding;
    }

    private static IEnumerable<Finding> Single(Scene scene, int g, string name, Atom atom, bool missing, Factor factor)
    {
        var rank = Plausibility.Search + atom.Cost + (factor.Named && factor.Parts <= 1 ? 0 : 2);
        var numbers = missing ? $"true / {name} = {(factor.Name == "1" ? "" : factor.Text + "·")}{atom.Name} {scene.Extent(g)}" : $"{name} / true = {(factor.Name == "1" ? "" : factor.Text + "·")}{atom.Name} {scene.Extent(g)}";
        if (atom.IsMask)
        {
            yield return new(CauseCode.Mask, rank - 3, 0, missing ? $"{name} lacks the mask {atom.Name}." : $"{name} has a mask too much: {atom.Name}.", numbers, missing ? $"multiply by {atom.Name}" : "take the mask away", $"At which entries is {name} wrong, and what have they in common?");
            yield return new(missing ? CauseCode.MissingFactor : CauseCode.ExtraFactor, rank, 0, missing ? $"{name} lacks the factor {atom.Name}." : $"{name} has the factor {atom.Name} too much.", numbers, missing ? $"multiply by {atom.Name}" : $"take the factor {atom.Name} out");
            yield break;
        }
        if (Simpler(scene, g) is { } simpler && simpler != missing)
        {
            missing = simpler;
            var inverse = atom.Name.StartsWith("1/", StringComparison.Ordinal) ? atom.Name[2..] : "1/" + atom.Name;
            yield return missing
                ? new(CauseCode.MissingFactor, rank, 0, $"{name} lacks the factor {inverse}.", numbers, $"multiply by {inverse}", $"Divide the true gradient by {name}, entry by entry: which tensor comes out?")
                : new(CauseCode.ExtraFactor, rank, 0, $"{name} has the factor {inverse} too much.", numbers, $"take the factor {inverse} out", $"Divide {name} by the true gradient, entry by entry: which tensor comes out?");
        }
        else
            yield return missing
                ? new(CauseCode.MissingFactor, rank, 0, $"{name} lacks the factor {atom.Name}.", numbers, $"multiply by {atom.Name}", $"Divide the true gradient by {name}, entry by entry: which tensor comes out?")
                : new(CauseCode.ExtraFactor, rank, 0, $"{name} has the factor {atom.Name} too much.", numbers, $"take the factor {atom.Name} out", $"Divide {name} by the true gradient, entry by entry: which tensor comes out?");
        if (!missing && atom.Function == "relu")
            yield return new(CauseCode.Mask, rank + 2, 0, $"{name} uses the value {atom.Name} where its mask belongs.", numbers, "use the mask, not the value");
        if (missing && atom.Function == "sign") yield return new(CauseCode.Sign, rank + 2, 0, $"{name} has the wrong sign where {atom.Source} is negative.", numbers, $"multiply by {atom.Name}");
    }

    /// <summary>Which of the two has the simpler formula: true when it is the hand's, null when that is not known.</summary>
    private static bool? Simpler(Scene scene, int g)
    {
        var table = scene.Terms(g);
        var hand = table.Find(TermDetector.Each(scene, s => scene.Hand(g, s)), 1);
        var truth = table.Find(TermDetector.Each(scene, s => scene.Truth(g, s)), 1);
        return (hand, truth) switch
        {
            ({ } a, { } t) when a.Term.Factors.Count() != t.Term.Factors.Count() => a.Term.Factors.Count() < t.Term.Factors.Count(),
            ({ }, null) => true,
            (null, { }) => false,
            _ => null,
        };
    }

    private static IEnumerable<Finding> Double(Scene scene, int g, string name, List<(Atom Atom, double[][] Values)> spreads, List<double[]> hand, List<double[]> truth)
    {
        for (var i = 0; i < spreads.Count; i++)
            for (var j = i; j < spreads.Count; j++)
            {
                var (u, v) = (spreads[i], spreads[j]);
                if (u.Atom.Cost + v.Atom.Cost > 4) continue;
                foreach (var missing in new[] { true, false })
                {
                    var (with, without) = missing ? (truth, hand) : (hand, truth);
                    if (Fit.Ratio(with[0], Fit.Times(Fit.Times(without[0], u.Values[0]), v.Values[0])) is null || Factor(scene, with, Times(without, u.Values), v.Values) is null) continue;
                    yield return new(missing ? CauseCode.MissingFactor : CauseCode.ExtraFactor, Plausibility.Search + 2 + u.Atom.Cost + v.Atom.Cost, 0,
                        missing ? $"{name} lacks the factor {u.Atom.Name}·{v.Atom.Name}." : $"{name} has the factor {u.Atom.Name}·{v.Atom.Name} too much.", $"the ratio is that {scene.Extent(g)}",
                        missing ? "multiply by it" : "take it out", "What is the ratio to the true gradient, entry by entry?");
                    yield break;
                }
            }
    }

    internal static List<(Atom Atom, double[][] Values)> Spreads(Scene scene, int g)
    {
        var result = new List<(Atom, double[][])>();
        foreach (var atom in scene.Atoms)
            if (atom.Labels.Length > 0 && Enumerable.Range(0, scene.Count).Select(s => atom.Values[s].TrySpread(scene.Labels(g), scene.Sizes(g, s))).OfType<double[]>().ToArray() is var values && values.Length == scene.Count)
                result.Add((atom, values));
        return result;
    }

    private static List<double[]> Times(List<double[]> a, double[][] b) => [.. a.Select((numbers, s) => Fit.Times(numbers, b[s]))];

    /// <summary>k with a = k·b·c in every sample, c = 1 when null; it must be a number or have a name.</summary>
    private static Factor? Factor(Scene scene, List<double[]> a, List<double[]> b, double[][]? c)
    {
        var k = new List<double>();
        for (var s = 0; s < a.Count; s++)
        {
            var product = c is null ? b[s] : Fit.Times(b[s], c[s]);
            if (Fit.Norm(product) == 0 && Fit.Norm(a[s]) == 0) continue;
            if (Fit.Ratio(a[s], product) is not { } one) return null;
            k.Add(one);
        }
        if (k.Count < Math.Min(2, a.Count)) return null;
        while (k.Count < a.Count) k.Add(k[0]);
        return scene.Factors.Name(k) is var factor && (factor.Named || factor.Fixed) ? factor : null;
    }
}
