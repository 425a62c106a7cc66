using System.Globalization;
using System.Reflection;
using Backprop.Verify;

namespace Backprop.Facade.Binding;

/// <summary>A parameter of Forward, and where its argument comes from: a tensor among the inputs, all of them, or a constant.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Input">For a tensor: how it is drawn.</param>
/// <param name="Place">For a tensor: which input it is.</param>
/// <param name="IsConstant">Whether it is no tensor.</param>
/// <param name="Constant">The constant's value.</param>
internal sealed record Slot(ParameterInfo Parameter, Input? Input, int Place, bool IsConstant, object? Constant)
{
    internal string Name => Parameter.Name ?? $"parameter {Parameter.Position + 1}";

    internal bool TakesAll => !IsConstant && Input is null;

    /// <summary>The argument for a parameter of this type, of Forward or of Backward.</summary>
    internal object? Argument(Type type, IReadOnlyList<Tensor> inputs) => IsConstant ? Constant : TakesAll ? Tensors.Collect(type, inputs) : Tensors.Wrap(type, inputs[Place]);

    /// <summary>Whether a parameter of Backward can take the same argument.</summary>
    internal bool Fits(Type type) => IsConstant ? type.IsAssignableFrom(Parameter.ParameterType) : TakesAll ? Tensors.IsCollection(type) : IsTensor(type);

    /// <summary>A number that a factor may be made of; null for other constants.</summary>
    internal double? Number => Constant is double or float or int or long or short or byte or decimal ? Convert.ToDouble(Constant, CultureInfo.InvariantCulture) : null;

    /// <summary>A tensor, or an F# option of one.</summary>
    internal static bool IsTensor(Type type) => Tensors.IsTensor(type) || (Tensors.Optional(type) is { } some && Tensors.IsTensor(some));

    /// <summary>Forward's parameters. Without given inputs, attributes say what each tensor is.</summary>
    /// <exception cref="FormException">A parameter that is not understood; the message names it and says what to write.</exception>
    internal static IReadOnlyList<Slot> Of(Pass forward, IReadOnlyList<Input> given)
    {
        var place = 0;
        var slots = new List<Slot>();
        foreach (var parameter in forward.Parameters)
        {
            var type = parameter.ParameterType;
            var where = $"{forward.Label}: parameter {parameter.Name}";
            if (type.IsByRef || type.IsPointer || type.IsByRefLike) throw new FormException($"{where} is a reference; expected a Tensor or a constant, by value.");
            if (IsTensor(type) && (Tensors.IsTensor(type) || given.Count > 0 || InputReader.IsMarked(parameter)))
            {
                if (given.Count > 0 && place == given.Count) throw new FormException($"{where} has no input: {given.Count} {(given.Count == 1 ? "is" : "are")} given.");
                var input = given.Count == 0 ? InputReader.Read(parameter, where) : given[place].Name.Length > 0 ? given[place] : given[place] with { Name = parameter.Name ?? $"x{place + 1}" };
                slots.Add(new(parameter, input, place++, false, null));
            }
            else if (InputReader.IsMarked(parameter)) throw new FormException($"{where} is {Tensors.Show(type)}, but has an attribute for tensors; make it a Tensor, or take the attribute away.");
            else if (Tensors.IsCollection(type) && given.Count > 0 && forward.Parameters.Count(other => Tensors.IsCollection(other.ParameterType)) == 1 && place == 0)
            {
                slots.Add(new(parameter, null, 0, false, null));
                place = given.Count;
            }
            else if (Tensors.IsCollection(type)) throw new FormException($"{where} is {Tensors.Show(type)}: how many tensors it has is not known; write a parameter for each of them.");
            else slots.Add(new(parameter, null, 0, true, Default(parameter, where)));
        }
        if (place < given.Count) throw new FormException($"{forward.Label} takes {place} {(place == 1 ? "tensor" : "tensors")}, but {given.Count} inputs are given.");
        if (place == 0) throw new FormException($"{forward.Label} takes no tensor, so there is nothing to differentiate by.");
        return slots;
    }

    /// <summary>A constant's value: its default, or None for an F# option.</summary>
    private static object? Default(ParameterInfo parameter, string where)
    {
        var type = parameter.ParameterType;
        object? Nothing() => type.IsValueType ? Activator.CreateInstance(type) : null;
        if (parameter.HasDefaultValue) return parameter.DefaultValue ?? Nothing();
        if (Tensors.Optional(type) is not null || parameter.IsOptional) return Nothing();
        throw new FormException(type is { IsPrimitive: true } or { IsEnum: true }
            ? $"{where} is {Tensors.Show(type)} without a default, so its value is not known; give it one, e.g. {Tensors.Show(type)} {parameter.Name} = {(type == typeof(bool) ? "true" : "1")} (in F#, ?{parameter.Name} or [<Optional; DefaultParameterValue(…)>])."
            : $"{where} is {Tensors.Show(type)}; expected a Tensor, or a constant (double, float, int, long, bool) with a default.");
    }
}
