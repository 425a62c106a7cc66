using Backprop.Bugs;

namespace Backprop.PropertyTests.Bugs;

/// <summary>What a wrong version shows at one point, without any explanation.</summary>
internal sealed record Symptom
{
    internal bool Throws { get; private init; }

    internal bool OtherCount { get; private init; }

    internal bool OtherShape { get; private init; }

    internal bool OtherDtype { get; private init; }

    internal bool NotFinite { get; private init; }

    internal bool Differs { get; private init; }

    internal bool Mutates { get; private init; }

    internal bool IgnoresDy { get; private init; }

    internal bool IsNotLinear { get; private init; }

    /// <summary>Another answer to the same question after another one.</summary>
    internal bool Remembers { get; private init; }

    internal bool IsWrong => Throws || OtherCount || OtherShape || OtherDtype || NotFinite || Differs || Mutates || Remembers;

    internal static Symptom Of(Bug bug, int seed)
    {
        var point = Point.Of(bug.Inputs ?? bug.Operation.Inputs, bug.Operation, seed);
        var other = Point.Of(bug.Inputs ?? bug.Operation.Inputs, bug.Operation, seed + 100);
        IReadOnlyList<Tensor> Ask(Func<Tensor, IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> backward, Point at, double factor = 1) => backward(at.Dy * factor, [.. at.Inputs.Select(input => input.clone())]);
        IReadOnlyList<Tensor> wrong;
        try
        {
            wrong = Ask(bug.Create(), point);
        }
        catch (Exception)
        {
            return new() { Throws = true };
        }
        var (dy, inputs) = (point.Dy.clone(), point.Inputs.Select(input => input.clone()).ToList());
        bug.Create()(dy, inputs);
        // A negative factor: the greatest of dy, and its norm, bear positive ones.
        var turned = Ask(bug.Create(), point, -2);
        var backward = bug.Create();
        Ask(backward, other);
        var again = Ask(backward, point);
        var pairs = wrong.Zip(point.Truth).ToList();
        return new()
        {
            OtherCount = wrong.Count != point.Truth.Count,
            OtherShape = pairs.Any(pair => !pair.First.shape.AsSpan().SequenceEqual(pair.Second.shape)),
            OtherDtype = pairs.Any(pair => pair.First.dtype != pair.Second.dtype),
            NotFinite = wrong.Any(gradient => Property.Numbers(gradient).Any(number => !double.IsFinite(number))),
            Differs = pairs.Any(pair => !Near(pair.First, pair.Second)),
            Mutates = !Near(dy, point.Dy) || inputs.Zip(point.Inputs).Any(pair => !Near(pair.First, pair.Second)),
            IgnoresDy = wrong.Zip(turned).Take(point.Truth.Count).Any(pair => pair.First.count_nonzero().item<long>() > 0 && Near(pair.First, pair.Second)),
            IsNotLinear = wrong.Zip(turned).Any(pair => !Near(pair.First * -2, pair.Second)),
            Remembers = wrong.Zip(again).Any(pair => !Near(pair.First, pair.Second)),
        };
    }

    /// <summary>Equal but for rounding of float64.</summary>
    private static bool Near(Tensor a, Tensor b)
    {
        if (!a.shape.AsSpan().SequenceEqual(b.shape)) return false;
        var (left, right) = (Property.Numbers(a), Property.Numbers(b));
        if (left.Zip(right).All(pair => pair.First.Equals(pair.Second))) return true;
        var scale = Math.Sqrt(right.Sum(number => number * number));
        var distance = Math.Sqrt(left.Zip(right).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
        return distance <= 1e-12 * (scale + 1e-6);
    }
}
