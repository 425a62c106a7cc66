using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>The changes that one slip makes somewhere in a tree. The kinds: a factor or a term lost, doubled or strange; a sign; a number for another; a tensor for
/// another of its shape; and what each operator adds of its own.</summary>
internal sealed class SlipChanges
{
    private readonly Formula formula;
    private readonly Evaluation point;
    private readonly Printer names;
    private readonly List<Candidate> pool = [];
    private readonly List<Number> numbers;
    private Named? inside;
    private Expr? whole;

    /// <summary>A tensor that may stand in a wrong place.</summary>
    private sealed record Candidate(Expr Of, long[] Shape, int Cost);

    internal SlipChanges(Formula formula, Evaluation point, Printer names)
    {
        (this.formula, this.point, this.names) = (formula, point, names);
        numbers = [.. new[] { 2, 0.5 }.Select(value => new Number(Number.Text(value), value)), .. point.Numbers.Keys.Order(StringComparer.Ordinal).Select(name => new Number(name, null))];
        foreach (var input in formula.Inputs) Add(new Leaf(input.Name), 0);
        foreach (var dy in formula.Cotangents) Add(new Leaf(dy), 1);
        var used = Tree.Named(formula.Gradients.SelectMany(gradient => gradient.Forms));
        foreach (var part in used.Concat(Tree.Named(formula.Outputs)))
        {
            if (pool.Exists(other => other.Of is Named named && named.Name == part.Name)) continue;
            // An output that no gradient needs is at hand all the same.
            Add(part, used.Contains(part, ReferenceEqualityComparer.Instance) ? 0 : 2);
            if (part.Body is Apply { Operator: var f }) foreach (var derivative in Algebra.Derivatives(f, part)) Add(derivative, 2);
        }
        for (var i = 0; i < formula.Outputs.Count; i++)
            if (formula.Outputs[i] is not Named) Add(new Named(i == 0 ? "y" : $"y{i}", formula.Outputs[i]), 2);
    }

