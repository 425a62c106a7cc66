using System.Runtime.CompilerServices;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>The evidence with its dimensions named, and what several detectors need, computed once.</summary>
internal sealed partial class Scene
{
    private static readonly ConditionalWeakTable<Evidence, Scene> Scenes = [];

    private readonly string[][] _inputLabels;
    private readonly string[][] _outputLabels;
    private Factors? _factors;
    private IReadOnlyList<string>? _doubled;
    private IReadOnlyList<Atom>? _atoms;
    private readonly Dictionary<int, TermTable> _terms = [];
    private readonly Dictionary<(int Sample, bool Hand), IReadOnlyList<double[][]>?> _jacobians = [];

    private Scene(Evidence evidence)
    {
        Evidence = evidence;
        _inputLabels = [.. evidence.Specimen.Inputs.Select((input, i) => Primed(OfInput(input, evidence.Samples[0].Inputs[i])))];
        _outputLabels = [.. evidence.Samples[0].Outputs.Select((output, o) => Primed([.. output.Shape.Select((_, d) => OfOutput(o, d))]))];
    }

    internal Evidence Evidence { get; }

    /// <summary>What numbers are made of.</summary>
    internal Factors Factors => _factors ??= new(this);

    internal IReadOnlyList<Sample> Samples => Evidence.Samples;

    internal int Count => Evidence.Samples.Count;

    /// <summary>What formulas are made of.</summary>
    internal IReadOnlyList<Atom> Atoms => _atoms ??= Diagnosis.Atoms.Of(this);

    /// <summary>The terms that gradient <paramref name="g"/> may be made of.</summary>
    internal TermTable Terms(int g) => _terms.TryGetValue(g, out var table) ? table : _terms[g] = new(this, g);

    internal static Scene Of(Evidence evidence) => Scenes.GetValue(evidence, one => new(one));

    internal string[] InputLabels(int i) => _inputLabels[i];

    internal string[] OutputLabels(int o) => _outputLabels[o];

    /// <summary>The names of the dimensions of gradient <paramref name="g"/>.</summary>
    internal string[] Labels(int g) => _inputLabels[Evidence.Specimen.Places[g]];

    /// <summary>All names of dimensions, in order of appearance.</summary>
    internal IEnumerable<string> AllLabels => _inputLabels.Concat(_outputLabels).SelectMany(label => label).Distinct(StringComparer.Ordinal);

    /// <summary>Names of dimensions that another one of the same size doubles: N′ beside N, in square matrices, and between the rows of three or more tensors alike.</summary>
    internal IReadOnlyList<string> Doubled => _doubled ??= [.. AllLabels.Where(label => label.EndsWith('\'')).Concat(_inputLabels.Where(labels => labels.Length == 2).Select(labels => labels[0]).GroupBy(label => label, StringComparer.Ordinal).Where(group => group.Count() > 2).Select(group => group.Key + "'")).Distinct(StringComparer.Ordinal)];

    internal double[] Hand(int g, int s) => Samples[s].Hand[g].Numbers;

    internal double[] Truth(int g, int s) => Samples[s].Truth[g].Numbers;

    internal Grid Input(int i, int s) => Of(_inputLabels[i], Samples[s].Inputs[i]);

    internal Grid Output(int o, int s) => Of(_outputLabels[o], Samples[s].Outputs[o]);

    internal Grid Dy(int o, int s) => Of(_outputLabels[o], Samples[s].Dys[o]);

    internal Grid Truthful(int g, int s) => Of(Labels(g), Samples[s].Truth[g]);

    internal int[] Sizes(int g, int s) => [.. Samples[s].Truth[g].Shape.Select(size => (int)size)];

    /// <summary>The samples in which gradient <paramref name="g"/> is wrong.</summary>
    internal IReadOnlyList<int> Wrong(int g) => [.. Enumerable.Range(0, Count).Where(s => !Fit.Same(Hand(g, s), Truth(g, s)))];

