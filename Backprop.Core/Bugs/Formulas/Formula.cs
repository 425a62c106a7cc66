using Backprop.Verify;

namespace Backprop.Bugs.Formulas;

/// <summary>The right gradient of one input, in one or more forms that people write; they are equal.</summary>
/// <param name="Input">The input's name.</param>
/// <param name="Forms">The commonest first.</param>
internal sealed record Gradient(string Input, IReadOnlyList<Expr> Forms);

/// <summary>A number in a formula that each user may choose.</summary>
/// <param name="Name">As in the formula.</param>
/// <param name="Likely">Values that people use, the commonest first.</param>
internal sealed record Choice(string Name, params double[] Likely);

/// <summary>An operation as formulas: its outputs and the gradients of its inputs, from which wrong versions are made by one slip each.</summary>
internal sealed record Formula(string Name, string Summary, IReadOnlyList<Input> Inputs, IReadOnlyList<Expr> Outputs, IReadOnlyList<Gradient> Gradients)
{
    /// <summary>In an input's shape: any dimensions, also none.</summary>
    internal const string Any = "…";

    /// <summary>The numbers that the user chooses.</summary>
    internal IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Whether the sizes of its inputs are only those that it is drawn with: any others of the same number of dimensions do.</summary>
    internal bool Loose { get; init; }

    /// <summary>The names of the cotangents: "dy", or "dy0", "dy1" where there are several outputs.</summary>
    internal IReadOnlyList<string> Cotangents => Outputs.Count == 1 ? ["dy"] : [.. Outputs.Select((_, i) => $"dy{i}")];

    /// <summary>The evaluation of this formula at a point.</summary>
    internal Evaluation At(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys, IReadOnlyDictionary<string, double> numbers) =>
        new(Inputs.Zip(inputs, (input, tensor) => (input.Name, tensor)).Concat(Cotangents.Zip(dys)).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal), numbers);

    /// <summary>As an operation of its own, with the constants at their commonest values.</summary>
    internal Operation Operation()
    {
        var numbers = Choices.ToDictionary(choice => choice.Name, choice => choice.Likely[0], StringComparer.Ordinal);
        var inputs = Inputs.Select(input => input with { Shape = Concrete(input.Shape), Differentiable = Gradients.Any(gradient => gradient.Input == input.Name) }).ToList();
        return new()
        {
            Name = Name,
            Summary = Summary,
            Inputs = inputs,
            Forward = x => At(x, [], Sizes(x, numbers)).Of(Outputs[0]) ?? throw new ArgumentException($"{Name}: the shapes of the inputs do not fit.", nameof(x)),
            Backward = (dy, x) =>
            {
                var evaluation = At(x, [dy], Sizes(x, numbers));
                return [.. inputs.Where(input => input.Differentiable).Select(input => evaluation.Of(Gradients.First(gradient => gradient.Input == input.Name).Forms[0])
                    ?? throw new ArgumentException($"{Name}: the shapes do not fit.", nameof(x)))];
            },
            Constants = [.. Choices.Select(choice => new Constant(choice.Name, choice.Likely[0]))],
        };
    }

    /// <summary>The sizes of the letters at these inputs, beside the constants.</summary>
    internal IReadOnlyDictionary<string, double> Sizes(IReadOnlyList<Tensor> inputs, IReadOnlyDictionary<string, double> constants)
    {
        var binding = new Binding();
        for (var i = 0; i < Inputs.Count; i++) binding.Take(Inputs[i], inputs[i].shape);
        return binding.Numbers(constants);
    }

    private static IReadOnlyList<string> Concrete(IReadOnlyList<string> shape) => shape.Count > 0 && shape[0] == Any ? shape.Count == 1 ? ["N", "D"] : ["N", .. shape.Skip(1)] : shape;
}