    /// <summary>Slips in a gradient as a whole.</summary>
    internal IEnumerable<Change> Whole(Expr form, string input)
    {
        yield return new(-form, CauseCode.Sign, "has the sign flipped", 0);
        foreach (var number in numbers)
        {
            yield return new(form * number, CauseCode.Scale, $"is multiplied by {names.Text(number)}", 2);
            yield return new(form / number, CauseCode.Scale, $"is divided by {names.Text(number)}", 2);
        }
        if (Shape(form) is not { } shape) yield break;
        yield return new(formula.Cotangents.Aggregate(form, (one, dy) => Replace(one, dy, Algebra.Ones(new Leaf(dy)))), CauseCode.CotangentIgnored, "has ones where dy belongs, throughout", 1);
        if (shape.Length > 1)
        {
            yield return new(Algebra.RowMean(form, 0), CauseCode.Coupling, "is averaged over the rows", 3);
            yield return new(Algebra.RowSum(form, 0), CauseCode.Coupling, "is summed over the rows, the same for each", 3);
            yield return new(Algebra.Slice(form, 0), CauseCode.Coupling, "is that of the first row for all rows", 3);
            yield return new(Algebra.OnlyRow(form, -1), CauseCode.Duplicates, "has its last row only", 3);
            yield return new(Algebra.OnlyRow(form, 0), CauseCode.Zero, "has its first row only", 3);
        }
        foreach (var dy in formula.Cotangents)
            foreach (var value in formula.Outputs.Where(value => Shape(value) is { Length: > 0 } its && ShapeFit.Same(its, shape)))
                yield return new(new Leaf(dy) * value, CauseCode.WrongArgument, "has the value of the function where its derivative belongs", 3);
        foreach (var derivative in pool.Where(one => one.Of is Product or Sum && ShapeFit.Same(one.Shape, shape)))
            yield return new(form / derivative.Of, CauseCode.MissingFactor, $"lacks the factor {names.Text(derivative.Of)}", 3);
        foreach (var gate in pool.Where(gate => gate.Of is Leaf or Named && !IsCotangent(gate.Of) && ShapeFit.Same(gate.Shape, shape)))
        {
            var text = names.Text(gate.Of);
            yield return new(form * Algebra.Greater(gate.Of, 0), CauseCode.Mask, $"has a mask [{text} > 0] too much", 4);
            yield return new(form * gate.Of * (1 - gate.Of), CauseCode.ExtraFactor, $"has a factor {text} ⊙ (1 − {text}), the derivative of a sigmoid, too much", 4);
            yield return new(form * (1 - Algebra.Square(gate.Of)), CauseCode.ExtraFactor, $"has a factor 1 − {text}², the derivative of tanh, too much", 4);
            yield return new(form * Algebra.Sign(gate.Of), CauseCode.ExtraFactor, $"has a factor sign({text}) too much", 4);
        }
        foreach (var p in pool.Where(one => one.Of is Named { Body: Apply { Operator.Format: "softmax({0})" } } && ShapeFit.Same(one.Shape, shape)))
            yield return new(p.Of * (form - Algebra.RowSum(form * p.Of)), CauseCode.ExtraFactor, "goes through the Jacobian of softmax once too often", 2);
        foreach (var other in formula.Gradients.Where(gradient => gradient.Input != input && Shape(gradient.Forms[0]) is { } its && ShapeFit.Same(its, shape)))
            yield return new(other.Forms[0], CauseCode.Swapped, $"is the gradient of {names.Text(new Leaf(other.Input))}", 2);
        foreach (var stray in pool.Where(stray => ShapeFit.Same(stray.Shape, shape)))
        {
            yield return new(form + stray.Of, CauseCode.ExtraTerm, $"has a term {names.Text(stray.Of)} too much", 5);
            yield return new(form - stray.Of, CauseCode.ExtraTerm, $"has a term −{names.Text(stray.Of)} too much", 5);
        }
        var used = Leaves(form).Where(leaf => !formula.Cotangents.Contains(leaf.Name, StringComparer.Ordinal)).DistinctBy(leaf => leaf.Name, StringComparer.Ordinal).ToList();
        foreach (var leaf in used.Where(leaf => Leaves(form).Count(other => other.Name == leaf.Name) > 1))
            foreach (var other in pool.Where(other => other.Of is Leaf or Named && !IsLeaf(other.Of, leaf.Name) && Shape(leaf) is { } its && ShapeFit.Same(other.Shape, its)))
                yield return new(Replace(form, leaf.Name, other.Of), Slips.Uses(form, leaf, true) ? CauseCode.WrongArgument : CauseCode.Mask, $"has {names.Text(other.Of)} where {names.Text(leaf)} belongs, throughout", 2);
    }

    /// <summary>Every slip somewhere in <paramref name="root"/>: the whole of it with the change made.</summary>
    /// <param name="root">A gradient, or the body of <paramref name="part"/>.</param>
    /// <param name="part">Not to be put into itself.</param>
    /// <param name="gated">Whether the part decides nothing but masks.</param>
    internal IEnumerable<Change> In(Expr root, Named? part = null, bool gated = false)
    {
        (inside, whole) = (part, root);
        return Walk(root, one => one, gated ? Sort.Mask : Sort.Other, false, 0);
    }

