using System.Globalization;
using Backprop.Shapes;

namespace Backprop.Verify;

/// <summary>Puts one case of a subject before the witnesses.</summary>
internal sealed class Examiner(Subject subject, torch.ScalarType dtype, torch.Device device)
{
    /// <summary>So many entries of one gradient are compared with finite differences; of more, a sample of as many.</summary>
    internal const int DifferencesPerInput = 256;

    private readonly Tolerance _tolerance = Tolerance.Of(dtype);

    internal Examination Examine(Case @case, CancellationToken cancellation = default)
    {
        using var scope = torch.NewDisposeScope();
        var tally = new Tally(@case, _tolerance);
        try
        {
            tally.Flaw = Run(@case, tally, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            tally.Flaw = new(Criterion.Runs, $"{exception.GetType().Name}: {exception.Message}", null);
        }
        return tally.Examination;
    }

    /// <summary>The inputs of a case, one line each.</summary>
    internal IReadOnlyList<string> Describe(Case @case)
    {
        using var scope = torch.NewDisposeScope();
        return [.. Draw.Inputs(subject, @case, dtype, device).Select((input, i) => $"{subject.Inputs[i].Name} = {Literal.Of(input)}")];
    }

    private Flaw? Run(Case @case, Tally tally, CancellationToken cancellation)
    {
        var inputs = Draw.Inputs(subject, @case, dtype, device);
        var before = inputs.Select(Host.Numbers).ToList();
        var primal = subject.Forward(inputs);
        var y = Host.Numbers(primal.Y);
        var reference = subject.Reference(inputs);
        if (CompareForward(primal.Y, reference) is { } forward) return forward;

        var dy = Draw.Cotangent(@case, reference.shape, dtype, device, 0);
        var dyBefore = Host.Numbers(dy);
        var hand = subject.Backward(dy, primal.Saved);
        if (CompareStructure(hand, inputs) is { } structure) return structure;

        // Read before anything is called again: a rule that hands out its own state would change it under us.
        var numbers = hand.Select(Host.Numbers).ToList();
        var greatest = dyBefore.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var autograd = Autograd.Gradients(subject.Reference, inputs, [.. subject.Inputs.Select(input => input.Differentiable)], dy).Select(Host.Numbers).ToList();
        var rounding = CompareEntries(@case, inputs, dy, greatest, numbers, autograd, tally, cancellation);
        return tally.Verdict
            ?? CompareRepeats(@case, inputs, dy, primal.Saved, numbers)
            ?? CompareLinearity(@case, inputs, dy, primal.Saved, numbers, greatest, rounding)
            ?? CompareUntouched(inputs, before, dy, dyBefore, primal.Y, y, hand, numbers);
    }

    private Flaw? CompareForward(Tensor y, Tensor reference)
    {
        if (!y.shape.AsSpan().SequenceEqual(reference.shape))
            return new(Criterion.Forward, $"the result has shape {Expect.Show(y.shape)}, libtorch's {Expect.Show(reference.shape)}", null);
        if (y.dtype != reference.dtype) return new(Criterion.Forward, $"the result is {y.dtype}, libtorch's {reference.dtype}", null);
        var (hand, expected) = (Host.Numbers(y), Host.Numbers(reference));
        // Results round on the scale of 1, of which a loss near 0 is the difference.
        var floor = _tolerance.Floor(expected, 1);
        for (var i = 0; i < hand.Length; i++)
            if (!(Tolerance.Relative(hand[i], expected[i], floor) <= _tolerance.Autograd))
                return new(Criterion.Forward, string.Create(CultureInfo.InvariantCulture, $"the result at {Expect.Show(Host.Index(y.shape, i))} is {hand[i]:R}, libtorch's {expected[i]:R}"), null);
        return null;
    }

    private Flaw? CompareStructure(IReadOnlyList<Tensor> gradients, IReadOnlyList<Tensor> inputs)
    {
        var differentiable = inputs.Where((_, i) => subject.Inputs[i].Differentiable).ToList();
        if (gradients.Count != differentiable.Count)
            return new(Criterion.Count, $"expected {differentiable.Count} gradients, one for each differentiable input, got {gradients.Count}", null);
        foreach (var ((gradient, input), name) in gradients.Zip(differentiable).Zip(subject.Differentiable.Select(input => input.Name)))
        {
            if (!gradient.shape.AsSpan().SequenceEqual(input.shape)) return new(Criterion.Shape, $"d{name} has shape {Expect.Show(gradient.shape)}, {name} has {Expect.Show(input.shape)}", null);
            if (gradient.dtype != input.dtype) return new(Criterion.Dtype, $"d{name} is {gradient.dtype}, {name} is {input.dtype}", null);
            if (gradient.device.ToString() != input.device.ToString()) return new(Criterion.Device, $"d{name} is on {gradient.device}, {name} on {input.device}", null);
        }
        return null;
    }

    /// <summary>Returns how much of each entry is float32's own rounding; nothing in float64.</summary>
    private List<double[]> CompareEntries(Case @case, IReadOnlyList<Tensor> inputs, Tensor dy, double greatest, List<double[]> hand, List<double[]> autograd, Tally tally, CancellationToken cancellation)
    {
        // Differences are always taken in float64, at the very numbers that the inputs hold.
        var precise = inputs.Select(input => input.dtype == torch.int64 ? input : input.to_type(torch.float64)).ToList();
        var cotangent = dy.to_type(torch.float64);
        // What float32 itself costs: the same gradient by the same engine in float64.
        var exact = dtype == torch.float64 ? autograd : [.. Autograd.Gradients(subject.Reference, precise, [.. subject.Inputs.Select(input => input.Differentiable)], cotangent).Select(Host.Numbers)];
        // A few times its distance is no fault of the hand's, which sums in another order.
        var rounding = autograd.Zip(exact, (single, precisely) => single.Zip(precisely, (x, y) => 4 * Math.Abs(x - y)).ToArray()).ToList();
        var places = subject.Inputs.Select((input, i) => (input, i)).Where(pair => pair.input.Differentiable).ToList();
        for (var g = 0; g < places.Count; g++)
        {
            var (input, place) = places[g];
            if (hand[g].Length == 0) continue;
            var probe = new FiniteDifference.Probe(x => subject.Forward([.. precise.Select((other, i) => i == place ? x : other)]).Y, precise[place], cotangent);
            var judge = new EntryJudge(probe, _tolerance, _tolerance.Floor(autograd[g], greatest), @case.Values == Values.Ties);
            var sample = Draw.Sample(@case, hand[g].Length, DifferencesPerInput);
            for (var i = 0; i < hand[g].Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                tally.Add(judge.Judge(input.Name, Host.Index(inputs[place].shape, i), i, hand[g][i], autograd[g][i], rounding[g][i], sample is null || sample.Contains(i)));
            }
        }
        return rounding;
    }

    private Flaw? CompareRepeats(Case @case, IReadOnlyList<Tensor> inputs, Tensor dy, object saved, List<double[]> first)
    {
        if (Differs(subject.Backward(dy, saved)) is { } again) return new(Criterion.Repeatable, $"a second call with the same inputs gives {again}", null);
        var others = Draw.Inputs(subject, @case with { Seed = unchecked(@case.Seed + 1) }, dtype, device);
        var other = subject.Forward(others);
        subject.Backward(Draw.Cotangent(@case, other.Y.shape, dtype, device, 1), other.Saved);
        var changed = Differs(subject.Backward(dy, saved)) ?? Differs(subject.Backward(dy, subject.Forward(inputs).Saved));
        return changed is { } after
            ? new(Criterion.Repeatable, $"after a call with other inputs, the same inputs give {after}", null)
            : null;

        string? Differs(IReadOnlyList<Tensor> gradients) => CompareStructure(gradients, inputs) is { } structure
            ? $"other gradients: {structure.Text}"
            : gradients.Zip(first).Zip(subject.Differentiable).Where(pair => !Host.SameBits(Host.Numbers(pair.First.First), pair.First.Second)).Select(pair => $"another d{pair.Second.Name}").FirstOrDefault();
    }

    private Flaw? CompareLinearity(Case @case, IReadOnlyList<Tensor> inputs, Tensor dy, object saved, List<double[]> first, double greatest, List<double[]> rounding)
    {
        const double a = -1.75, b = 0.625; // exact in binary, so that only the rule rounds
        var other = Draw.Cotangent(@case, dy.shape, dtype, device, 2);
        var calls = new List<List<double[]>>();
        foreach (var cotangent in new[] { other, dy * a + other * b, torch.zeros_like(dy) })
        {
            var gradients = subject.Backward(cotangent, saved);
            if (CompareStructure(gradients, inputs) is { } structure) return new(Criterion.Linear, $"with another dy, {structure.Text}", null);
            calls.Add([.. gradients.Select(Host.Numbers)]);
        }
        var (second, both, zero) = (calls[0], calls[1], calls[2]);
        foreach (var (input, g) in subject.Differentiable.Select((input, g) => (input, g)))
        {
            var magnitude = first[g].Zip(second[g], (x, y) => Math.Abs(a * x) + Math.Abs(b * y)).ToArray();
            var floor = _tolerance.Floor(magnitude, greatest);
            for (var i = 0; i < magnitude.Length; i++)
            {
                var expected = a * first[g][i] + b * second[g][i];
                if (!(Math.Abs(both[g][i] - expected) <= _tolerance.Autograd * Math.Max(magnitude[i], floor) + (Math.Abs(a) + Math.Abs(b)) * rounding[g][i]))
                    return new(Criterion.Linear, string.Create(CultureInfo.InvariantCulture, $"d{input.Name} is not linear in dy: at dy = {a}·dy₁ + {b}·dy₂ an entry is {both[g][i]:R} instead of {expected:R}"), null);
                if (zero[g][i] != 0)
                    return new(Criterion.Linear, string.Create(CultureInfo.InvariantCulture, $"d{input.Name} has an entry {zero[g][i]:R} where dy is 0"), null);
            }
        }
        return null;
    }

    private Flaw? CompareUntouched(IReadOnlyList<Tensor> inputs, List<double[]> before, Tensor dy, double[] dyBefore, Tensor y, double[] yBefore, IReadOnlyList<Tensor> hand, List<double[]> first)
    {
        for (var i = 0; i < inputs.Count; i++)
            if (!Host.SameBits(Host.Numbers(inputs[i]), before[i])) return new(Criterion.Untouched, $"{subject.Inputs[i].Name} was changed", null);
        if (!Host.SameBits(Host.Numbers(y), yBefore)) return new(Criterion.Untouched, "the result of the forward pass was changed", null);
        for (var g = 0; g < hand.Count; g++)
            if (!Host.SameBits(Host.Numbers(hand[g]), first[g])) return new(Criterion.Untouched, $"a d{subject.Differentiable[g].Name} handed out earlier was changed by a later call", null);
        return Host.SameBits(Host.Numbers(dy), dyBefore) ? null : new(Criterion.Untouched, "dy was changed", null);
    }
}
