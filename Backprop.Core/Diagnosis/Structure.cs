using Backprop.Shapes;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What can be said of gradients before their numbers are compared: how many, of which shape, dtype and device, and whether finite.</summary>
internal static class Structure
{
    /// <summary>The causes; empty when everything has the form that its input asks for.</summary>
    internal static IReadOnlyList<Cause> Look(Specimen specimen, Experiment experiment, IReadOnlyList<Tensor?> hand, IReadOnlyList<double[]>? truth)
    {
        var expected = specimen.Differentiable;
        if (hand.Count != expected.Count)
            return [Causes.Of(CauseCode.Count, "", $"Backward returns {hand.Count} gradient{(hand.Count == 1 ? "" : "s")}; expected {expected.Count}, one for each differentiable input: {string.Join(", ", expected.Select(input => "d" + input.Name))}",
                $"{hand.Count} instead of {expected.Count}", "return one gradient for each differentiable input, in the order of Forward's parameters; mark constants [NoGradient]")];
        var causes = new List<Cause>();
        if (Swapped(specimen, hand, truth) is { } swapped) causes.Add(swapped);
        for (var g = 0; g < hand.Count; g++)
        {
            var (name, input) = ("d" + expected[g].Name, experiment.Inputs[specimen.Places[g]]);
            if (hand[g] is not { } gradient)
            {
                causes.Add(Causes.Of(CauseCode.Count, name, $"{name} is null: Backward gives no gradient for {expected[g].Name}", "null", $"compute {name}, or mark {expected[g].Name} [NoGradient]"));
                continue;
            }
            if (gradient.dtype != input.dtype)
                causes.Add(Dtype(name, gradient, input));
            if (!gradient.shape.AsSpan().SequenceEqual(input.shape) && !(gradient.dtype == torch.uint8 && gradient.dim() == 0)) causes.AddRange(Shape(name, gradient, input, truth?[g]));
            else if (gradient.device.ToString() != input.device.ToString())
                causes.Add(Causes.Of(CauseCode.Dtype, name, $"{name} is on {gradient.device}, {expected[g].Name} on {input.device}", $"{gradient.device} instead of {input.device}", "create the gradient on its input's device"));
        }
        return causes;
    }

    /// <summary>Two gradients of different shapes in each other's place.</summary>
    private static Cause? Swapped(Specimen specimen, IReadOnlyList<Tensor?> hand, IReadOnlyList<double[]>? truth)
    {
        if (truth is null) return null;
        for (var g = 0; g < hand.Count; g++)
            for (var other = g + 1; other < hand.Count; other++)
                if (Equals(hand[g], truth[other]) && Equals(hand[other], truth[g]) && !Equals(hand[g], truth[g]))
                {
                    var (one, two) = ("d" + specimen.Differentiable[g].Name, "d" + specimen.Differentiable[other].Name);
                    return Causes.Of(CauseCode.Swapped, $"{one}, {two}", $"{one} and {two} are returned in each other's place", "each equals the true gradient of the other", $"return {one} before {two}");
                }
        return null;

        static bool Equals(Tensor? given, double[] reference) => given is not null && given.numel() == reference.Length
            && Host.Numbers(given).Zip(reference).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-7 * Math.Max(Math.Abs(pair.Second), 1e-3));
    }

    /// <summary>NaN or infinity where the true gradient is finite.</summary>
    internal static Cause? Nonfinite(string name, IReadOnlyList<long> shape, double[] hand, double[] truth)
    {
        var bad = Enumerable.Range(0, hand.Length).Where(i => !double.IsFinite(hand[i]) && double.IsFinite(truth[i])).ToList();
        return bad.Count == 0 ? null : Causes.Of(CauseCode.Nonfinite, name, $"{name} is {Numbers.Show(hand[bad[0]])} at {Expect.Show(Host.Index(shape, bad[0]))}, where the true gradient is {Numbers.Show(truth[bad[0]])}",
            $"{bad.Count} of {hand.Length} entries are not finite", "look for a division by 0, a logarithm or root of 0, or an exponential that overflows; use the stable form");
    }

    private static Cause Dtype(string name, Tensor gradient, Tensor input) => gradient.dtype == torch.uint8 && gradient.dim() == 0
        ? Causes.Of(CauseCode.Dtype, name, $"{name} is a 0-dimensional byte tensor: in C#, t.sum(0) binds to sum(ScalarType?), not to a sum over dimension 0", // the trap
            "Byte, shape []", "write t.sum(0L) or t.sum(new long[] { 0 })")
        : Causes.Of(CauseCode.Dtype, name, $"{name} is {gradient.dtype}, its input is {input.dtype}", $"{gradient.dtype} instead of {input.dtype}", "compute in the input's dtype: beware of tensors made from C# numbers, which have a dtype of their own");

    private static IEnumerable<Cause> Shape(string name, Tensor gradient, Tensor input, double[]? truth)
    {
        var (has, wants) = (Expect.Show(gradient.shape), Expect.Show(input.shape));
        var shape = Causes.Of(CauseCode.Shape, name, $"{name} has shape {has}, its input {wants}", $"{has} instead of {wants}", "give the gradient its input's shape");
        if (truth is not null && input.numel() > 0)
        {
            using var scope = torch.NewDisposeScope();
            var reference = Host.Tensor(truth, input.shape, torch.float64, torch.CPU);
            var given = gradient.detach().cpu().to_type(torch.float64);
            if (given.dim() == 2 && input.dim() == 2 && given.shape.AsSpan().SequenceEqual(reference.t().shape) && Near(given, reference.t()))
                yield return Causes.Of(CauseCode.Transpose, name, $"{name} is the transpose of the true gradient", $"{name}ᵀ equals it in all {truth.Length} entries", "transpose it, or swap the factors of the product that it comes from");
            else if (Reduced(given, input.shape, reference) is { } reduced)
            {
                var exact = Near(reduced, reference);
                yield return Causes.Of(CauseCode.NotReduced, name, $"{name} was not summed over {Dimensions(given, input)} that the forward pass broadcast over",
                    $"shape {has} instead of {wants}{(exact ? "; summed, it equals the true gradient" : "")}", "sum over the broadcast dimensions, e.g. dy.sum(0L)");
            }
        }
        yield return shape;
    }

    /// <summary>A gradient summed over some of its dimensions down to the input's shape: the sum that equals the true gradient, else any; null when none fits.</summary>
    private static Tensor? Reduced(Tensor gradient, long[] shape, Tensor truth)
    {
        const int most = 6;
        if (gradient.dim() < shape.Length || gradient.dim() > most || gradient.numel() <= truth.numel()) return null;
        Tensor? fitting = null;
        for (var chosen = 1; chosen < 1 << (int)gradient.dim(); chosen++)
        {
            long[] dimensions = [.. Enumerable.Range(0, (int)gradient.dim()).Where(d => (chosen >> d & 1) == 1).Select(d => (long)d)];
            foreach (var keep in new[] { false, true })
            {
                var sum = gradient.sum(dimensions, keepdim: keep);
                if (!sum.shape.AsSpan().SequenceEqual(shape)) continue;
                if (Near(sum, truth)) return sum;
                fitting ??= sum;
            }
        }
        return fitting;
    }

    private static string Dimensions(Tensor gradient, Tensor input) => gradient.dim() > input.dim() && gradient.dim() - input.dim() == 1 ? "the dimension" : "the dimensions";

    private static bool Near(Tensor a, Tensor b) => (a - b).norm().item<double>() is var distance && distance <= 1e-6 * b.norm().item<double>();
}
