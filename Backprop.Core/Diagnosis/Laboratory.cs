using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>Asks the passes in float64 at any point.</summary>
/// <param name="bench">The passes.</param>
/// <param name="differences">Whether truth is what differences say, since autograd misses a path.</param>
internal sealed class Laboratory(Bench bench, bool differences) : ILaboratory
{
    /// <summary>Gradients by differences are not asked for of more entries than this.</summary>
    private const int MostDifferences = 200;

    private readonly Specimen _specimen = bench.Specimen;

    public IReadOnlyList<Block>? Truth(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            var dy = Bench.Join(dys);
            if (differences) return [.. _specimen.Places.Select(place => ByDifferences(inputs, dy, place))];
            return bench.Autograd(inputs, dy) is { } gradients ? [.. gradients.Select((gradient, g) => Block.Of(Name(g), gradient))] : null;
        }
        catch (Exception exception) when (exception is PassException or ArgumentException or System.Runtime.InteropServices.ExternalException)
        {
            return null;
        }
    }

    public IReadOnlyList<Block>? Hand(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            var given = bench.Backward(dys, inputs, bench.Forward(inputs).Saved);
            return given.Count == _specimen.Places.Count ? [.. given.Select((gradient, g) => Formed(g, gradient, inputs[_specimen.Places[g]].shape))] : null;
        }
        catch (Exception exception) when (exception is PassException or System.Runtime.InteropServices.ExternalException)
        {
            return null;
        }
    }

    public IReadOnlyList<Block>? Outputs(IReadOnlyList<Tensor> inputs)
    {
        using var scope = torch.NewDisposeScope();
        try
        {
            return [.. Bench.Floating(bench.Forward(inputs)).Select((y, i) => Block.Of(i == 0 ? "y" : $"y{i + 1}", y))];
        }
        catch (PassException)
        {
            return null;
        }
    }

    /// <summary>NaN everywhere where a gradient is missing or has another shape than its input: it fits nothing.</summary>
    private Block Formed(int g, Tensor? gradient, long[] shape) => gradient is not null && gradient.shape.AsSpan().SequenceEqual(shape)
        ? Block.Of(Name(g), gradient)
        : new(Name(g), shape, [.. Enumerable.Repeat(double.NaN, (int)shape.Aggregate(1L, (product, size) => product * size))]);

    private Block ByDifferences(IReadOnlyList<Tensor> inputs, Tensor dy, int place)
    {
        var x = inputs[place];
        if (x.numel() > MostDifferences) throw new ArgumentException("too many entries for differences.", nameof(inputs));
        var probe = new FiniteDifference.Probe(moved => bench.Flat([.. inputs.Select((one, i) => i == place ? moved : one)]), x, dy);
        var finder = new SlopeFinder(probe, 1e-4);
        return new("d" + _specimen.Inputs[place].Name, x.shape, [.. Enumerable.Range(0, (int)x.numel()).Select(i => finder.At(i)?.Value ?? double.NaN)]);
    }

    private string Name(int g) => "d" + _specimen.Differentiable[g].Name;
}
