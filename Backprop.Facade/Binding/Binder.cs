using System.Globalization;
using System.Reflection;
using Backprop.Bugs;
using Backprop.Diagnosis;
using Backprop.Verify;

namespace Backprop.Facade.Binding;

/// <summary>Two passes of someone's own → a specimen. Whatever is not understood is one sentence that names the class and the parameter.</summary>
internal static class Binder
{
    /// <summary>A specimen of Forward and Backward.</summary>
    /// <param name="name">In reports.</param>
    /// <param name="forward">The forward pass.</param>
    /// <param name="backward">The backward pass.</param>
    /// <param name="given">Forward's tensors in order; empty when attributes describe them.</param>
    /// <exception cref="FormException">Their form is not understood.</exception>
    internal static Specimen Bind(string name, Pass forward, Pass backward, IReadOnlyList<Input> given)
    {
        var slots = Slot.Of(forward, given);
        var inputs = given.Count > 0 && slots.Any(slot => slot.TakesAll) ? [.. given.Select((input, i) => input.Name.Length > 0 ? input : input with { Name = $"x{i + 1}" })] : slots.Where(slot => slot.Input is not null).Select(slot => slot.Input!).ToList();
        var signature = Signature.Of(forward, backward, slots);
        var gradients = new GradientReader(backward, inputs, slots.Count);
        return new()
        {
            Name = name,
            Inputs = inputs,
            Forward = x => signature.Outcome(forward.Call([.. slots.Select(slot => slot.Argument(slot.Parameter.ParameterType, x))])),
            Backward = (dys, x, saved) => gradients.Read(backward.Call(signature.Arguments(dys, x, saved))),
            Constants = [.. slots.Where(slot => slot.Number is not null).Select(slot => new Constant(slot.Name, slot.Number!.Value))],
            Syntax = signature.IsPlain && !Pass.IsNameless(forward.Method) && !Pass.IsNameless(backward.Method)
                ? new(Written(forward.Method), Written(backward.Method), [.. slots.Where(slot => slot.IsConstant).Select(slot => Literal(slot.Constant))])
                {
                    Saved = signature.Saved(slot => Literal(slot.Constant)),
                    Curried = forward.Method.GetCustomAttributesData().Any(data => data.AttributeType.Name == "CompilationArgumentCountsAttribute"),
                }
                : null,
            Source = Symbols.Of(backward.Method),
        };
    }

    private static string Written(MethodInfo method) => $"{Pass.Name(method.DeclaringType!)}.{method.Name}";

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        double number => number.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : number.ToString("R", CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        Enum one => $"{Pass.Name(one.GetType())}.{one}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
    };
}
