using Backprop.Bugs;
using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.PropertyTests.Bugs.Formulas;

/// <summary>Inputs and cotangents for formulas.</summary>
internal static class Points
{
    /// <summary>Every formula, by name.</summary>
    internal static TheoryData<string> Names => [.. FormulaBook.All.Select(formula => formula.Name)];

    internal static Formula Find(string name) => FormulaBook.All.Single(formula => formula.Name == name);

    /// <summary>A case whose letters are different primes.</summary>
    internal static Case Case(Operation operation, int seed)
    {
        long[] primes = [2, 3, 5, 7, 11, 13];
        var letters = operation.Inputs.SelectMany(input => input.Shape).SelectMany(SizeProduct.Letters).Distinct().ToList();
        primes = primes[..Math.Max(4, letters.Count)];
        new Random(seed).Shuffle(primes);
        return new(seed, letters.Select((letter, i) => (letter, i)).ToDictionary(pair => pair.letter, pair => primes[pair.i]), Values.Ordinary, Layout.Dense);
    }

    internal static IReadOnlyList<Tensor> Inputs(Operation operation, Case @case) => Draw.Inputs(operation.Inputs, @case, torch.float64, torch.CPU);

    internal static IReadOnlyDictionary<string, double> Constants(Formula formula) => formula.Choices.ToDictionary(choice => choice.Name, choice => choice.Likely[0]);

    /// <summary>The formula's evaluation at a case, with a cotangent for each output.</summary>
    internal static Evaluation At(Formula formula, Case @case, IReadOnlyList<Tensor> inputs)
    {
        var numbers = formula.Sizes(inputs, Constants(formula));
        var forward = formula.At(inputs, [], numbers);
        return formula.At(inputs, [.. formula.Outputs.Select((output, i) => Draw.Cotangent(@case, forward.Of(output)!.shape, torch.float64, torch.CPU, i))], numbers);
    }
}
