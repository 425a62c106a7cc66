using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>The words in which formulas are written: leaves, functions entry by entry, masks. Each operator brings the slips that are its own.</summary>
internal static partial class Algebra
{
    /// <summary>The cotangent of a function with one output.</summary>
    internal static Leaf Dy { get; } = new("dy");

    internal static Leaf Leaf(string name) => new(name);

    /// <summary>A size or a constant, by name.</summary>
    internal static Number Number(string name) => new(name, null);

    internal static Named Let(string name, Expr body) => new(name, body);

    private static readonly Operator SigmoidOf = Map("σ({0})", x => x.sigmoid());
    private static readonly Operator TanhOf = Map("tanh({0})", x => x.tanh());
    private static readonly Operator ReluOf = Map("relu({0})", x => x.relu());
    private static readonly Operator ExpOf = Map("exp({0})", x => x.exp());
    private static readonly Operator LogOf = Map("log({0})", x => x.log());
    private static readonly Operator Log1POf = Map("log(1 + {0})", x => x.log1p());
    private static readonly Operator SqrtOf = Map("√({0})", x => x.sqrt());
    private static readonly Operator AbsOf = Map("|{0}|", x => x.abs());
    private static readonly Operator SignOf = Map("sign({0})", x => x.sign(), x => [new(Greater(x, 0), CauseCode.Mask, "has a mask where a sign belongs", 2), new(1, CauseCode.MissingFactor, "lacks a sign", 1)]);
    private static readonly Operator ErfOf = Map("erf({0})", x => x.erf());
    private static readonly Operator SinOf = Map("sin({0})", x => x.sin(), x => [new(Cos(x), CauseCode.WrongArgument, $"has cos where sin belongs", 2)]);
    private static readonly Operator CosOf = Map("cos({0})", x => x.cos(), x => [new(Sin(x), CauseCode.WrongArgument, $"has sin where cos belongs", 2)]);

    /// <summary>log(1 + eˣ), without overflow.</summary>
    private static readonly Operator SoftplusOf = Map("softplus({0})", x => x.abs().neg().exp().log1p() + x.relu());

    private static readonly Operator SquareOf = new("{0}²", x => x[0] * x[0])
    {
        Sort = Sort.Map,
        Slips = x => [new(x[0], CauseCode.MissingFactor, "lacks a square", 1), new(x[0] * x[0] * x[0], CauseCode.ExtraFactor, "has a cube where a square belongs", 3), new(2 * x[0], CauseCode.WrongArgument, "has twice a value where its square belongs", 3)],
    };

    private static readonly Operator CubeOf = new("{0}³", x => x[0] * x[0] * x[0])
    {
        Sort = Sort.Map,
        Slips = x => [new(Square(x[0]), CauseCode.MissingFactor, "has a square where a cube belongs", 1), new(x[0], CauseCode.MissingFactor, "lacks a cube", 2)],
    };

    private static readonly Operator PowerOf = new("{0}^{1}", x => ShapeFit.Together(x[0].shape, x[1].shape) ? x[0].pow(x[1]) : null)
    {
        Slips = x => [new(x[0], CauseCode.MissingFactor, "lacks a power", 2), new(Power(x[0], x[1] - 1), CauseCode.Scale, "has a power one too low", 2), new(Power(x[0], x[1] + 1), CauseCode.ExtraFactor, "has a power one too high", 2)],
    };

    private static readonly Operator MaximumOf = new("max({0}, {1})", x => ShapeFit.Together(x[0].shape, x[1].shape) ? torch.maximum(x[0], x[1]) : null)
    {
        Slips = x => [new(x[0], CauseCode.Mask, "lacks a clamp", 1), new(Minimum(x[0], x[1]), CauseCode.Mask, "has a minimum where a maximum belongs", 2)],
    };

