using Backprop.Diagnosis;

namespace Backprop.Facade.Binding;

/// <summary>How Backward is called after Forward: a cotangent for each output, then Forward's parameters, or what Forward saved.</summary>
internal sealed class Signature
{
    private readonly Pass _forward;
    private readonly Pass _backward;
    private readonly IReadOnlyList<Slot> _slots;

    /// <summary>Parameters in front that take cotangents; one of them may take all.</summary>
    private readonly int _cotangents;

    /// <summary>What follows them: slots of Forward, and null for what it saved.</summary>
    private readonly IReadOnlyList<Slot?> _rest;

    /// <summary>The parts of Forward's result that are outputs, when the last is saved; null when all of it is outputs.</summary>
    private readonly IReadOnlyList<Part>? _parts;

    private Signature(Pass forward, Pass backward, IReadOnlyList<Slot> slots, int cotangents, IReadOnlyList<Slot?> rest, IReadOnlyList<Part>? parts) =>
        (_forward, _backward, _slots, _cotangents, _rest, _parts) = (forward, backward, slots, cotangents, rest, parts);

    /// <summary>Whether Backward(dy…, tensors…, constants…) and Forward(tensors…, constants…) call them, or Backward with what Forward saved.</summary>
    internal bool IsPlain => !TakesAll && _slots.All(slot => slot.IsConstant || (!slot.TakesAll && Tensors.IsTensor(slot.Parameter.ParameterType)))
        && _slots.Zip(_slots.Skip(1)).All(pair => !pair.First.IsConstant || pair.Second.IsConstant);

    /// <summary>What follows the cotangents, as source code, where that is not Forward's arguments; y is what Forward gave.</summary>
    internal IReadOnlyList<string>? Saved(Func<Slot, string> constant) => _rest.Contains(null) ? [.. _rest.Select(slot => slot is null ? $"y.{_parts![^1].Name}" : constant(slot))] : null;

    private bool TakesAll => Tensors.IsCollection(_backward.Parameters[0].ParameterType);

    /// <exception cref="FormException">They do not go together; the message says which parameter.</exception>
    internal static Signature Of(Pass forward, Pass backward, IReadOnlyList<Slot> slots)
    {
        if (backward.Parameters.Count == 0) throw new FormException($"{backward.Label} has no parameters; expected {Expected(backward, slots)}.");
        var parts = Tensors.Parts(forward.Returns);
        var saves = parts.Count >= 2 && parts.Take(parts.Count - 1).All(part => Tensors.AreAll(part.Type));
        var allOutputs = Tensors.AreAll(forward.Returns) && !(saves && IsSaved(forward.Returns, parts[^1]));
        if (!allOutputs && !saves)
            throw new FormException($"{forward.Label} returns {Tensors.Show(forward.Returns)}; expected a Tensor, an array, list, tuple or record of them, or a record or tuple with the output first and what Backward needs second.");
        var plain = Plain(forward, backward, slots, allOutputs ? forward.Returns : null);
        var saved = saves ? Saving(backward, slots, parts) : null;
        // Both forms may fit when what is saved is a tensor: then Forward's own names, or a cotangent for every part, decide for the plain one.
        var isPlain = plain is null && (SameNames(backward, slots) || (allOutputs && backward.Parameters.Count - slots.Count == Tensors.Count(forward.Returns)));
        if (saved is { } rest && !isPlain)
            return new(forward, backward, slots, backward.Parameters.Count - rest.Count, rest, parts);
        if (plain is null) return new(forward, backward, slots, backward.Parameters.Count - slots.Count, [.. slots], allOutputs ? null : parts);
        throw new FormException(plain + (allOutputs ? "" : $" (Or, with what Forward saves, Backward({string.Join(", ", Cotangents(parts.Count - 1))}, {Tensors.Show(parts[^1].Type)} saved).)"));
    }

    /// <summary>What Forward returned, as outputs and what it saved.</summary>
    internal Outcome Outcome(object? returned)
    {
        if (returned is null) throw new InvalidOperationException($"{_forward.Label} returned null.");
        var found = _parts is null ? Tensors.In(returned, _forward.Returns) : [.. _parts.SkipLast(1).SelectMany(part => Tensors.In(part.Get(returned), part.Type))];
        var outputs = found.Select(output => output ?? throw new InvalidOperationException($"{_forward.Label} returned null for an output.")).ToList();
        var floating = outputs.Count(output => output.is_floating_point());
        if (!TakesAll && floating != _cotangents)
            throw new InvalidOperationException($"{_forward.Label} gives {floating} floating-point {(floating == 1 ? "output" : "outputs")}, but {_backward.Label} takes {_cotangents} {(_cotangents == 1 ? "cotangent" : "cotangents")}; expected {Expected(_backward, _slots, floating)}.");
        return new(outputs, _parts?[^1].Get(returned));
    }

    /// <summary>Backward's arguments.</summary>
    internal object?[] Arguments(IReadOnlyList<Tensor> dys, IReadOnlyList<Tensor> inputs, object? saved)
    {
        var parameters = _backward.Parameters;
        IEnumerable<object?> cotangents = TakesAll ? [Tensors.Collect(parameters[0].ParameterType, dys)] : dys.Select((dy, i) => (object?)Tensors.Wrap(parameters[i].ParameterType, dy));
        return [.. cotangents, .. _rest.Select((slot, i) => slot is null ? saved : slot.Argument(parameters[_cotangents + i].ParameterType, inputs))];
    }

