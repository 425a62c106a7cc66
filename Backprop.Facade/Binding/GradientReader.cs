using Backprop.Verify;

namespace Backprop.Facade.Binding;

/// <summary>What Backward returned → one gradient for each differentiable input, in order.</summary>
internal sealed class GradientReader
{
    private readonly Type _type;
    private readonly IReadOnlyList<Input> _inputs;
    private readonly int _parameters;
    private readonly IReadOnlyList<int>? _order;

    /// <exception cref="FormException">Backward returns something else than tensors.</exception>
    internal GradientReader(Pass backward, IReadOnlyList<Input> inputs, int parameters)
    {
        (_type, _inputs, _parameters) = (backward.Returns, inputs, parameters);
        if (_type != typeof(object) && !Tensors.AreAll(_type))
            throw new FormException($"{backward.Label} returns {Tensors.Show(_type)}; expected a Tensor for each differentiable parameter: one Tensor, or an array, list, tuple or record of them.");
        _order = Order(Tensors.Parts(_type));
    }

    internal IReadOnlyList<Tensor?> Read(object? returned)
    {
        var gradients = Tensors.In(returned, _type);
        if (_order is not null && _order.Count == gradients.Count) gradients = [.. _order.Select(place => gradients[place])];
        if (gradients.Count != _inputs.Count(input => input.Differentiable) && (gradients.Count == _inputs.Count || gradients.Count == _parameters) && gradients.Skip(_inputs.Count).All(extra => extra is null)
            && _inputs.Zip(gradients).All(pair => pair.First.Differentiable || pair.Second is null))
            // One for every parameter, with null for those that are not differentiable.
            gradients = [.. _inputs.Zip(gradients).Where(pair => pair.First.Differentiable).Select(pair => pair.Second)];
        return gradients;
    }

    /// <summary>Where a record's members stand when their names are those of the inputs, each once; null otherwise. F# sorts the fields of an anonymous record.</summary>
    private IReadOnlyList<int>? Order(IReadOnlyList<Part> parts)
    {
        var names = _inputs.Where(input => input.Differentiable).Select(input => input.Name).ToList();
        if (parts.Count != names.Count || parts.Any(part => !Slot.IsTensor(part.Type))) return null;
        var places = names.Select(name => parts.Select((part, i) => (part, i)).Where(pair => Names(pair.part.Name, name)).Select(pair => pair.i).DefaultIfEmpty(-1).First()).ToList();
        return places.Contains(-1) || places.Distinct().Count() != places.Count ? null : places;
    }

    /// <summary>Whether <paramref name="member"/> is x, DX, d_x, gradX or xGrad, for x.</summary>
    private static bool Names(string member, string input)
    {
        static string Letters(string text) => text.Replace("_", "", StringComparison.Ordinal);
        var name = Letters(input);
        return new[] { name, "d" + name, "grad" + name, name + "grad" }.Contains(Letters(member), StringComparer.OrdinalIgnoreCase);
    }
}
