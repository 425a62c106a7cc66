using System.Runtime.CompilerServices;
using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Which inputs of a stranger's function stand for which of an operation's.</summary>
/// <param name="Order">For each input of the operation, the place of the stranger's.</param>
internal sealed record Assignment(IReadOnlyList<int> Order)
{
    internal IReadOnlyList<Tensor> Of(IReadOnlyList<Tensor> inputs) => [.. Order.Select(place => inputs[place])];
}

/// <summary>Finds out what a stranger's function computes: its outputs at the samples are those of an operation, exactly.</summary>
internal static class Recognition
{
    /// <summary>Relative, of the outputs: rounding apart nothing may differ.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>More assignments than this are not tried; with more inputs than four only the order as given, and the like.</summary>
    private const int MostAssignments = 24;

    /// <summary>The ways to give a stranger's inputs to these, by shapes and kinds; the order as given first. Where <paramref name="loose"/>, by the number of dimensions alone.</summary>
    internal static IEnumerable<Assignment> Assignments(IReadOnlyList<Input> inputs, Specimen specimen, Sample sample, bool loose = false)
    {
        if (inputs.Count != sample.Tensors.Count) return [];
        var order = new int[inputs.Count];
        var found = new List<Assignment>();
        Place(0, new Binding(), new bool[inputs.Count]);
        return found;

        void Place(int next, Binding binding, bool[] used)
        {
            if (found.Count >= MostAssignments) return;
            if (next == order.Length)
            {
                found.Add(new([.. order]));
                return;
            }
            // Its own place first, so that the order as given is the first found.
            foreach (var place in Enumerable.Range(0, order.Length).OrderBy(place => place == next ? 0 : 1))
            {
                if (used[place] || (order.Length > 6 && place != next) || !Alike(inputs[next], specimen.Inputs[place], sample.Tensors[place])) continue;
                var extended = binding.Copy();
                if (!extended.Take(inputs[next], sample.Tensors[place].shape) && !(loose && inputs[next].Shape.Count == sample.Tensors[place].shape.Length)) continue;
                (used[place], order[next]) = (true, place);
                Place(next + 1, extended, used);
                used[place] = false;
            }
        }
    }

    /// <summary>Whether the outputs are equal at every sample.</summary>
    internal static bool Matches(Evidence evidence, Func<Sample, IReadOnlyList<Tensor>?> outputs)
    {
        var seen = false;
        foreach (var sample in evidence.Samples)
        {
            using var scope = torch.NewDisposeScope();
            using var quiet = torch.no_grad();
            if (outputs(sample) is not { } given || given.Count != sample.Outputs.Count) return false;
            for (var i = 0; i < given.Count; i++)
            {
                if (!ShapeFit.Same(given[i].shape, sample.Outputs[i].Shape) || !(Distance(Host.Numbers(given[i]), sample.Outputs[i].Numbers) <= Tolerance)) return false;
                seen |= sample.Outputs[i].Greatest > 0;
            }
        }
        return seen;
    }

    /// <summary>‖a − b‖ / ‖b‖; where b is zero, ‖a‖.</summary>
    internal static double Distance(double[] a, double[] b)
    {
        double difference = 0, norm = 0;
        for (var i = 0; i < b.Length; i++)
        {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.Sqrt(difference) / (norm == 0 ? 1 : Math.Sqrt(norm));
    }

    /// <summary>The sample's inputs, labels and indices as integers even where the sample has them as numbers.</summary>
    internal static IReadOnlyList<Tensor> Typed(IReadOnlyList<Input> inputs, Assignment assignment, Sample sample)
    {
        var typed = sample.Tensors.ToArray();
        for (var i = 0; i < inputs.Count; i++)
            if (inputs[i].Kind is InputKind.Labels or InputKind.Indices && typed[assignment.Order[i]].is_floating_point()) typed[assignment.Order[i]] = typed[assignment.Order[i]].to_type(torch.int64);
        return typed;
    }

    /// <summary>What <paramref name="pass"/> gives; null when it does not take such inputs.</summary>
    internal static IReadOnlyList<Tensor>? Guarded(Func<IReadOnlyList<Tensor>> pass)
    {
        try
        {
            return pass();
        }
        // Not every operation with inputs of this number and these ranks takes these inputs: that is what is being found out.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Integers go to integers, numbers to numbers.</summary>
    private static bool Alike(Input input, Input theirs, Tensor tensor) => input.Kind is InputKind.Labels or InputKind.Indices == Integer(theirs, tensor);

    /// <summary>Whether an input is one of labels or indices; samples may hold it as numbers all the same.</summary>
    internal static bool Integer(Input input, Tensor tensor) => input.Kind is InputKind.Labels or InputKind.Indices || tensor.is_integral();
}

/// <summary>What is found out once about an evidence and asked for again for every gradient of it.</summary>
internal sealed class PerEvidence<T>(Func<Evidence, T> find) where T : class
{
    private readonly ConditionalWeakTable<Evidence, T> found = [];

    internal T Of(Evidence evidence) => found.GetValue(evidence, one => find(one));
}
