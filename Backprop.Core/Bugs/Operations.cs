using Backprop.Verify;

namespace Backprop.Bugs;

/// <summary>The operations whose wrong backward passes are collected. Where the project has a rule, it is that rule; the others are composed of rules: no formula is written twice.</summary>
public static partial class Operations
{
    /// <summary>A rule of the project, under its own name: forward in libtorch's operators, backward by hand.</summary>
    private static Operation Rule(string name, params Constant[] constants) =>
        Operation.Of(Catalogue.Find(name) ?? throw new ArgumentException($"name: there is no rule '{name}'.", nameof(name))) with { Constants = constants };

    /// <summary>A function of one matrix x, entry by entry or row by row.</summary>
    private static Operation Unary(string name, string summary, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor> backward, params Constant[] constants) =>
        UnaryOf(name, summary, Input.Real("x", "N", "D"), forward, backward, constants);

    private static Operation UnaryOf(string name, string summary, Input input, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor> backward, params Constant[] constants) => new()
    {
        Name = name,
        Summary = summary,
        Inputs = [input],
        Forward = x => forward(x[0]),
        Backward = (dy, x) => [backward(dy, x[0])],
        Constants = constants,
    };
}
