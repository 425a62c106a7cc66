using System.Globalization;
using System.Reflection;
using Backprop.Verify;

namespace Backprop.Facade.Binding;

/// <summary>A tensor parameter's attributes as an <see cref="Input"/>.</summary>
internal static class InputReader
{
    internal static bool IsMarked(ParameterInfo parameter) => parameter.IsDefined(typeof(SizedAttribute), true);

    /// <exception cref="FormException">Attributes that are missing, wrong or do not go together; the message says what to write.</exception>
    internal static Input Read(ParameterInfo parameter, string where)
    {
        var all = parameter.GetCustomAttributes<SizedAttribute>().ToList();
        var beside = all.OfType<ShapeAttribute>().FirstOrDefault();
        var kinds = all.Where(one => one is not ShapeAttribute).ToList();
        if (all.Count == 0)
            throw new FormException($"{where} is a Tensor without a shape; write [Shape(\"N\", \"D\")] before it, with a letter or a number for each of its dimensions ([Labels(…)] or [Indices(…)] for whole numbers).");
        if (kinds.Count > 1) throw new FormException($"{where} has both [{Word(kinds[0])}] and [{Word(kinds[1])}]; it can be only one of them.");
        var differentiable = !parameter.IsDefined(typeof(NoGradientAttribute), true);
        var name = parameter.Name ?? "x";
        if (kinds.Count == 0) return new(name, Shape(beside!, where), InputKind.Real, differentiable);
        var kind = kinds[0];
        if (kind is BoundedAttribute bounded)
        {
            if (beside is not null) throw new FormException($"{where} has both [Shape] and [{Word(kind)}]; write [{Word(kind)}(shape…, bound)] alone.");
            var sizes = Shape(kind, where);
            if (sizes.Count == 0 || sizes[^1] == "0") throw new FormException($"{where}: [{Word(kind)}] needs a bound as its last argument, e.g. [{Word(kind)}(\"N\", \"C\")] for N numbers below C.");
            return new(name, sizes, kind is LabelsAttribute ? InputKind.Labels : InputKind.Indices, false) { Ignored = bounded.Ignore };
        }
        if (kind.Sizes.Count > 0 && beside is not null) throw new FormException($"{where} has a shape twice, in [Shape] and in [{Word(kind)}]; take one of them away.");
        if (kind.Sizes.Count == 0 && beside is null) throw new FormException($"{where}: [{Word(kind)}] has no shape; write [Shape(…)] beside it.");
        var shape = Shape(kind.Sizes.Count > 0 ? kind : beside!, where);
        if (shape.Count == 0 && kind is ProbabilitiesAttribute or OneHotAttribute or UnitNormAttribute)
            throw new FormException($"{where}: [{Word(kind)}] is about the last dimension, but a 0-dimensional tensor has none.");
        return kind switch
        {
            ProbabilitiesAttribute => new(name, shape, InputKind.Probabilities, differentiable),
            OneHotAttribute => new(name, shape, InputKind.OneHot, differentiable),
            UnitNormAttribute => new(name, shape, InputKind.UnitNorm, differentiable),
            PositiveAttribute => new(name, shape, InputKind.Positive, differentiable),
            RangeAttribute range => range.Low < range.High && double.IsFinite(range.High - range.Low)
                ? new(name, shape, InputKind.Range, differentiable) { Low = range.Low, High = range.High }
                : throw new FormException(string.Create(CultureInfo.InvariantCulture, $"{where}: [Range({range.Low}, {range.High})] is empty; the first number must be less than the second, both finite.")),
            _ => throw new FormException($"{where}: [{Word(kind)}] is not known."),
        };
    }

    private static IReadOnlyList<string> Shape(SizedAttribute attribute, string where) => [.. attribute.Sizes.Select(size => size switch
    {
        string text when SizeProduct.IsValid(text) => text,
        int or long or short or byte when Convert.ToInt64(size, CultureInfo.InvariantCulture) is >= 0 and var number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new FormException($"{where}: {(size is string ? $"\"{size}\"" : size ?? "null")} in [{Word(attribute)}] is no size; expected a letter such as \"N\", a number from 0, or a product such as \"4*H\"."),
    })];

    private static string Word(SizedAttribute attribute) => attribute.GetType().Name[..^"Attribute".Length];
}
