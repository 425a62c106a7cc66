using Backprop.Verify;
using static Backprop.Bugs.Formulas.Algebra;

namespace Backprop.Bugs.Formulas;

/// <summary>Operations as formulas. One part a family: see the files beside this one. Where people write a gradient in several ways, each is a form.</summary>
internal static partial class FormulaBook
{
    /// <summary>All of them, the commonest first.</summary>
    internal static IReadOnlyList<Formula> All { get; } =
    [
        .. Activations(), .. Elementwise(), .. Linears(), .. Softmaxes(), .. Losses(), .. Norms(), .. Networks(), .. Tables(), .. Signals(), .. Models(),
    ];

    /// <summary>An input of any shape.</summary>
    private static Input Free(string name) => Input.Real(name, Formula.Any);

    /// <summary>An input of any shape, of numbers from 0.1 to 3.</summary>
    private static Input FreePositive(string name) => Input.Positive(name, Formula.Any);

    private static Gradient D(string input, params Expr[] forms) => new(input, forms);

    /// <summary>A function of one tensor x, entry by entry.</summary>
    private static Formula Unary(string name, string summary, Func<Expr, Expr> y, Func<Expr, Expr, Expr[]> dx, params Choice[] choices) => UnaryOf(name, summary, Free("x"), y, dx, choices);

    private static Formula UnaryOf(string name, string summary, Input input, Func<Expr, Expr> y, Func<Expr, Expr, Expr[]> dx, params Choice[] choices)
    {
        var x = Leaf(input.Name);
        var value = Let("y", y(x));
        return new(name, summary, [input], [value], [new(input.Name, dx(x, value))]) { Choices = choices };
    }
}
