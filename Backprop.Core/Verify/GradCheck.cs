using System.Globalization;
using Backprop.Shapes;

namespace Backprop.Verify;

/// <summary>What PyTorch's gradcheck does: autograd's Jacobian against that of differences, at one point.</summary>
/// <remarks>It judges a function that autograd differentiates, and says no more than where the two differ. Not done: complex numbers, sparse tensors, batched and
/// forward-mode gradients, undefined gradients.</remarks>
public static class GradCheck
{
    /// <summary>What is wrong with the gradients of <paramref name="func"/> with respect to the inputs that require one; null when nothing is.</summary>
    /// <param name="func">From tensors to one or more tensors; it must not keep state.</param>
    /// <param name="inputs">The point. Entries are moved in place, so that a function which holds the same tensors sees it, and are put back.</param>
    /// <param name="options">Step and tolerances.</param>
    /// <exception cref="ArgumentException">No input requires a gradient, one is complex, or one has entries that share their memory.</exception>
    public static string? Mismatch(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(func);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = torch.NewDisposeScope();
        using var recording = torch.enable_grad();
        return new Comparison(func, inputs, Checked(inputs), options ?? new()).Mismatch();
    }

    /// <summary>The same for the gradients themselves: what is wrong with the derivatives of the backward pass with respect to the inputs and to the cotangents.</summary>
    /// <param name="func">As in <see cref="Mismatch"/>; its gradients are taken with a graph of their own.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="gradOutputs">A cotangent for each output that requires a gradient, null for random ones. Those that require a gradient are checked too.</param>
    /// <param name="options">Step and tolerances.</param>
    /// <exception cref="ArgumentException">As in <see cref="Mismatch"/>; or no output requires a gradient, or there is not one cotangent for each.</exception>
    public static string? SecondMismatch(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor>? gradOutputs = null, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(func);
        ArgumentNullException.ThrowIfNull(inputs);
        options ??= new();
        using var scope = torch.NewDisposeScope();
        using var recording = torch.enable_grad();
        Checked(inputs);
        var outputs = Differentiable(func(inputs));
        if (outputs.Count == 0) throw new ArgumentException("func: none of its outputs requires a gradient.", nameof(func));
        var random = new Random(options.Seed);
        gradOutputs ??= [.. outputs.Select(y => Host.Tensor([.. Enumerable.Range(0, (int)y.numel()).Select(_ => Draw.Normal(random))], y.shape, y.dtype, y.device).requires_grad_(true))];
        if (gradOutputs.Count != outputs.Count)
            throw new ArgumentException($"grad_outputs: expected {outputs.Count}, one for each output that requires a gradient, got {gradOutputs.Count}.", nameof(gradOutputs));
        return Mismatch(Backward, [.. inputs, .. gradOutputs], options);

        IReadOnlyList<Tensor> Backward(IReadOnlyList<Tensor> arguments)
        {
            IReadOnlyList<Tensor> primals = [.. arguments.Take(inputs.Count)];
            var gradients = torch.autograd.grad([.. Differentiable(func(primals))], [.. primals.Where(x => x.requires_grad)], [.. arguments.Skip(inputs.Count)], retain_graph: true, create_graph: true, allow_unused: true);
            return [.. gradients.Where(gradient => gradient is { IsInvalid: false })];
        }
    }

    /// <summary>The places of the inputs that are not in double precision and yet require a gradient: differences will hardly agree with theirs.</summary>
    public static IReadOnlyList<int> Imprecise(IReadOnlyList<Tensor> inputs) =>
        [.. Enumerable.Range(0, inputs.Count).Where(i => inputs[i].requires_grad && inputs[i].dtype != torch.float64)];

    private static IReadOnlyList<Tensor> Differentiable(IReadOnlyList<Tensor> outputs) => [.. outputs.Where(output => output.requires_grad)];

    /// <summary>The places of the inputs that require a gradient.</summary>
    private static List<int> Checked(IReadOnlyList<Tensor> inputs)
    {
        var places = Enumerable.Range(0, inputs.Count).Where(i => inputs[i].requires_grad).ToList();
        if (places.Count == 0) throw new ArgumentException("inputs: expected at least one that requires a gradient (requires_grad), got none.", nameof(inputs));
        foreach (var place in places)
        {
            var x = inputs[place];
            if (x.is_complex()) throw new ArgumentException($"inputs: number {place} is complex; only real numbers can be checked.", nameof(inputs));
            if (x.stride().Zip(x.shape).Any(pair => pair.First == 0 && pair.Second > 1))
                throw new ArgumentException($"inputs: number {place} has a dimension of stride 0, so that its entries share their memory and none can be moved alone; hand in a contiguous copy.", nameof(inputs));
        }
        return places;
    }