    private IEnumerable<Change> Walk(Expr one, Func<Expr, Expr> put, Sort within, bool alone, int nested)
    {
        foreach (var change in At(one))
            yield return change with { Instead = put(change.Instead), Code = Code(one, change, within, alone), Cost = change.Cost + Math.Min(nested, 1) };
        // A sum of everything takes tensors of any shape.
        if (one is Apply { Operator.Format: "Σ({0})", Arguments: [Leaf or Named] } total)
            foreach (var other in pool.Where(other => other.Of is Leaf or Named && !Same(other.Of, total.Arguments[0])))
                yield return new(put(Algebra.Total(other.Of)), CauseCode.WrongArgument, $"sums {names.Text(other.Of)} where it should sum {names.Text(total.Arguments[0])}", 2 + other.Cost);
        // A named part is a leaf here: what goes wrong inside it goes wrong wherever it is used.
        if (one is Named) yield break;
        var place = 0;
        foreach (var child in Tree.Children(one))
        {
            var at = place++;
            var around = one is Apply { Operator.Sort: var sort and (Sort.Mask or Sort.Map) } && within != Sort.Mask ? sort : within;
            var term = alone || (one is Sum { Terms.Count: > 1 } && IsAlone(child));
            foreach (var change in Walk(child, changed => put(Tree.With(one, at, changed)), around, term, one is Apply ? nested + 1 : nested)) yield return change;
        }
    }

    /// <summary>What a change is called where it stands.</summary>
    private string Code(Expr one, Change change, Sort within, bool alone) => change.Code switch
    {
        // A mask of something else is a mask all the same.
        not CauseCode.Shifted when within == Sort.Mask => CauseCode.Mask,
        // A factor inside a function is no scale of the gradient.
        CauseCode.Scale when within == Sort.Map => CauseCode.WrongArgument,
        // Of a regulariser there is then too little or too much.
        CauseCode.Scale when alone => Norm(change.Instead) < Norm(one) ? CauseCode.MissingTerm : CauseCode.ExtraTerm,
        // A gradient that is itself a sum: over too much, not mixed up.
        CauseCode.Coupling when one is Apply && ReferenceEquals(one, whole) => CauseCode.Axis,
        _ => change.Code,
    };

    /// <summary>A term that is an input times numbers, such as a regulariser's.</summary>
    private bool IsAlone(Expr one) => one is Product product && product.Factors.Where(factor => Shape(factor.Of) is not { Length: 0 }).ToList() is [{ Of: Leaf leaf }] && !IsCotangent(leaf);

    private double Norm(Expr one) => point.Variant().Of(one) is { } value ? value.abs().sum().ToDouble() : 0;

    private IEnumerable<Change> At(Expr one) => one switch
    {
        // 1 − p and the like: a number among numbers.
        Sum sum when IsNumber(sum) => [.. Terms(sum), .. Counts(sum)],
        Sum sum => [.. Terms(sum), .. Instead(one, 3)],
        Product product => [.. Factors(product), .. Instead(one, 4)],
        Number number => Numbers(number),
        Leaf or Named => [.. Instead(one, 1), .. ExtraFactors(one, []), .. Transformed(one)],
        Apply apply => [.. apply.Operator.Slips(apply.Arguments), .. apply.Operator.Sort == Sort.Number ? Counts(apply) : [.. Instead(one, 3), .. ExtraFactors(one, [])]],
        _ => [],
    };

    private IEnumerable<Change> Terms(Sum sum)
    {
        var several = sum.Terms.Count > 1;
        for (var i = 0; i < sum.Terms.Count; i++)
        {
            var (at, term) = (i, sum.Terms[i]);
            var text = names.Text(term.Of);
            var constant = term.Of is Number;
            if (several) yield return new(Without(sum.Terms, at), CauseCode.MissingTerm, $"lacks the term {text}", constant ? 4 : 1);
            yield return new(With(term with { Minus = !term.Minus }), CauseCode.Sign, several ? $"has the sign of the term {text} flipped" : "has the sign flipped", 1);
            if (!several || constant) continue;
            foreach (var number in numbers)
            {
                yield return new(With(term with { Of = term.Of * number }), Scaled(term.Of * number), $"has its term {text} multiplied by {names.Text(number)}", 3);
                yield return new(With(term with { Of = term.Of / number }), Scaled(term.Of / number), $"has its term {text} divided by {names.Text(number)}", 3);
            }
            if (sum.Terms.Count > 2) yield return new(term.Minus ? new Sum([term]) : term.Of, CauseCode.MissingTerm, $"has only the term {text}", 4);

            string Scaled(Expr other) => !IsAlone(term.Of) ? CauseCode.Scale : Norm(other) < Norm(term.Of) ? CauseCode.MissingTerm : CauseCode.ExtraTerm;
            Sum With(Term other) => new([.. sum.Terms.Select((old, j) => j == at ? other : old)]);
        }
        if (several) yield return new(-sum, CauseCode.Sign, $"has the sign of {names.Text(sum)} flipped", 1);
        foreach (var extra in ExtraFactors(sum, [])) yield return extra;
    }

