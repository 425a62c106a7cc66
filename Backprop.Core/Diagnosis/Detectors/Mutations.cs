using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Most wrong gradients are one slip away from the right formula. Where the stranger's function is an operation of the book, every formula one slip away is
/// evaluated at the stranger's own inputs; one that gives the stranger's gradient at every sample says what the slip is, though nobody wrote that wrong version down.</summary>
internal sealed class Mutations : IDetector
{
    /// <summary>Frobenius-relative, at every sample.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Explanations told for one gradient.</summary>
    private const int Most = 3;

    /// <summary>Fewer numbers than this are a multiple of one another too easily.</summary>
    private const int FewestEntries = 4;

    /// <summary>Slips tried for one formula.</summary>
    private const int MostSlips = 8000;

    private readonly PerEvidence<IReadOnlyDictionary<int, IReadOnlyList<Finding>>> _explained = new(Explain);

    public IEnumerable<Finding> Look(Evidence evidence, int g) => _explained.Of(evidence).GetValueOrDefault(g, []);

    /// <summary>A slip that gives the stranger's gradient.</summary>
    private sealed record Hit(Slip Slip, WrongForm Form, double Residual, Recognised Of, IReadOnlyDictionary<string, string> Names);

    private static Dictionary<int, IReadOnlyList<Finding>> Explain(Evidence evidence)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        var hits = new Dictionary<int, List<Hit>>();
        var recognised = Recognised.In(evidence);
        foreach (var one in recognised) Explain(evidence, one, hits, Worst);
        var found = hits.ToDictionary(pair => pair.Key, pair => Findings(evidence, pair.Key, hits));
        // Two slips, one of them a sign or a constant in front: only where one alone explains nothing.
        var left = evidence.WrongPlaces.Where(g => !found.ContainsKey(g) && evidence.Samples.All(sample => sample.Hand[g].Numbers.Length >= FewestEntries)
            && evidence.Samples.Any(sample => !(Aligned(sample.Truth[g].Numbers, sample.Hand[g].Numbers).Residual <= 10 * Tolerance))).ToList();
        if (left.Count == 0) return found;
        var pairs = new Dictionary<int, List<Hit>>();
        foreach (var one in recognised) Explain(evidence with { WrongPlaces = left }, one, pairs, (all, points, wrong, g) => Proportional(all, points, wrong, g)?.Residual);
        foreach (var (g, both) in pairs) found[g] = Pairs(evidence, g, both);
        return found;
    }

    private static void Explain(Evidence evidence, Recognised recognised, Dictionary<int, List<Hit>> hits, Func<Evidence, IReadOnlyList<Evaluation>, Expr, int, double?> fits)
    {
        var points = evidence.Samples.Select(recognised.At).OfType<Evaluation>().ToList();
        if (points.Count < evidence.Samples.Count || points.Count < 2) return;
        var names = recognised.Names(evidence.Specimen);
        var formula = Right(evidence, recognised, points);
        // Known beforehand, so that a slip costs only what it changes.
        foreach (var point in points) foreach (var gradient in formula.Gradients) foreach (var form in gradient.Forms) point.Of(form);
        var wrong = evidence.WrongPlaces.Where(g => evidence.Samples.Any(sample => sample.Hand[g].Greatest > 0)).ToHashSet();
        foreach (var slip in Slips.Of(formula, points[0], new(names)).Take(MostSlips))
            foreach (var form in slip.Wrong)
            {
                var g = recognised.Place(form.Input, evidence.Specimen);
                if (!wrong.Contains(g)) continue;
                if (fits(evidence, points, form.Wrong, g) is { } residual) (hits.TryGetValue(g, out var all) ? all : hits[g] = []).Add(new(slip, form, residual, recognised, names));
            }
    }

    /// <summary>The formula with those of its forms that are right at these inputs: one that holds for probabilities only is of no use where rows do not sum to 1.</summary>
    private static Formula Right(Evidence evidence, Recognised recognised, IReadOnlyList<Evaluation> points) => recognised.Formula with
    {
        Gradients = [.. from gradient in recognised.Formula.Gradients
                        let g = recognised.Place(gradient.Input, evidence.Specimen)
                        let forms = gradient.Forms.Where(form => g < 0 ? points[0].Of(form) is not null : evidence.Samples.Select((sample, i) => Residual(points[i], form, sample.Truth[g])).All(residual => residual <= Tolerance)).ToList()
                        where forms.Count > 0
                        select gradient with { Forms = forms }],
    };

    /// <summary>The worst residual over the samples; null when it fits one of them not at all, or no better than the right gradient does.</summary>
    private static double? Worst(Evidence evidence, IReadOnlyList<Evaluation> points, Expr wrong, int g)
    {
        var (worst, truth) = (0.0, 0.0);
        for (var i = 0; i < points.Count; i++)
        {
            var residual = Residual(points[i], wrong, evidence.Samples[i].Hand[g]);
            if (!(residual <= Tolerance)) return null;
            worst = Math.Max(worst, residual);
            truth = Math.Max(truth, Recognition.Distance(evidence.Samples[i].Truth[g].Numbers, evidence.Samples[i].Hand[g].Numbers));
        }
        return worst <= 0.1 * truth ? worst : null;
    }

    /// <summary>A constant that a wrong version must be multiplied by to be the stranger's gradient: it has a name, the same at every sample.</summary>
    private sealed record Multiple(string Name, bool Minus, double Residual);

    /// <summary>The multiple of <paramref name="numbers"/> nearest to the others, and how far off it is.</summary>
    private static (double Ratio, double Residual) Aligned(double[] numbers, double[] others)
    {
        var ratio = numbers.Zip(others, (a, b) => a * b).Sum() / numbers.Sum(a => a * a);
        return (ratio, Recognition.Distance([.. numbers.Select(a => ratio * a)], others));
    }

    private static Multiple? Proportional(Evidence evidence, IReadOnlyList<Evaluation> points, Expr wrong, int g)
    {
        var (ratios, worst) = (new List<double>(), 0.0);
        for (var i = 0; i < points.Count; i++)
        {
            using var scope = torch.NewDisposeScope();
            var block = evidence.Samples[i].Hand[g];
            if (points[i].Variant().Of(wrong) is not { } value || !ShapeFit.Same(value.shape, block.Shape)) return null;
            var numbers = Host.Numbers(value);
            var (ratio, residual) = Aligned(numbers, block.Numbers);
            if (!(residual <= Tolerance)) return null;
            ratios.Add(ratio);
            worst = Math.Max(worst, residual);
        }
        bool Is(Func<Evaluation, double> constant, double sign) => ratios.Zip(points).All(pair => Math.Abs(pair.First / (sign * constant(pair.Second)) - 1) <= Tolerance);
        var names = points[0].Numbers.Keys.Order(StringComparer.Ordinal).ToList();
        foreach (var sign in new[] { 1.0, -1.0 })
        {
            if (sign < 0 && Is(_ => 1, sign)) return new("1", true, worst);
            if (Is(_ => 2, sign)) return new("2", sign < 0, worst);
            if (Is(_ => 0.5, sign)) return new("½", sign < 0, worst);
            if (names.Find(name => Is(point => point.Numbers[name], sign)) is { } times) return new(times, sign < 0, worst);
            if (names.Find(name => Is(point => 1 / point.Numbers[name], sign)) is { } over) return new("1/" + over, sign < 0, worst);
        }
        return null;
    }

    /// <summary>The likeliest slip together with the constant, one finding for each of the two.</summary>
    private static IReadOnlyList<Finding> Pairs(Evidence evidence, int g, List<Hit> hits)
    {
        var hit = hits.Where(hit => hit.Slip.Code is not (CauseCode.Scale or CauseCode.Sign)).MinBy(hit => hit.Slip.Cost);
        if (hit is null) return [];
        var points = evidence.Samples.Select(hit.Of.At).OfType<Evaluation>().ToList();
        if (Proportional(evidence, points, hit.Form.Wrong, g) is not { } multiple) return [];
        var factor = (multiple.Minus ? "−" : "") + multiple.Name;
        var slip = Finding(evidence, g, hit, [g]);
        var name = "d" + evidence.InputName(g);
        return
        [
            slip with { Rank = Plausibility.Pattern, Text = $"{slip.Text[..^1]}, and the whole is multiplied by {factor}.", Evidence = $"two slips together: {name} = {factor} · ({new Printer(hit.Names).Whole(hit.Form.Wrong)}) (residual {multiple.Residual:0.0e0})" },
            slip with { Code = multiple.Name == "1" ? CauseCode.Sign : CauseCode.Scale, Rank = Plausibility.Pattern + 1, Text = $"{name} is multiplied by {factor}, and {hit.Slip.Phrase}." },
        ];
    }

    private static double Residual(Evaluation point, Expr one, Block block)
    {
        using var scope = torch.NewDisposeScope();
        return point.Variant().Of(one) is { } value && ShapeFit.Into(value.shape, block.Shape)
            ? Recognition.Distance(Host.Numbers(ShapeFit.Same(value.shape, block.Shape) ? value : value.expand(block.Shape)), block.Numbers)
            : double.PositiveInfinity;
    }

    private static IReadOnlyList<Finding> Findings(Evidence evidence, int g, Dictionary<int, List<Hit>> hits)
    {
        List<int> Places(Hit hit) => hit.Slip.Part is null ? [g] : [.. hits.Where(pair => pair.Value.Exists(other => ReferenceEquals(other.Slip, hit.Slip))).Select(pair => pair.Key).Order()];
        return
        [
            .. hits[g].Select(hit => (hit, places: Places(hit)))
                .OrderBy(pair => pair.hit.Slip.Cost - (pair.places.Count > 1 ? 2 : 0))
                .DistinctBy(pair => pair.hit.Slip.Code).Take(Most)
                .Select(pair => Finding(evidence, g, pair.hit, pair.places)),
        ];
    }

    private static Finding Finding(Evidence evidence, int g, Hit hit, List<int> places)
    {
        var printer = new Printer(hit.Names);
        var name = "d" + evidence.InputName(g);
        var where = hit.Slip.Part is { } part ? $" in {part.Name}" : "";
        var all = string.Join(", ", places.Select(place => "d" + evidence.InputName(place)));
        return new(hit.Slip.Code, Plausibility.Mutation + Math.Clamp(hit.Slip.Cost - (places.Count > 1 ? 1 : 0), 0, 9), hit.Residual,
            $"{name} {hit.Slip.Phrase}{where}.",
            $"{all} {(places.Count > 1 ? "are" : "is")} exactly that at all {evidence.Samples.Count} samples: {name} = {printer.Whole(hit.Form.Wrong)} (residual {hit.Residual:0.0e0}), an operation known as {hit.Of.Formula.Name}.",
            $"{name} = {printer.Whole(hit.Form.Right)}")
        { Places = places.Count > 1 ? places : null };
    }
}
