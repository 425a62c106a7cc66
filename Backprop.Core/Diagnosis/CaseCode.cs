using System.Globalization;
using Backprop.Shapes;
using Backprop.Verify;

namespace Backprop.Diagnosis;

/// <summary>A case as source code that can be pasted.</summary>
internal static class CaseCode
{
    /// <summary>Tensors of more entries than this are not written out.</summary>
    private const int Longest = 200;

    /// <summary>C#: the inputs, both passes, and as a comment what came out.</summary>
    internal static string CSharp(Specimen specimen, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys, Element? worst)
    {
        var (names, cotangents, constants) = Names(specimen, dys);
        var lines = inputs.Select((input, i) => $"var {names[i]} = {CSharp(input)};").ToList();
        lines.Add($"var y = {Call(specimen.Syntax?.Forward ?? "forward", names.Concat(constants), curried: false)};");
        lines.AddRange(dys.Select((dy, i) => $"var {cotangents[i]} = {CSharp(dy)};"));
        lines.Add($"var gradients = {Call(specimen.Syntax?.Backward ?? "backward", cotangents.Concat(specimen.Syntax?.Saved ?? [.. names, .. constants]), curried: false)};");
        if (worst is not null) lines.Add("// " + Values(worst));
        return string.Join('\n', lines);
    }

    /// <summary>F#: the same.</summary>
    internal static string FSharp(Specimen specimen, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> dys, Element? worst)
    {
        var (names, cotangents, constants) = Names(specimen, dys);
        var lines = inputs.Select((input, i) => $"let {names[i]} = {FSharp(input)}").ToList();
        lines.Add($"let y = {Call(specimen.Syntax?.Forward ?? "forward", names.Concat(constants), specimen.Syntax is { Curried: true })}");
        lines.AddRange(dys.Select((dy, i) => $"let {cotangents[i]} = {FSharp(dy)}"));
        lines.Add($"let gradients = {Call(specimen.Syntax?.Backward ?? "backward", cotangents.Concat(specimen.Syntax?.Saved ?? [.. names, .. constants]), specimen.Syntax is { Curried: true })}");
        if (worst is not null) lines.Add("// " + Values(worst));
        return string.Join('\n', lines);
    }

    /// <summary>The three values at the entry that shows it best.</summary>
    internal static string Values(Element worst) =>
        $"d{worst.Input}{(worst.Index.Count == 0 ? "" : Expect.Show(worst.Index))}: hand {Numbers.Show(worst.Hand)}, autograd {Numbers.Show(worst.Autograd)}{(worst.Difference is { } difference ? $", difference {Numbers.Show(difference)}" : "")}";

    private static string Call(string pass, IEnumerable<string> arguments, bool curried) => curried ? $"{pass} {string.Join(' ', arguments)}" : $"{pass}({string.Join(", ", arguments)})";

    private static (IReadOnlyList<string> Names, IReadOnlyList<string> Cotangents, IReadOnlyList<string> Constants) Names(Specimen specimen, IReadOnlyList<Tensor> dys) =>
        ([.. specimen.Inputs.Select(input => input.Name)], [.. dys.Select((_, i) => dys.Count == 1 ? "dy" : $"dy{i + 1}")], specimen.Syntax?.Constants ?? [.. specimen.Constants.Select(constant => Numbers.Exact(constant.Value))]);

    private static string CSharp(Tensor tensor)
    {
        if (tensor.numel() > Longest) return $"torch.randn({string.Join(", ", tensor.shape)}) /* {tensor.numel()} entries */";
        var (type, suffix, format) = Kind(tensor);
        var numbers = Host.Numbers(tensor).Select(number => Literal(number, format, suffix));
        return $"torch.tensor(new {type}[] {{ {string.Join(", ", numbers)} }}, new long[] {{ {string.Join(", ", tensor.shape)} }})";
    }

    private static string FSharp(Tensor tensor)
    {
        if (tensor.numel() > Longest) return $"torch.randn([| {string.Join("; ", tensor.shape.Select(size => size + "L"))} |]) // {tensor.numel()} entries";
        var (type, _, format) = Kind(tensor);
        var numbers = Host.Numbers(tensor).Select(number => type switch
        {
            "long" => number.ToString("F0", CultureInfo.InvariantCulture) + "L",
            "bool" => number != 0 ? "true" : "false",
            _ => Pointed(number.ToString(format, CultureInfo.InvariantCulture)) + (type == "float" ? "f" : ""),
        });
        return $"torch.tensor([| {string.Join("; ", numbers)} |], [| {string.Join("; ", tensor.shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + "L"))} |])";
    }

    private static (string Type, string Suffix, string Format) Kind(Tensor tensor) => tensor.dtype switch
    {
        torch.ScalarType.Float32 => ("float", "f", "G9"),
        torch.ScalarType.Bool => ("bool", "", ""),
        torch.ScalarType.Float64 => ("double", "", "R"),
        _ => ("long", "", "F0"),
    };

    private static string Literal(double number, string format, string suffix) => format.Length == 0 ? (number != 0 ? "true" : "false") : number.ToString(format, CultureInfo.InvariantCulture) + suffix;

    /// <summary>F# takes a number without a point for an integer.</summary>
    private static string Pointed(string number) => number.AsSpan().IndexOfAny('.', 'E', 'N') < 0 && !number.Contains('∞') ? number + ".0" : number;
}