    private static Expr Without(IReadOnlyList<Term> terms, int place) =>
        terms.Where((_, i) => i != place).ToList() is [{ Minus: false } only] ? only.Of : new Sum([.. terms.Where((_, i) => i != place)]);

    private IEnumerable<Change> Factors(Product product)
    {
        for (var i = 0; i < product.Factors.Count; i++)
        {
            var (at, factor) = (i, product.Factors[i]);
            var text = names.Text(factor.Of);
            var rest = product.Factors.Where((_, j) => j != at).ToList();
            var number = IsNumber(factor.Of) || (factor.Inverse && Shape(factor.Of) is { Length: 0 } && !Slips.Uses(factor.Of, Algebra.Dy));
            var (code, phrase) = factor.Of switch
            {
                _ when number => (CauseCode.Scale, factor.Inverse ? $"lacks the division by {text}" : $"lacks the factor {text}"),
                Leaf leaf when formula.Cotangents.Contains(leaf.Name, StringComparer.Ordinal) => (CauseCode.CotangentIgnored, $"lacks {text}"),
                _ when IsMask(factor.Of) => (CauseCode.Mask, $"lacks the mask {text}"),
                _ => (CauseCode.MissingFactor, $"lacks the factor {text}"),
            };
            yield return new(rest is [{ Inverse: false } only] ? only.Of : rest.Count == 0 || rest.TrueForAll(other => other.Inverse) ? new Product([new(1, false), .. rest]) : new Product(rest), code, phrase, 0);
            yield return new(new Product([.. product.Factors, factor]), number ? CauseCode.Scale : CauseCode.ExtraFactor, $"has {(factor.Inverse ? "the division by" : "the factor")} {text} twice", number ? 1 : 2);
            yield return new(new Product([.. product.Factors.Select((other, j) => j == at ? other with { Inverse = !other.Inverse } : other).OrderBy(other => other.Inverse)]),
                number ? CauseCode.Scale : CauseCode.WrongArgument, factor.Inverse ? $"multiplies by {text} where it should divide" : $"divides by {text} where it should multiply", 3);
            if (number && !IsNumber(factor.Of))
                foreach (var other in numbers) yield return new(Tree.With(product, at, other), CauseCode.Scale, $"has {names.Text(other)} where {text} belongs", 1);
            if (Shape(factor.Of) is not { } its || Shape(product) is not { } whole) continue;
            foreach (var other in pool.Where(other => !ShapeFit.Same(other.Shape, its) && other.Shape.Length > 0 && ShapeFit.Into(other.Shape, whole) && other.Of is Leaf))
                yield return new(Tree.With(product, at, other.Of), CauseCode.WrongArgument, $"has {names.Text(other.Of)} where {text} belongs", 4);
        }
        foreach (var slope in Algebra.OtherSlopes(product)) yield return slope;
        if (product.Factors.Any(factor => factor.Inverse) && product.Factors.Count(factor => !IsNumber(factor.Of) && !IsCotangent(factor.Of)) > 1)
            yield return new(new Product([.. product.Factors.Select(factor => IsNumber(factor.Of) || IsCotangent(factor.Of) ? factor : factor with { Inverse = !factor.Inverse }).OrderBy(factor => factor.Inverse)]), CauseCode.WrongArgument, "has a fraction upside down", 3);
        if (product.Factors.Count > 2 && product.Factors.Where(factor => factor.Of is not Number && !IsCotangent(factor.Of)).ToList() is { Count: > 1 } own && own.Count < product.Factors.Count)
            yield return new(new Product([.. product.Factors, .. own]), CauseCode.ExtraFactor, $"has the factor {names.Text(new Product(own))} twice", 3);
        foreach (var extra in ExtraFactors(product, product.Factors)) yield return extra;
    }

