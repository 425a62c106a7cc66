using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>What a comparison along a random direction came to.</summary>
internal enum DirectionOutcome
{
    /// <summary>The slope is what the gradient says.</summary>
    Agrees,

    /// <summary>It is not, and not for want of smoothness or digits.</summary>
    Differs,

    /// <summary>A kink, rounding or the edge of the domain decides.</summary>
    Unclear,
}

/// <summary>The first look: the slope of ⟨dy, f⟩ along a random direction in some of the inputs, against what a gradient says. A few evaluations, whatever the size.</summary>
internal sealed class Directions(Func<IReadOnlyList<Tensor>, Tensor> f, IReadOnlyList<Tensor> inputs, Tensor dy)
{
    private static readonly double[] Steps = [1e-4, 1e-5, 1e-6];

    /// <summary>Relative to the sum of magnitudes of the slope's terms over √terms: what truncation leaves at the best step.</summary>
    private const double Allowed = 1e-5;

    private readonly double[] _dy = Host.Numbers(dy);
    private readonly double[] _centre = Host.Numbers(f(inputs));

    /// <summary>Compares along one direction over the inputs at <paramref name="places"/>, whose claimed gradients are <paramref name="gradients"/>.</summary>
    internal DirectionOutcome Compare(IReadOnlyList<int> places, IReadOnlyList<double[]> gradients, Random random)
    {
        var direction = places.Select(place => Direction(inputs[place], random)).ToList();
        double claimed = 0, magnitude = 0;
        for (var p = 0; p < places.Count; p++)
            for (var i = 0; i < direction[p].Length; i++)
            {
                var term = direction[p][i] * gradients[p][i];
                (claimed, magnitude) = (claimed + term, magnitude + term * term);
            }
        var tensors = places.Select((place, p) => Host.Tensor(direction[p], inputs[place].shape, torch.float64, inputs[place].device)).ToList();
        var best = DirectionOutcome.Unclear;
        var certainty = double.PositiveInfinity;
        foreach (var step in Steps)
        {
            var (whole, half) = (Slopes(places, tensors, step), Slopes(places, tensors, step / 2));
            var uncertainty = Math.Abs(whole.Centred - half.Centred) + whole.Rounding;
            var slope = (4 * half.Centred - whole.Centred) / 3;
            if (!double.IsFinite(slope) || !double.IsFinite(uncertainty)) continue;
            var scale = Math.Max(Math.Sqrt(magnitude), Math.Abs(slope));
            if (Math.Abs(slope - claimed) <= Allowed * scale + 3 * uncertainty && uncertainty <= 0.01 * scale) return DirectionOutcome.Agrees;
            var gap = Math.Abs(whole.Right - whole.Left);
            var kinked = gap > 1e-3 * scale + 8 * whole.Rounding && Math.Abs(half.Right - half.Left) > 0.75 * gap;
            if (kinked || uncertainty > 1e-3 * scale || uncertainty >= certainty) continue;
            (best, certainty) = (Math.Abs(slope - claimed) > 0.01 * scale ? DirectionOutcome.Differs : DirectionOutcome.Unclear, uncertainty);
        }
        return best;
    }

    private FiniteDifference.Quotients Slopes(IReadOnlyList<int> places, IReadOnlyList<Tensor> direction, double step)
    {
        var (above, below) = (Moved(places, direction, step), Moved(places, direction, -step));
        double left = 0, right = 0, magnitude = 0;
        for (var k = 0; k < _dy.Length; k++)
        {
            right += _dy[k] * (above[k] - _centre[k]);
            left += _dy[k] * (_centre[k] - below[k]);
            magnitude += Math.Abs(_dy[k]) * (Math.Abs(above[k]) + Math.Abs(below[k]) + 1);
        }
        return new(left / step, right / step, (left + right) / (2 * step), 4 * Tolerance.Float64.Epsilon * magnitude / step);
    }

    private double[] Moved(IReadOnlyList<int> places, IReadOnlyList<Tensor> direction, double step)
    {
        using var scope = torch.NewDisposeScope();
        var moved = inputs.ToArray();
        for (var p = 0; p < places.Count; p++) moved[places[p]] = inputs[places[p]] + direction[p] * step;
        try
        {
            return Host.Numbers(f(moved));
        }
        catch (PassException)
        {
            // Outside the domain.
            return [.. _centre.Select(_ => double.NaN)];
        }
    }

    /// <summary>Of typical length 1, in proportion to the size of the entries where these are small.</summary>
    private static double[] Direction(Tensor input, Random random)
    {
        var numbers = Host.Numbers(input);
        var scale = Math.Clamp(numbers.Select(Math.Abs).DefaultIfEmpty(1).Average(), 1e-3, 1e3) / Math.Sqrt(Math.Max(1, numbers.Length));
        return [.. numbers.Select(_ => scale * (random.NextDouble() * 2 - 1 is var x ? x + Math.CopySign(0.25, x) : 0))];
    }
}
