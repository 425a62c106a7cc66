using Backprop.Bugs;
using Backprop.Bugs.Formulas;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Runs every wrong version of the corpus that is one of the stranger's operation at the stranger's own inputs: on random inputs no two wrong versions of an
/// operation give the same gradient, so that one which gives the stranger's at every sample is it.</summary>
internal sealed class KnownVersions : IDetector
{
    /// <summary>Frobenius-relative, at every sample.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Told for one gradient.</summary>
    private const int Most = 2;

    private static readonly ILookup<string, Bug> Versions = Corpus.All.ToLookup(bug => bug.Operation.Name, StringComparer.Ordinal);

    private readonly PerEvidence<IReadOnlyList<(int Gradient, Finding Finding)>> found = new(Explain);

    public IEnumerable<Finding> Look(Evidence evidence, int g) => found.Of(evidence).Where(one => one.Gradient == g).Select(one => one.Finding).Take(Most);

    private static IReadOnlyList<(int Gradient, Finding Finding)> Explain(Evidence evidence)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        return
        [
            .. from operation in Corpus.Operations.Concat(Corpus.All.Select(bug => bug.Operation)).DistinctBy(operation => operation.Name, StringComparer.Ordinal)
               where Versions[operation.Name].Any()
               orderby operation.Name == evidence.Specimen.Operation ? 0 : 1
               let assignment = Recognise(evidence, operation)
               where assignment is not null
               from bug in Versions[operation.Name]
               where bug.Id != evidence.Specimen.Withheld
               let places = Equal(evidence, bug, assignment)
               from g in places
               select (g, Finding(evidence, bug, g, places)),
        ];
    }

    private static Assignment? Recognise(Evidence evidence, Operation operation)
    {
        if (evidence.Samples.Count < 2 || evidence.Samples[0].Outputs.Count != 1) return null;
        return Recognition.Assignments(operation.Inputs, evidence.Specimen, evidence.Samples[0])
            .FirstOrDefault(assignment => Recognition.Matches(evidence, sample => Recognition.Guarded(() => [operation.Forward(assignment.Of(Recognition.Typed(operation.Inputs, assignment, sample)))])));
    }

    /// <summary>The places of the stranger's wrong gradients that a wrong version gives at every sample.</summary>
    private static IReadOnlyList<int> Equal(Evidence evidence, Bug bug, Assignment assignment)
    {
        // Place by place: the operation's gradients among the stranger's.
        var theirs = evidence.Specimen.Places;
        var places = bug.Operation.Inputs.Select((input, i) => (input, i)).Where(pair => pair.input.Differentiable).Select(pair => theirs.ToList().IndexOf(assignment.Order[pair.i])).ToList();
        var left = places.Select((place, i) => (place, i)).Where(pair => evidence.WrongPlaces.Contains(pair.place)).ToList();
        foreach (var sample in evidence.Samples)
        {
            if (left.Count == 0) break;
            using var scope = torch.NewDisposeScope();
            // Copies: some wrong versions change what they are given. A fresh one each time: some remember.
            IReadOnlyList<Tensor> inputs = [.. assignment.Of(Recognition.Typed(bug.Operation.Inputs, assignment, sample)).Select(tensor => tensor.clone())];
            var gradients = Recognition.Guarded(() => bug.Create()(sample.Cotangents[0].clone(), inputs));
            left = [.. left.Where(pair => gradients is not null && pair.i < gradients.Count && Same(gradients[pair.i], sample.Hand[pair.place]))];
        }
        return [.. left.Select(pair => pair.place).Where(place => evidence.Samples.Any(sample => sample.Hand[place].Greatest > 0 || sample.Truth[place].Greatest > 0))];
    }

    private static bool Same(Tensor gradient, Block block) => ShapeFit.Same(gradient.shape, block.Shape) && Recognition.Distance(Host.Numbers(gradient), block.Numbers) <= Tolerance;

    private static Finding Finding(Evidence evidence, Bug bug, int g, IReadOnlyList<int> places) =>
        new(bug.Cause, Plausibility.Known, 0, $"d{evidence.InputName(g)} equals the known wrong version {bug.Id}: {bug.Summary}.",
            $"the same numbers as {bug.Id} of {bug.Operation.Name} ({bug.Operation.Summary}) at all {evidence.Samples.Count} samples", $"see the right version beside it: backprop bugs {bug.Id}")
        {
            Known = bug.Id,
            Places = places.Count > 1 ? places : null,
        };
}