    /// <summary>A tensor that something has been done to, or was not.</summary>
    private IEnumerable<Change> Transformed(Expr one)
    {
        if (Shape(one) is not { Length: > 0 } shape) yield break;
        var text = names.Text(one);
        yield return new(Algebra.Abs(one), CauseCode.WrongArgument, $"has |{text}| where {text} belongs", 3);
        yield return new(Algebra.Sign(one), CauseCode.WrongArgument, $"has sign({text}) where {text} belongs", 3);
        if (!IsCotangent(one))
        {
            yield return new(1 - one, IsMask(one) ? CauseCode.Mask : CauseCode.WrongArgument, $"has 1 − {text} where {text} belongs", 3);
            yield return new(Algebra.Square(one), CauseCode.ExtraFactor, $"has {text}² where {text} belongs", 3);
        }
        yield return new(one - Algebra.RowMean(one, 0), CauseCode.WrongArgument, $"has {text} less its mean where {text} belongs", 4);
        if (shape.Length < 2 && !IsCotangent(one)) yield break;
        yield return new(Algebra.Like(Algebra.RowMean(one, 0), one), CauseCode.Coupling, $"has the mean of {text} over the rows for every row", 3);
        yield return new(Algebra.Like(Algebra.RowSum(one, 0), one), CauseCode.Coupling, $"has the sum of {text} over the rows for every row", 4);
        yield return new(Algebra.Like(Algebra.Slice(one, 0), one), CauseCode.Coupling, $"has the first row of {text} for every row", 4);
        yield return new(Algebra.Like(Algebra.Slice(one, -1), one), CauseCode.Coupling, $"has the last row of {text} for every row", 4);
        yield return new(Algebra.Roll(one, 1, 0), CauseCode.WrongArgument, $"has the row of {text} before the one that belongs there", 4);
        yield return new(Algebra.Roll(one, -1, 0), CauseCode.WrongArgument, $"has the row of {text} after the one that belongs there", 4);
        yield return new(Algebra.Flip(one, 0), CauseCode.Flipped, $"has the rows of {text} in reverse", 4);
    }

    private IEnumerable<Change> ExtraFactors(Expr one, IReadOnlyList<Factor> factors)
    {
        if (Shape(one) is not { Length: > 0 } shape) yield break;
        foreach (var stray in pool.Where(stray => !ShapeFit.Same(stray.Shape, []) && ShapeFit.Into(stray.Shape, shape) && !factors.Any(factor => Same(factor.Of, stray.Of))))
            // One-hot rows let one column through and stop the others.
            yield return new(one * stray.Of, IsMask(stray.Of) || stray.Of is Named { Body: Apply { Operator.Format: "onehot({0})" } } ? CauseCode.Mask : CauseCode.ExtraFactor, $"has a factor {names.Text(stray.Of)} too much", 2 + stray.Cost);
    }