    private static readonly Operator MinimumOf = new("min({0}, {1})", x => ShapeFit.Together(x[0].shape, x[1].shape) ? torch.minimum(x[0], x[1]) : null)
    {
        Slips = x => [new(x[0], CauseCode.Mask, "lacks a clamp", 1), new(Maximum(x[0], x[1]), CauseCode.Mask, "has a maximum where a minimum belongs", 2)],
    };

    internal static Expr Sigmoid(Expr x) => SigmoidOf.Of(x);

    internal static Expr Tanh(Expr x) => TanhOf.Of(x);

    internal static Expr Relu(Expr x) => ReluOf.Of(x);

    internal static Expr Exp(Expr x) => ExpOf.Of(x);

    internal static Expr Log(Expr x) => LogOf.Of(x);

    internal static Expr Log1P(Expr x) => Log1POf.Of(x);

    internal static Expr Sqrt(Expr x) => SqrtOf.Of(x);

    internal static Expr Abs(Expr x) => AbsOf.Of(x);

    internal static Expr Sign(Expr x) => SignOf.Of(x);

    internal static Expr Erf(Expr x) => ErfOf.Of(x);

    internal static Expr Sin(Expr x) => SinOf.Of(x);

    internal static Expr Cos(Expr x) => CosOf.Of(x);

    internal static Expr Softplus(Expr x) => SoftplusOf.Of(x);

    internal static Expr Square(Expr x) => SquareOf.Of(x);

    internal static Expr Cube(Expr x) => CubeOf.Of(x);

    internal static Expr Power(Expr x, Expr exponent) => PowerOf.Of(x, exponent);

    internal static Expr Maximum(Expr a, Expr b) => MaximumOf.Of(a, b);

    internal static Expr Minimum(Expr a, Expr b) => MinimumOf.Of(a, b);

    /// <summary>1 where a &gt; b, else 0.</summary>
    internal static Expr Greater(Expr a, Expr b) => Compare(">", a, b, (x, y) => x.gt(y));

    /// <summary>1 where a ≥ b, else 0.</summary>
    internal static Expr AtLeast(Expr a, Expr b) => Compare("≥", a, b, (x, y) => x.ge(y));

    /// <summary>1 where a &lt; b, else 0.</summary>
    internal static Expr Less(Expr a, Expr b) => Compare("<", a, b, (x, y) => x.lt(y));

    /// <summary>1 where a ≤ b, else 0.</summary>
    internal static Expr AtMost(Expr a, Expr b) => Compare("≤", a, b, (x, y) => x.le(y));

    /// <summary>1 where a = b, else 0.</summary>
    internal static Expr Same(Expr a, Expr b) => Compare("=", a, b, (x, y) => x.eq(y));

    /// <summary>1 where a ≠ b, else 0.</summary>
    internal static Expr Differ(Expr a, Expr b) => Compare("≠", a, b, (x, y) => x.ne(y));

    private static Apply Compare(string sign, Expr a, Expr b, Func<Tensor, Tensor, Tensor> compare) => new(new($"[{{0}} {sign} {{1}}]", x => ShapeFit.Together(x[0].shape, x[1].shape) ? compare(x[0], x[1]).to_type(torch.float64) : null)
    {
        Sort = Sort.Mask,
        Slips = x =>
        [
            new(1 - Compare(sign, a, b, compare), CauseCode.Mask, "has its mask inverted", 1),
            new(1, CauseCode.Mask, "lacks its mask", 0),
            new(Sign(a - b), CauseCode.Mask, "has a sign where a mask belongs", 3),
            new(a - b, CauseCode.Mask, "has the value where its mask belongs", 2),
            new(Relu(a - b), CauseCode.Mask, "has the value where its mask belongs", 2),
            .. sign switch
            {
                ">" => (IEnumerable<Change>)[new(AtLeast(a, b), CauseCode.Mask, "has ≥ where > belongs", 2)],
                "≥" => [new(Greater(a, b), CauseCode.Mask, "has > where ≥ belongs", 2)],
                "<" => [new(AtMost(a, b), CauseCode.Mask, "has ≤ where < belongs", 2)],
                "≤" => [new(Less(a, b), CauseCode.Mask, "has < where ≤ belongs", 2)],
                _ => [],
            },
            new(Compare(sign, -a, b, compare), CauseCode.Mask, "has a mask of the opposite value", 3),
        ],
    }, [a, b]);