    /// <summary>One function at one point. A Jacobian is held by rows of outputs: [output][entry of it · entries of the input + entry of the input].</summary>
    private sealed class Comparison(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> func, IReadOnlyList<Tensor> inputs, List<int> places, GradCheckOptions options)
    {
        internal string? Mismatch()
        {
            var outputs = func(inputs);
            if (outputs.FirstOrDefault(y => y.is_complex()) is not null) throw new ArgumentException("func: an output is complex; only real numbers can be checked.", nameof(func));
            IReadOnlyList<int> differentiable = [.. Enumerable.Range(0, outputs.Count).Where(i => outputs[i].requires_grad)];
            var shapes = outputs.Select(y => y.shape).ToList();
            return (options.Fast ? Fast(shapes, differentiable) : Slow(shapes, differentiable)) ?? ByZeros(differentiable);
        }

        private string? Slow(List<long[]> shapes, IReadOnlyList<int> differentiable)
        {
            var numerical = new List<double[][]>();
            foreach (var place in places)
            {
                var (jacobians, moved) = Numerical(place, shapes);
                if (moved is not null) return moved;
                numerical.Add(jacobians!);
            }
            if (differentiable.Count == 0) return numerical.Any(jacobians => jacobians.Any(jacobian => jacobian.Any(slope => slope != 0))) ? NotSeen : null;
            var outputs = func(inputs);
            foreach (var o in differentiable)
            {
                var count = (int)outputs[o].numel();
                var analytical = places.Select(place => new double[count * (int)inputs[place].numel()]).ToList();
                for (var row = 0; row < count; row++)
                {
                    var unit = new double[count];
                    unit[row] = 1;
                    if (Pulled(outputs[o], unit, out var flaw) is not { } rows) return flaw;
                    for (var p = 0; p < rows.Count; p++) rows[p].CopyTo(analytical[p], row * rows[p].Length);
                }
                for (var p = 0; p < places.Count; p++)
                    if (Difference(analytical[p], numerical[p][o], o, p, shapes[o]) is { } difference) return difference;
            }
            return null;
        }

        /// <summary>v · J · u for random u and v; the tolerance grows with what the tolerances of all entries may add up to.</summary>
        private string? Fast(List<long[]> shapes, IReadOnlyList<int> differentiable)
        {
            var random = new Random(options.Seed);
            var us = places.Select(place => Direction(inputs[place].numel(), random)).ToList();
            var vs = shapes.Select(shape => Direction(shape.Aggregate(1L, (product, size) => product * size), random)).ToList();
            var slopes = new List<List<double[]>>();
            for (var p = 0; p < places.Count; p++)
            {
                if (Along(places[p], us[p], shapes, out var moved) is not { } along) return moved;
                slopes.Add(along);
            }
            if (differentiable.Count == 0) return slopes.Any(outputs => outputs.Any(output => output.Any(slope => slope != 0))) ? NotSeen : null;
            var outputs = func(inputs);
            foreach (var o in differentiable)
            {
                if (Pulled(outputs[o], vs[o], out var flaw) is not { } rows) return flaw;
                for (var p = 0; p < places.Count; p++)
                {
                    var (numerical, analytical) = (Dot(slopes[p][o], vs[o]), Dot(rows[p], us[p]));
                    if (Close(analytical, numerical, options.Absolute * us[p].Sum() * vs[o].Sum())) continue;
                    return string.Create(CultureInfo.InvariantCulture, $"Jacobian mismatch for output {o} with respect to input {places[p]}: projected on random directions, numerical {numerical:G9}, analytical {analytical:G9}.")
                        + "\n" + (Slow(shapes, differentiable) ?? "Entry by entry they agree within the tolerances.");
                }
            }
            return null;
        }

        /// <summary>A cotangent of zeros must give gradients of zeros.</summary>
        private string? ByZeros(IReadOnlyList<int> differentiable)
        {
            if (differentiable.Count == 0) return null;
            var outputs = func(inputs);
            foreach (var o in differentiable)
            {
                if (Pulled(outputs[o], new double[outputs[o].numel()], out var flaw) is not { } rows) return flaw;
                if (rows.Any(row => row.Any(value => value != 0))) return "The backward pass does not multiply by grad_output: for a cotangent of zeros, the gradients are not zero.";
            }
            return null;
        }

        /// <summary>The gradients for one cotangent of one output, twice.</summary>
        private List<double[]>? Pulled(Tensor output, double[] cotangent, out string? flaw)
        {
            using var scope = torch.NewDisposeScope();
            flaw = null;
            var (first, second) = (Gradients(), Gradients());
            var rows = new List<double[]>();
            for (var p = 0; p < places.Count; p++)
            {
                var x = inputs[places[p]];
                var (one, two) = (first[p] is { IsInvalid: false } a ? a : null, second[p] is { IsInvalid: false } b ? b : null);
                if (one is not null && !one.shape.AsSpan().SequenceEqual(x.shape)) flaw = $"The gradient of input {places[p]} has shape {Expect.Show(one.shape)}; expected {Expect.Show(x.shape)}.";
                else if (one is not null && one.dtype != x.dtype && options.Dtypes) flaw = $"The gradient of input {places[p]} is {one.dtype}; expected {x.dtype}.";
                if (flaw is not null) return null;
                rows.Add(one is null ? new double[x.numel()] : Host.Numbers(one));
                var again = two is null ? new double[x.numel()] : Host.Numbers(two);
                if (rows[^1].Length == again.Length && rows[^1].Zip(again).All(pair => pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) <= options.Nondeterminism)) continue;
                flaw = string.Create(CultureInfo.InvariantCulture, $"The backward pass is not reentrant: run twice with the same input and grad_output it gives different gradients of input {places[p]}. The tolerance for nondeterminism was {options.Nondeterminism}.");
                return null;
            }
            return rows;

