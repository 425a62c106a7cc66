using Backprop.Shapes;

namespace Backprop.Verify;

/// <summary>Which difference quotient stands for the derivative.</summary>
public enum DifferenceScheme
{
    /// <summary>(f(x + ε) − f(x − ε)) / 2ε: error of order ε².</summary>
    Centred,

    /// <summary>(f(x + ε) − f(x)) / ε: error of order ε; at a kink, the slope to the right.</summary>
    Forward,

    /// <summary>(f(x) − f(x − ε)) / ε: error of order ε; at a kink, the slope to the left.</summary>
    Backward,
}

/// <summary>Gradients from nothing but values of the function.</summary>
/// <remarks>Source: notes 004, lines 2059–2134: θ^(i±) = θ ± ε e_i, and (J(θ^(i+)) − J(θ^(i−))) / 2ε.</remarks>
public static class FiniteDifference
{
    /// <summary>The step for double precision: truncation (ε²) and rounding (2⁻⁵² / ε) are both near 1e-10 there.</summary>
    public const double DefaultStep = 1e-5;

    /// <summary>The gradient of ⟨dy, f(x)⟩ at x, entry by entry, of x's shape, dtype and device: 2 evaluations of f for each entry.</summary>
    /// <param name="f">The function; it is called on copies of x in which one entry is moved, and must not keep state.</param>
    /// <param name="x">The point: floating-point, any shape. Take float64: in float32 the quotient is mostly rounding.</param>
    /// <param name="dy">The cotangent, of the shape of f(x).</param>
    /// <param name="step">ε, positive.</param>
    /// <param name="scheme">The difference quotient.</param>
    /// <exception cref="ArgumentException">x is not floating-point, or dy has another shape than f(x).</exception>
    /// <exception cref="ArgumentOutOfRangeException">step is not positive.</exception>
    public static Tensor Gradient(Func<Tensor, Tensor> f, Tensor x, Tensor dy, double step = DefaultStep, DifferenceScheme scheme = DifferenceScheme.Centred)
    {
        var probe = new Probe(f, x, dy);
        var gradient = new double[x.numel()];
        for (var i = 0; i < gradient.Length; i++) gradient[i] = probe.At(i, step).By(scheme);
        return Host.Tensor(gradient, x.shape, x.dtype, x.device);
    }