    /// <summary>The derivative of a function where its value is <paramref name="y"/>: a factor that is easily written once too often.</summary>
    internal static IEnumerable<Expr> Derivatives(Operator f, Expr y) =>
        ReferenceEquals(f, SigmoidOf) || f.Format.StartsWith("softmax", StringComparison.Ordinal) ? [y * (1 - y)]
        : ReferenceEquals(f, TanhOf) ? [1 - Square(y)]
        : ReferenceEquals(f, ReluOf) ? [Greater(y, 0)]
        : [];

    /// <summary>The derivative of one activation where that of another belongs: y (1 − y) and 1 − y² in a product.</summary>
    internal static IEnumerable<Change> OtherSlopes(Product product)
    {
        foreach (var one in product.Factors)
        {
            if (one.Of is Sum { Terms: [{ Of: Number { Value: 1 }, Minus: false }, { Of: Apply { Arguments: [var y] } square, Minus: true }] } && ReferenceEquals(square.Operator, SquareOf))
            {
                yield return new(With([one], y * (1 - y)), CauseCode.WrongArgument, "has the derivative of a sigmoid where that of tanh belongs", 2);
                yield return new(With([one], Greater(y, 0)), CauseCode.WrongArgument, "has the derivative of relu where that of tanh belongs", 3);
                if (y is Named { Body: Apply { Arguments: [var z] } }) yield return new(With([one], Sigmoid(z) * (1 - Sigmoid(z))), CauseCode.WrongArgument, "has the derivative of a sigmoid where that of tanh belongs", 3);
            }
            if (one.Of is not Sum { Terms: [{ Of: Number { Value: 1 }, Minus: false }, { Minus: true, Of: var p }] }) continue;
            if (product.Factors.FirstOrDefault(other => ReferenceEquals(other.Of, p) && !other.Inverse) is not { } its) continue;
            yield return new(With([one, its], 1), CauseCode.MissingFactor, "lacks the derivative of a sigmoid", 1);
            yield return new(With([one, its], 1 - Square(p)), CauseCode.WrongArgument, "has the derivative of tanh where that of a sigmoid belongs", 2);
            yield return new(With([one, its], Greater(p, 0)), CauseCode.WrongArgument, "has the derivative of relu where that of a sigmoid belongs", 3);
            if (p is Named { Body: Apply { Arguments: [var inner] } }) yield return new(With([one, its], 1 - Square(Tanh(inner))), CauseCode.WrongArgument, "has the derivative of tanh where that of a sigmoid belongs", 3);
        }

        Product With(IReadOnlyList<Factor> old, Expr slope) => new([.. product.Factors.Where(factor => !old.Contains(factor, ReferenceEqualityComparer.Instance)), new(slope, false)]);
    }

    private static Operator Map(string format, Func<Tensor, Tensor> f, Func<Expr, IEnumerable<Change>>? slips = null)
    {
        var name = format.Replace("({0})", "", StringComparison.Ordinal).Replace("{0}", "·", StringComparison.Ordinal);
        Operator? self = null;
        return self = new(format, x => f(x[0]))
        {
            Sort = Sort.Map,
            Slips = x =>
            [
                new(x[0], CauseCode.WrongArgument, $"lacks a {name}", 2),
                new(self!.Of(self.Of(x[0])), CauseCode.WrongArgument, $"applies {name} twice", 2),
                new(self.Of(-x[0]), CauseCode.Sign, $"has the sign of {name}'s argument flipped", 2),
                .. slips?.Invoke(x[0]) ?? [],
            ],
        };
    }
}