    /// <summary>Null when Backward takes cotangents and then Forward's parameters; else the sentence that says why not.</summary>
    private static string? Plain(Pass forward, Pass backward, IReadOnlyList<Slot> slots, Type? outputs)
    {
        var parameters = backward.Parameters;
        var count = parameters.Count - slots.Count;
        var expected = $"expected {Expected(backward, slots, outputs is null ? 1 : Tensors.Count(outputs) ?? 1)}";
        var missing = slots.Where(slot => parameters.All(one => one.Name != slot.Name)).Select(slot => slot.Name).ToList();
        if (count < 1)
            return parameters.Count == slots.Count && missing.Count == 0
                ? $"{backward.Label} has no parameter for the cotangent dy, the gradient of its output; {expected}."
                : $"{backward.Label} has too few parameters{(missing.Count > 0 ? $": none is named {string.Join(", ", missing)} as in Forward" : "")}; {expected}.";
        var most = Tensors.IsCollection(parameters[0].ParameterType) ? 1 : outputs is null ? null : Tensors.Count(outputs);
        if (count > (most ?? int.MaxValue))
        {
            var extra = parameters.Skip(1).Where(one => slots.All(slot => slot.Name != one.Name)).Select(one => one.Name).ToList();
            return $"{backward.Label} has too many parameters{(extra.Count > 0 ? $": Forward has no {string.Join(", ", extra)}" : "")}; {expected}.";
        }
        foreach (var (parameter, slot, i) in parameters.Skip(count).Zip(slots, Enumerable.Range(0, slots.Count)))
        {
            if (parameter.Name != slot.Name && slots.FirstOrDefault(other => other.Name == parameter.Name) is not null)
                return $"{backward.Label} takes {string.Join(", ", parameters.Skip(count).Select(one => one.Name))} where Forward takes {string.Join(", ", slots.Select(one => one.Name))}: parameters are matched by position, so {parameter.Name} would be given {slot.Name}; put them in Forward's order.";
            if (!slot.Fits(parameter.ParameterType))
                return $"{backward.Label}: parameter {parameter.Name} is {Tensors.Show(parameter.ParameterType)}, but Forward's {slot.Name} is {Tensors.Show(slot.Parameter.ParameterType)}; {expected}.";
        }
        foreach (var parameter in parameters.Take(count))
        {
            if (slots.Any(slot => slot.Name == parameter.Name)) return $"{backward.Label} has {parameter.Name} where the cotangent belongs, which comes first; {expected}.";
            if (!Slot.IsTensor(parameter.ParameterType) && !(count == 1 && Tensors.IsCollection(parameter.ParameterType)))
                return $"{backward.Label}: parameter {parameter.Name} is {Tensors.Show(parameter.ParameterType)}, but the cotangent is a Tensor; {expected}.";
        }
        return null;
    }

    /// <summary>What follows the cotangents when Backward takes what Forward saved, and after that perhaps constants of Forward, by name; null when it does not.</summary>
    private static IReadOnlyList<Slot?>? Saving(Pass backward, IReadOnlyList<Slot> slots, IReadOnlyList<Part> parts)
    {
        var parameters = backward.Parameters;
        var place = parameters.Count - 1;
        var constants = new List<Slot?>();
        while (place > 0 && slots.FirstOrDefault(slot => slot.IsConstant && slot.Name == parameters[place].Name && slot.Fits(parameters[place].ParameterType)) is { } constant)
        {
            constants.Insert(0, constant);
            place--;
        }
        if (place == 0 || !parameters[place].ParameterType.IsAssignableFrom(parts[^1].Type)) return null;
        var cotangents = parameters.Take(place).ToList();
        if (parts.SkipLast(1).Aggregate((int?)0, (sum, part) => sum + Tensors.Count(part.Type)) < place) return null;
        return cotangents.TrueForAll(one => Slot.IsTensor(one.ParameterType)) || (place == 1 && Tensors.IsCollection(cotangents[0].ParameterType)) ? [null, .. constants] : null;
    }

    /// <summary>Whether the last part of what Forward returns is meant for Backward although it is made of tensors: by its place in our own record, its name, or because it is a record itself.</summary>
    private static bool IsSaved(Type returned, Part last) =>
        !(Slot.IsTensor(last.Type) || Tensors.IsCollection(last.Type) || Tensors.IsTuple(last.Type)) || (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Rules.Primal<>)) || last.Name is "Saved" or "saved" or "Cache" or "cache" or "Context" or "context";

    private static bool SameNames(Pass backward, IReadOnlyList<Slot> slots) =>
        backward.Parameters.Count > slots.Count && backward.Parameters.Skip(backward.Parameters.Count - slots.Count).Zip(slots).All(pair => pair.First.Name == pair.Second.Name);

    private static string Expected(Pass backward, IReadOnlyList<Slot> slots, int outputs = 1) =>
        $"{backward.Label.Split('.')[^1]}({string.Join(", ", Cotangents(outputs).Concat(slots.Select(slot => $"{Tensors.Show(slot.Parameter.ParameterType)} {slot.Name}")))})";

    private static IEnumerable<string> Cotangents(int outputs) => outputs == 1 ? ["Tensor dy"] : Enumerable.Range(1, outputs).Select(i => $"Tensor dy{i}");
}
