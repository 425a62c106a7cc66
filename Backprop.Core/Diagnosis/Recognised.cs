using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>A stranger's function that is a formula of the book: which, with which inputs and constants.</summary>
internal sealed record Recognised(Formula Formula, Assignment Assignment, IReadOnlyDictionary<string, double> Constants)
{
    /// <summary>A constant may be one of the user's or a usual one; more combinations than this are not tried.</summary>
    private const int MostCombinations = 64;

    /// <summary>At most so many formulas: two that are equal at every sample explain nothing that one does not.</summary>
    private const int Most = 3;

    /// <summary>The formulas that give the stranger's outputs.</summary>
    internal static IReadOnlyList<Recognised> In(Evidence evidence)
    {
        var found = new List<Recognised>();
        var first = evidence.Samples[0];
        foreach (var formula in FormulaBook.All.OrderBy(formula => formula.Name == evidence.Specimen.Operation ? 0 : 1))
        {
            if (formula.Outputs.Count != first.Outputs.Count) continue;
            foreach (var assignment in Recognition.Assignments(formula.Inputs, evidence.Specimen, first, formula.Loose))
            {
                var one = Combinations(formula, evidence).Select(constants => new Recognised(formula, assignment, constants)).FirstOrDefault(one => Recognition.Matches(evidence, one.Outputs));
                if (one is null) continue;
                found.Add(one);
                break;
            }
            if (found.Count >= Most) break;
        }
        return found;
    }

    /// <summary>The formula's evaluation at a sample; null where the shapes do not fit.</summary>
    internal Evaluation? At(Sample sample)
    {
        var tensors = Assignment.Of(Recognition.Typed(Formula.Inputs, Assignment, sample));
        var binding = new Binding();
        for (var i = 0; i < tensors.Count; i++)
            if (!binding.Take(Formula.Inputs[i], tensors[i].shape) && !Formula.Loose) return null;
        // The stranger's own sizes too: where the formula takes any shape, it has none.
        var numbers = new Dictionary<string, double>(binding.Numbers(Constants), StringComparer.Ordinal);
        foreach (var (letter, size) in sample.Sizes) numbers.TryAdd(letter, size);
        return Formula.At(tensors, sample.Cotangents, numbers);
    }

    /// <summary>What inputs and sizes are called in the stranger's own words.</summary>
    internal IReadOnlyDictionary<string, string> Names(Specimen specimen)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (input, i) in Formula.Inputs.Select((input, i) => (input, i)))
        {
            var theirs = specimen.Inputs[Assignment.Order[i]];
            names[input.Name] = theirs.Name;
            if (theirs.Shape.Count == input.Shape.Count && theirs.Kind != InputKind.Fixed)
                foreach (var (letter, other) in input.Shape.Zip(theirs.Shape))
                    if (letter != Formula.Any) names.TryAdd(letter, other);
        }
        foreach (var (name, value) in Constants)
            names[name] = specimen.Constants.FirstOrDefault(constant => constant.Value == value)?.Name ?? Number.Text(value);
        return names;
    }

    /// <summary>The place among the stranger's gradients of an input of the formula; −1 when it gives none.</summary>
    internal int Place(string input, Specimen specimen)
    {
        var at = Assignment.Order[Formula.Inputs.Select(one => one.Name).ToList().IndexOf(input)];
        return specimen.Places.ToList().IndexOf(at);
    }

    private IReadOnlyList<Tensor>? Outputs(Sample sample)
    {
        if (At(sample) is not { } evaluation) return null;
        var outputs = Formula.Outputs.Select(evaluation.Of).OfType<Tensor>().ToList();
        return outputs.Count == Formula.Outputs.Count ? outputs : null;
    }

    /// <summary>Values for the formula's constants: the user's own by name, the user's own, usual ones.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, double>> Combinations(Formula formula, Evidence evidence)
    {
        var combinations = new List<Dictionary<string, double>> { new(StringComparer.Ordinal) };
        foreach (var choice in formula.Choices)
        {
            var own = evidence.Specimen.Constants.OrderBy(constant => constant.Name == choice.Name ? 0 : 1).Select(constant => constant.Value);
            var values = own.Concat(choice.Likely).Distinct().ToList();
            combinations = [.. combinations.SelectMany(before => values.Select(value => new Dictionary<string, double>(before, StringComparer.Ordinal) { [choice.Name] = value })).Take(MostCombinations)];
        }
        return combinations;
    }
}