            IList<Tensor> Gradients() => torch.autograd.grad([output], [.. places.Select(place => inputs[place])], [Host.Tensor(cotangent, output.shape, output.dtype, output.device)], retain_graph: true, allow_unused: true);
        }

        private (double[][]? Jacobians, string? Flaw) Numerical(int place, List<long[]> shapes)
        {
            var count = (int)inputs[place].numel();
            var jacobians = shapes.Select(shape => new double[shape.Aggregate(1L, (product, size) => product * size) * count]).ToArray();
            for (var i = 0; i < count; i++)
            {
                var unit = new double[count];
                unit[i] = 1;
                if (Along(place, unit, shapes, out var flaw) is not { } slopes) return (null, flaw);
                for (var o = 0; o < shapes.Count; o++)
                    for (var row = 0; row < slopes[o].Length; row++) jacobians[o][row * count + i] = slopes[o][row];
            }
            return (jacobians, null);
        }

        /// <summary>The slope of every entry of every output along a direction of length 1 in one input.</summary>
        private List<double[]>? Along(int place, double[] direction, List<long[]> shapes, out string? flaw)
        {
            using var scope = torch.NewDisposeScope();
            // Shares the input's memory, but not its history.
            var storage = inputs[place].detach();
            var original = storage.clone();
            var entries = Host.Numbers(original);
            try
            {
                var (below, above) = (At(-options.Step), At(options.Step));
                flaw = below.Concat(above).All(values => values is not null) ? null : string.Create(CultureInfo.InvariantCulture, $"The outputs have other shapes when input {place} is moved by {options.Step}.");
                return flaw is not null ? null : [.. below.Zip(above, (low, high) => low!.Zip(high!, (x, y) => (y - x) / (2 * options.Step)).ToArray())];
            }
            finally
            {
                storage.copy_(original);
            }

            List<double[]?> At(double step)
            {
                using var inner = torch.NewDisposeScope();
                storage.copy_(Host.Tensor([.. entries.Zip(direction, (entry, along) => along == 0 ? entry : entry + step * along)], storage.shape, storage.dtype, storage.device));
                var outputs = func(inputs);
                return [.. shapes.Select((shape, o) => o < outputs.Count && outputs[o].shape.AsSpan().SequenceEqual(shape) ? Host.Numbers(outputs[o]) : null)];
            }
        }

        private string? Difference(double[] analytical, double[] numerical, int output, int p, long[] shape)
        {
            var bad = Enumerable.Range(0, analytical.Length).Where(i => !Close(analytical[i], numerical[i], options.Absolute)).ToList();
            if (bad.Count == 0) return null;
            var worst = bad.MaxBy(i => Math.Abs(analytical[i] - numerical[i]) is var distance && double.IsNaN(distance) ? double.PositiveInfinity : distance);
            var x = inputs[places[p]];
            var (row, column) = Math.DivRem(worst, (int)x.numel());
            return string.Create(CultureInfo.InvariantCulture, $"Jacobian mismatch for output {output} with respect to input {places[p]}: {bad.Count} of {analytical.Length} entries differ by more than {options.Absolute} + {options.Relative}·|numerical|.\n")
                + string.Create(CultureInfo.InvariantCulture, $"The worst, the derivative of output entry {Expect.Show(Host.Index(shape, row))} with respect to input entry {Expect.Show(Host.Index(x.shape, column))}: numerical {numerical[worst]:G9}, analytical {analytical[worst]:G9}.");
        }

        /// <summary>NaN is close to nothing.</summary>
        private bool Close(double analytical, double numerical, double absolute) =>
            analytical == numerical || (double.IsFinite(numerical) && Math.Abs(analytical - numerical) <= absolute + options.Relative * Math.Abs(numerical));

        private static double[] Direction(long count, Random random)
        {
            double[] numbers = [.. Enumerable.Range(0, (int)count).Select(_ => random.NextDouble())];
            var norm = Math.Sqrt(Dot(numbers, numbers));
            return [.. numbers.Select(number => number / norm)];
        }

        private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        private const string NotSeen = "No output requires a gradient, so that the numerical gradient should be zero, and it is not: autograd does not see a path from the inputs (detach, no_grad, item or data).";
    }
}
