namespace Backprop.Bugs.Formulas;

/// <summary>A formula over tensors, as a tree. A part that is used twice is one object: it is evaluated once, and a slip in it reaches every place that uses it.</summary>
internal abstract record Expr
{
    public static implicit operator Expr(double value) => new Number(Number.Text(value), value);

    public static Expr operator +(Expr left, Expr right) => new Sum([.. Sum.Split(left, false), .. Sum.Split(right, false)]);

    public static Expr operator -(Expr left, Expr right) => new Sum([.. Sum.Split(left, false), .. Sum.Split(right, true)]);

    public static Expr operator -(Expr one) => new Sum(Sum.Split(one, true));

    public static Expr operator *(Expr left, Expr right) => Multiply(left, right, false);

    public static Expr operator /(Expr left, Expr right) => Multiply(left, right, true);

    /// <summary>−a · b is −(a · b), so that the sign of a product is in one place.</summary>
    private static Expr Multiply(Expr left, Expr right, bool inverse) =>
        left is Sum { Terms: [{ Minus: true } term] } ? -Multiply(term.Of, right, inverse)
        : new Product([.. Product.Split(left), .. inverse ? [new Factor(right, true)] : Product.Split(right)]);
}

/// <summary>An input or a cotangent.</summary>
internal sealed record Leaf(string Name) : Expr;

/// <summary>A number: a literal, or with no value a size or a constant that the evaluation knows by its name.</summary>
internal sealed record Number(string Name, double? Value) : Expr
{
    internal static string Text(double value) => value switch
    {
        0.5 => "½",
        0.25 => "¼",
        _ => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>A term of a sum.</summary>
internal sealed record Term(Expr Of, bool Minus);

/// <summary>a + b − c.</summary>
internal sealed record Sum(IReadOnlyList<Term> Terms) : Expr
{
    internal static IReadOnlyList<Term> Split(Expr one, bool minus) =>
        one is Sum sum ? [.. sum.Terms.Select(term => minus ? new Term(term.Of, !term.Minus) : term)] : [new Term(one, minus)];
}

/// <summary>A factor of a product; an inverse one divides.</summary>
internal sealed record Factor(Expr Of, bool Inverse);

/// <summary>a · b / c, entry by entry.</summary>
internal sealed record Product(IReadOnlyList<Factor> Factors) : Expr
{
    internal static IReadOnlyList<Factor> Split(Expr one) => one is Product product ? product.Factors : [new Factor(one, false)];
}

/// <summary>A function of tensors.</summary>
internal sealed record Apply(Operator Operator, IReadOnlyList<Expr> Arguments) : Expr;

/// <summary>An intermediate value with a name: a slip in its body reaches all that use it.</summary>
internal sealed record Named(string Name, Expr Body) : Expr;

/// <summary>One thing that can go wrong at a place of a formula.</summary>
/// <param name="Instead">What stands there then.</param>
/// <param name="Code">See <see cref="Verify.CauseCode"/>.</param>
/// <param name="Phrase">After the gradient's name: "lacks the factor 1 − y".</param>
/// <param name="Cost">How unlikely: 0 for the commonest.</param>
internal sealed record Change(Expr Instead, string Code, string Phrase, int Cost);

/// <summary>What an operator is to those who look for slips.</summary>
internal enum Sort
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Entry by entry, of one tensor.</summary>
    Map,

    /// <summary>Zeros and ones.</summary>
    Mask,

    /// <summary>A number, such as a count.</summary>
    Number,
}

/// <summary>A function of tensors: how it is computed, how it is written, and the slips that are its own.</summary>
/// <param name="Format">How it is written; {0} is the first argument.</param>
/// <param name="Evaluate">Null where the arguments do not fit.</param>
internal sealed record Operator(string Format, Func<IReadOnlyList<Tensor>, Tensor?> Evaluate)
{
    /// <summary>What kind it is of.</summary>
    internal Sort Sort { get; init; }

    /// <summary>Whether its text needs brackets as a factor.</summary>
    internal bool Loose { get; init; }

    /// <summary>The slips that are this operator's own, given its arguments.</summary>
    internal Func<IReadOnlyList<Expr>, IEnumerable<Change>> Slips { get; init; } = _ => [];

    internal Expr Of(params Expr[] arguments) => new Apply(this, arguments);
}