    /// <summary>How many numbers the samples have in gradient <paramref name="g"/>, in words.</summary>
    internal string Extent(int g) =>
        $"at {(Samples.Sum(sample => sample.Hand[g].Numbers.Length) is 1 and var only ? "the only entry" : $"all {Samples.Sum(sample => sample.Hand[g].Numbers.Length)} entries")} of {Count} samples";

    /// <summary>For each differentiable input, a row for each entry of the outputs: ∂(that entry) / ∂(that input), as autograd or Backward has it. Null where a pass cannot.</summary>
    internal IReadOnlyList<double[][]>? Jacobian(int s, bool hand)
    {
        if (_jacobians.TryGetValue((s, hand), out var known)) return known;
        return _jacobians[(s, hand)] = Compute(s, hand);
    }

    /// <summary>The most output entries for which a Jacobian is computed.</summary>
    private const int MostRows = 160;

    private double[][][]? Compute(int s, bool hand)
    {
        var sample = Samples[s];
        var count = sample.Dys.Sum(dy => dy.Numbers.Length);
        if (count > MostRows) return null;
        var rows = new List<IReadOnlyList<Block>>();
        for (var o = 0; o < sample.Dys.Count; o++)
            for (var e = 0; e < sample.Dys[o].Numbers.Length; e++)
            {
                using var scope = torch.NewDisposeScope();
                var dys = sample.Dys.Select((dy, other) => Unit(dy, other == o ? e : -1, sample.Cotangents[other].device)).ToList();
                if ((hand ? Evidence.Laboratory.Hand(sample.Tensors, dys) : Evidence.Laboratory.Truth(sample.Tensors, dys)) is not { } row) return null;
                rows.Add(row);
            }
        return rows.Exists(row => row.Count != sample.Truth.Count || row.Where((block, g) => block.Numbers.Length != sample.Truth[g].Numbers.Length).Any())
            ? null
            : [.. Enumerable.Range(0, sample.Truth.Count).Select(g => rows.Select(row => row[g].Numbers).ToArray())];
    }

    private static Tensor Unit(Block like, int entry, torch.Device device)
    {
        var numbers = new double[like.Numbers.Length];
        if (entry >= 0) numbers[entry] = 1;
        return Host.Tensor(numbers, like.Shape, torch.float64, device);
    }

    private static Grid Of(string[] labels, Block block) => new(labels, [.. block.Shape.Select(size => (int)size)], block.Numbers);

    private static string[] OfInput(Input input, Block block)
    {
        string[] shape = [.. input.Kind is InputKind.Labels or InputKind.Indices ? input.Shape.SkipLast(1) : input.Shape];
        return shape.Length == block.Shape.Length ? shape : [.. block.Shape.Select((_, d) => $"{input.Name}.{d}")];
    }

    /// <summary>A dimension of an output is the letter that has its size in every sample.</summary>
    private string OfOutput(int o, int d)
    {
        var named = _inputLabels.SelectMany((labels, i) => labels.Select((label, at) => (Label: label, Input: i, At: at))).Where(one => !one.Label.EndsWith('\''))
            .Where(one => Samples.All(sample => sample.Outputs[o].Shape.Length > d && sample.Inputs[one.Input].Shape[one.At] == sample.Outputs[o].Shape[d])).ToList();
        if (named.Count > 0) return (named.Find(one => one.At == d) is { Label: { } same } ? same : named[0].Label);
        var letters = Samples[0].Sizes.Keys.Where(letter => Samples.All(sample => sample.Sizes[letter] == sample.Outputs[o].Shape[d]));
        return letters.FirstOrDefault() ?? $"{Samples[0].Outputs[o].Name}{o}.{d}";
    }

    /// <summary>The second dimension of the same name in a tensor is its double: N and N′.</summary>
    private static string[] Primed(string[] labels)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Array.ConvertAll(labels, label =>
        {
            while (!seen.Add(label)) label += "'";
            return label;
        });
    }
}