    private IEnumerable<Change> Instead(Expr one, int cost)
    {
        if (Shape(one) is not { } shape) yield break;
        var text = names.Text(one);
        if (IsCotangent(one)) yield return new(Algebra.Ones(one), CauseCode.CotangentIgnored, $"has ones where {text} belongs", 1);
        var parts = one is Named named ? Parts(named.Body) : Parts(one);
        foreach (var other in pool.Where(other => ShapeFit.Same(other.Shape, shape) && !Same(other.Of, one) && !ReferenceEquals(other.Of, inside)))
        {
            var part = parts.Any(part => Same(part, other.Of)) || (Slips.Uses(other.Of, Algebra.Dy) && other.Of is Leaf or Named && Slips.Uses(one, other.Of));
            // A sum without its other terms is told as such.
            if (part && one is Sum sum && sum.Terms.Any(term => Same(term.Of, other.Of))) continue;
            yield return part
                ? new(other.Of, one is Named { Body: Sum } ? CauseCode.MissingTerm : CauseCode.MissingFactor, $"has {names.Text(other.Of)} alone where {text} belongs", one is Named ? 0 : 2)
                : new(other.Of, CauseCode.WrongArgument, $"has {names.Text(other.Of)} where {text} belongs", cost + other.Cost);
        }
        if (shape.Length > 1 && shape[^1] == shape[^2] && one is Leaf or Named) yield return new(Algebra.T(one), CauseCode.Transpose, $"has {text} transposed", 2);
        if (one is Leaf or Named)
            foreach (var other in pool.Where(other => other.Of is Leaf && !IsCotangent(other.Of) && ShapeFit.Same(other.Shape, shape) && !Same(other.Of, one)))
            {
                yield return new(one + other.Of, CauseCode.ExtraTerm, $"has {text} + {names.Text(other.Of)} where {text} belongs", 4);
                yield return new(one - other.Of, CauseCode.ExtraTerm, $"has {text} − {names.Text(other.Of)} where {text} belongs", 4);
            }
    }

    private static IEnumerable<Expr> Parts(Expr one) => one is Sum or Product ? Tree.Children(one) : [];

    private IEnumerable<Change> Numbers(Number number) =>
        number.Value == 1 ? []
        : number.Value == 0 ? [new(1, CauseCode.Scale, "has 1 where 0 belongs", 3), new(-(Expr)1, CauseCode.Scale, "has −1 where 0 belongs", 4)] : numbers.Where(other => other.Name != number.Name).Select(other => new Change(other, CauseCode.Scale, $"has {names.Text(other)} where {names.Text(number)} belongs", 2));

    private IEnumerable<Change> Counts(Expr count) => numbers.Select(other => new Change(other, CauseCode.Scale, $"has {names.Text(other)} where {names.Text(count)} belongs", 1));

    private void Add(Expr one, int cost)
    {
        if (point.Of(one) is { } value && value.is_floating_point()) pool.Add(new(one, value.shape, cost));
    }

    private long[]? Shape(Expr one) => point.Of(one)?.shape;

    private bool IsCotangent(Expr one) => one is Leaf leaf && formula.Cotangents.Contains(leaf.Name, StringComparer.Ordinal);

    /// <summary>Made of numbers only: a count, N − 1, √2.</summary>
    private static bool IsNumber(Expr one) => one is Number or Apply { Operator.Sort: Sort.Number } || (one is Sum or Product or Apply && Tree.Children(one).Any() && Tree.Children(one).All(IsNumber));

    private static bool IsMask(Expr one) => one is Apply { Operator.Sort: Sort.Mask } or Named { Body: Apply { Operator.Sort: Sort.Mask } } or Leaf { Name: "mask" };

    private static bool IsLeaf(Expr one, string name) => one is Leaf leaf && leaf.Name == name;

    private static bool Same(Expr left, Expr right) => ReferenceEquals(left, right) || (left is Leaf leaf && IsLeaf(right, leaf.Name)) || (left is Named named && right is Named other && named.Name == other.Name);

    private static IEnumerable<Leaf> Leaves(Expr one) => one is Leaf leaf ? [leaf] : one is Named ? [] : Tree.Children(one).SelectMany(Leaves);

    private static Expr Replace(Expr one, string name, Expr other)
    {
        if (one is Leaf leaf) return leaf.Name == name ? other : one;
        if (one is Named) return one;
        var result = one;
        var place = 0;
        foreach (var child in Tree.Children(one).ToList()) result = Tree.With(result, place++, Replace(child, name, other));
        return result;
    }
}
