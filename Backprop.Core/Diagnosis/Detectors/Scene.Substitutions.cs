namespace Backprop.Diagnosis;

internal sealed partial class Scene
{
    private readonly Dictionary<(Substitution, int), double[][]?> _at = [];
    private IReadOnlyList<Substitution>? _substitutions;

    /// <summary>The true gradients under every substitution that applies in sample <paramref name="s"/>.</summary>
    internal IEnumerable<(Substitution Substitution, double[][] Gradients)> Substituted(int s)
    {
        foreach (var one in _substitutions ??= [.. Substitution.All(this)])
            if (Substituted(one, s) is { } gradients) yield return (one, gradients);
    }

    /// <summary>The true gradients under a substitution; null where it does not apply, or the forward pass throws.</summary>
    internal double[][]? Substituted(Substitution one, int s)
    {
        if (_at.TryGetValue((one, s), out var known)) return known;
        using var scope = torch.NewDisposeScope();
        return _at[(one, s)] = one.Point(s) is { } point && Evidence.Laboratory.Truth(point.Inputs, point.Dys) is { } truth && truth.All(block => block.Numbers.All(double.IsFinite))
            ? [.. truth.Select(block => block.Numbers)] : null;
    }
}