    /// <summary>The quotients at one entry with one step, and how much of each rounding may be.</summary>
    /// <param name="Left">The slope to the left.</param>
    /// <param name="Right">The slope to the right.</param>
    /// <param name="Centred">The centred quotient.</param>
    /// <param name="Rounding">A bound on the rounding error in the centred quotient.</param>
    internal sealed record Quotients(double Left, double Right, double Centred, double Rounding)
    {
        internal double By(DifferenceScheme scheme) => scheme switch
        {
            DifferenceScheme.Centred => Centred,
            DifferenceScheme.Forward => Right,
            DifferenceScheme.Backward => Left,
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "scheme: expected Centred, Forward or Backward."),
        };
    }

    /// <summary>One-sided slopes of each output.</summary>
    /// <param name="Left">To the left.</param>
    /// <param name="Right">To the right.</param>
    /// <param name="Rounding">A bound on the rounding error in each.</param>
    internal sealed record Sides(double[] Left, double[] Right, double[] Rounding);

    /// <summary>A function at a point, ready to be asked for the slope along any entry.</summary>
    internal sealed class Probe
    {
        private readonly Func<Tensor, Tensor> _f;
        private readonly Tensor _x;
        private readonly double[] _entries;
        private readonly double[] _dy;
        private readonly double[] _centre;
        private readonly double _greatest;
        private readonly Tensor? _dense;

        /// <summary>Tensors of more entries are copied by libtorch, not made anew from numbers.</summary>
        private const int Large = 4096;

        internal Probe(Func<Tensor, Tensor> f, Tensor x, Tensor dy)
        {
            ArgumentNullException.ThrowIfNull(f);
            Expect.Floating(x, nameof(x));
            Expect.Floating(dy, nameof(dy));
            (_f, _x, _entries, _dy) = (f, x, Host.Numbers(x), Host.Numbers(dy));
            _greatest = _entries.Select(Math.Abs).DefaultIfEmpty(0).Max();
            _dense = _entries.Length > Large ? x.detach().contiguous() : null;
            _centre = Host.Numbers(f(x));
            if (_centre.Length != _dy.Length)
                throw new ArgumentException($"dy: expected {_centre.Length} entries, one for each of f(x), got shape {Expect.Show(dy.shape)}.", nameof(dy));
        }

        /// <summary>The quotients along entry <paramref name="entry"/>.</summary>
        internal Quotients At(int entry, double step)
        {
            if (!(step > 0)) throw new ArgumentOutOfRangeException(nameof(step), step, "step: expected a positive number.");
            var (high, low) = (_entries[entry] + step, _entries[entry] - step);
            var (above, below) = (Moved(entry, high), Moved(entry, low));
            double left = 0, right = 0, centred = 0, magnitude = 0;
            for (var k = 0; k < _dy.Length; k++)
            {
                // Subtracted output by output, before the sum over outputs: large values that do not change cancel exactly.
                right += _dy[k] * (above[k] - _centre[k]);
                left += _dy[k] * (_centre[k] - below[k]);
                centred += _dy[k] * (above[k] - below[k]);
                magnitude += Math.Abs(_dy[k]) * (Math.Abs(above[k]) + Math.Abs(below[k]));
            }
            // The steps as they came out in floating point, which is not quite what was asked for.
            return new(left / (_entries[entry] - low), right / (high - _entries[entry]), centred / (high - low), 4 * Tolerance.Float64.Epsilon * magnitude / (high - low));
        }

        /// <summary>The slopes of each output to either side along entry <paramref name="entry"/>, and what rounding may add to each.</summary>
        internal Sides SidesAt(int entry, double step)
        {
            var (high, low) = (_entries[entry] + step, _entries[entry] - step);
            var (above, below) = (Moved(entry, high), Moved(entry, low));
            return new([.. below.Select((value, k) => (_centre[k] - value) / (_entries[entry] - low))], [.. above.Select((value, k) => (value - _centre[k]) / (high - _entries[entry]))],
                [.. above.Select((value, k) => 8 * Tolerance.Float64.Epsilon * (Math.Abs(value) + Math.Abs(_centre[k]) + _greatest) / step)]);
        }

        /// <summary>How far the values of ⟨dy, f⟩ jump about by rounding, near the point along entry <paramref name="entry"/>: what is left of a few values
        /// close together when their differences of fourth order have taken away all that is smooth. On the calmer side, since a kink at the point
        /// itself is no rounding; and at least a rounding unit of input and result: a function that rounds to one value everywhere is not exact.</summary>
        /// <remarks>Source: Moré and Wild, Estimating Computational Noise, SIAM J. Sci. Comput. 33 (2011).</remarks>
        internal double Noise(int entry)
        {
            // At two spacings: of large terms that cancel, the closest values may all round alike.
            var seen = new[] { 1e-8, 1e-5 }.Max(spacing => Math.Min(Noise(entry, -spacing), Noise(entry, spacing)));
            return Math.Max(seen, _dy.Zip(_centre, (dy, f) => Math.Abs(dy) * (Math.Abs(f) + _greatest)).Sum() * Tolerance.Float64.Epsilon);
        }

        private double Noise(int entry, double spacing)
        {
            const int points = 9, order = 4;
            const double variance = 70; // of a fourth difference of independent unit noise: 1 + 16 + 36 + 16 + 1
            spacing *= Math.Max(1, Math.Abs(_entries[entry]));
            var values = Enumerable.Range(0, points).Select(i => Moved(entry, _entries[entry] + i * spacing)).ToArray();
            var noise = 0.0;
            for (var k = 0; k < _dy.Length; k++)
            {
                var differences = values.Select(value => value[k]).ToArray();
                for (var level = 0; level < order; level++)
                    for (var i = 0; i < points - 1 - level; i++) differences[i] = differences[i + 1] - differences[i];
                noise += Math.Abs(_dy[k]) * Math.Sqrt(differences.Take(points - order).Sum(d => d * d) / (points - order) / variance);
            }
            return noise;
        }

        private double[] Moved(int entry, double value)
        {
            using var scope = torch.NewDisposeScope();
            if (_dense is not null)
            {
                var moved = _dense.clone();
                moved.view(-1).narrow(0, entry, 1).fill_(value);
                return Host.Numbers(_f(moved));
            }
            var entries = (double[])_entries.Clone();
            entries[entry] = value;
            return Host.Numbers(_f(Host.Tensor(entries, _x.shape, _x.dtype, _x.device)));
        }
    }
}
