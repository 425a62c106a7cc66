using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>All formulas that are one slip away from right ones.</summary>
internal static class Slips
{
    /// <summary>Every slip in the gradients of a formula: in one gradient, or in a part that several use.</summary>
    /// <param name="formula">The right one.</param>
    /// <param name="point">An evaluation of it, for the shapes of its parts.</param>
    /// <param name="names">What inputs and sizes are called where the phrase is read.</param>
    internal static IEnumerable<Slip> Of(Formula formula, Evaluation point, Printer names) => All(formula, point, names).Select(Told);

    private static IEnumerable<Slip> All(Formula formula, Evaluation point, Printer names)
    {
        var roots = formula.Gradients.SelectMany(gradient => gradient.Forms.Select((form, i) => (gradient.Input, Form: form, Later: i > 0 ? 1 : 0))).ToList();
        var changes = new SlipChanges(formula, point, names);
        foreach (var (input, form, later) in roots)
        {
            foreach (var change in changes.Whole(form, input))
                yield return new(change.Code, change.Phrase, change.Cost + later, null, [new(input, change.Instead, form)]);
            foreach (var change in changes.In(form))
                yield return new(change.Code, change.Phrase, change.Cost + later, null, [new(input, change.Instead, form)]);
        }
        foreach (var part in Tree.Named(roots.Select(root => root.Form)))
        {
            var users = roots.Where(root => Uses(root.Form, part)).ToList();
            // A part of the forward pass that the backward pass only reuses is seldom computed wrongly; one that dy flows through often is.
            var unlikely = Uses(part, Algebra.Dy) ? 0 : 1;
            var gated = !users.Any(root => Uses(root.Form, part, true));
            foreach (var change in changes.In(part.Body, part, gated).Prepend(new(-part.Body, gated ? CauseCode.Mask : CauseCode.Sign, $"has {part.Name} with the sign flipped", 0)))
            {
                var wrong = part with { Body = change.Instead };
                yield return new(change.Code, change.Phrase, change.Cost + unlikely, part, [.. users.Select(root => new WrongForm(root.Input, Tree.Exchange(root.Form, part, wrong), root.Form))]);
            }
        }
    }

    /// <summary>What loses the cotangent on the way is told as that.</summary>
    private static Slip Told(Slip slip) =>
        slip.Wrong.All(form => Uses(form.Right, Algebra.Dy) && !Uses(form.Wrong, Algebra.Dy)) ? slip with { Code = CauseCode.CotangentIgnored }
        // Lost in one term of several: what is left is no multiple of dy.
        : slip.Code == CauseCode.CotangentIgnored && slip.Wrong.Any(form => form.Right is Sum && Uses(form.Wrong, Algebra.Dy)) && slip.Part is null && !slip.Phrase.Contains("ones", StringComparison.Ordinal) ? slip with { Code = CauseCode.NotLinear }
        : slip;

    /// <summary>Whether <paramref name="part"/> occurs in <paramref name="root"/>; a leaf is known by its name, and dy is any cotangent.</summary>
    /// <param name="root">Where to look.</param>
    /// <param name="part">What for.</param>
    /// <param name="ungated">Not inside masks.</param>
    internal static bool Uses(Expr root, Expr part, bool ungated = false)
    {
        var seen = new HashSet<Expr>(ReferenceEqualityComparer.Instance);
        bool Visit(Expr one) => seen.Add(one) && (ReferenceEquals(one, part)
            || (one is Leaf leaf && part is Leaf other && (leaf.Name == other.Name || (other.Name == "dy" && leaf.Name is "dy0" or "dy1" or "dy2")))
            || (!(ungated && one is Apply { Operator.Sort: Sort.Mask }) && Tree.Children(one).Any(Visit)));
        return Visit(root);
    }
}
