using System.Globalization;
using Backprop.Shapes;
using Backprop.Verify;

namespace Backprop.Claims;

/// <summary>The two sides of a statement in one case.</summary>
/// <param name="Agrees">Whether they stand in the relation that is claimed.</param>
/// <param name="Left">The side that the notes state, as text.</param>
/// <param name="Right">What it is compared with, as text.</param>
/// <param name="Note">What is compared, e.g. "autograd"; empty for a plain equation.</param>
public sealed record Comparison(bool Agrees, string Left, string Right, string Note)
{
    private const double Tolerance = 1e-9;

    /// <summary>Whether both sides have one shape: where they have not, their numbers were not compared.</summary>
    public bool SameShape { get; init; } = true;

    /// <summary>Both sides equal: same shape, and every entry to nine digits of the greatest.</summary>
    public static Comparison Equal(Tensor left, Tensor right, string note = "")
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var sameShape = left.shape.AsSpan().SequenceEqual(right.shape);
        return new(sameShape && Near(Host.Numbers(left), Host.Numbers(right)), Show(left), Show(right), note) { SameShape = sameShape };
    }

    /// <summary>Both numbers equal, to nine digits.</summary>
    public static Comparison Equal(double left, double right, string note = "") => new(Near([left], [right]), Show(left), Show(right), note);

    /// <summary>left ≤ right, entry by entry.</summary>
    public static Comparison AtMost(Tensor left, Tensor right, string note = "")
    {
        var (a, b) = (Host.Numbers(left), Host.Numbers(right));
        return new(a.Length == b.Length && a.Zip(b).All(pair => pair.First <= pair.Second), Show(left), Show(right), note);
    }

    /// <summary>left ≤ right.</summary>
    public static Comparison AtMost(double left, double right, string note = "") => new(left <= right, Show(left), Show(right), note);

    /// <summary>left &lt; right.</summary>
    public static Comparison Less(double left, double right, string note = "") => new(left < right, Show(left), Show(right), note);

    /// <summary>A computed number, and what the notes print, with half a unit of its last decimal.</summary>
    public static Comparison Golden(double stated, double computed, int decimals) =>
        new(Math.Abs(stated - computed) <= 0.5001 * Math.Pow(10, -decimals), Show(stated), Show(computed), "computed afresh");

    /// <summary>The shape that comes out, and the one that is stated.</summary>
    public static Comparison Shape(Tensor composed, params long[] stated)
    {
        ArgumentNullException.ThrowIfNull(composed);
        var sameShape = composed.shape.AsSpan().SequenceEqual(stated);
        return new(sameShape, Expect.Show(stated), Expect.Show(composed.shape), "the shape that comes out") { SameShape = sameShape };
    }

    /// <summary>Something that is so or not.</summary>
    public static Comparison True(bool holds, string left, string right) => new(holds, left, right, "");

    /// <summary>A stated gradient of ⟨dy, f⟩ at x, and autograd's, after that has been held against finite differences.</summary>
    /// <param name="stated">What the notes say, which must have x's shape.</param>
    /// <param name="f">The function, in libtorch's operators.</param>
    /// <param name="x">The point.</param>
    /// <param name="dy">The cotangent; left out, 1 for a scalar f.</param>
    /// <exception cref="InvalidOperationException">Autograd and differences do not agree: then nothing can be said about the claim.</exception>
    public static Comparison Gradient(Tensor stated, Func<Tensor, Tensor> f, Tensor x, Tensor? dy = null)
    {
        return Equal(stated, Differentiated(f, x, dy), "autograd");
    }

    /// <summary>One entry of that gradient: the stated derivative of ⟨dy, f⟩ along entry <paramref name="index"/> of x, 0-dimensional.</summary>
    /// <param name="stated">What the notes say.</param>
    /// <param name="f">The function, in libtorch's operators.</param>
    /// <param name="x">The point.</param>
    /// <param name="index">The entry, counted from 0.</param>
    /// <param name="dy">The cotangent; left out, 1 for a scalar f.</param>
    /// <exception cref="InvalidOperationException">Autograd and differences do not agree.</exception>
    public static Comparison Partial(Tensor stated, Func<Tensor, Tensor> f, Tensor x, IReadOnlyList<long> index, Tensor? dy = null) =>
        Equal(stated, index.Aggregate(Differentiated(f, x, dy), (gradient, i) => gradient[i]), "autograd");

    /// <summary>Several statements in one: the first part that does not hold stands for the whole, else the last one.</summary>
    public static Comparison Each(params Comparison[] parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return Array.Find(parts, part => !part.Agrees) ?? parts[^1];
    }

    /// <summary>Autograd's gradient of ⟨dy, f⟩ at x, after finite differences have agreed.</summary>
    private static Tensor Differentiated(Func<Tensor, Tensor> f, Tensor x, Tensor? dy)
    {
        ArgumentNullException.ThrowIfNull(f);
        var cotangent = dy ?? torch.ones_like(f(x));
        var autograd = Autograd.Gradients(inputs => f(inputs[0]), [x], [true], cotangent)[0];
        var differences = FiniteDifference.Gradient(f, x, cotangent);
        // A difference of values near 1 has an error near 1e-10 whatever the size of the derivative.
        if (!Near(Host.Numbers(autograd), Host.Numbers(differences), 1e-5, 1e-2))
            throw new InvalidOperationException($"autograd says {Show(autograd)}, finite differences {Show(differences)}: the claim's formal statement is at a kink, or not what autograd sees.");
        return autograd;
    }

    private static bool Near(double[] left, double[] right, double tolerance = Tolerance, double least = 1e-6)
    {
        var scale = right.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second || Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(scale, least));
    }

    /// <summary>Without the sign of −0, which is another's with another libtorch.</summary>
    private static string Show(Tensor tensor) => Literal.Of(tensor + 0, "G6");

    private static string Show(double number) => number.ToString("G12", CultureInfo.InvariantCulture);
}
