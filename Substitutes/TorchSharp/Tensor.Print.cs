using System.Globalization;
using System.Text;

namespace TorchSharp;

/// <summary>How a tensor is written.</summary>
public enum TensorStringStyle
{
    Metadata, Julia, Numpy, Default = 4,
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;

    private static TensorStringStyle _style = TensorStringStyle.Julia;

    /// <summary>The style that Default means.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => _style;
        set => _style = value != TensorStringStyle.Default ? value : throw new ArgumentException("The style cannot be set to 'Default'");
    }

    public partial class Tensor
    {
        /// <summary>Shape, dtype and device.</summary>
        public override string ToString() => $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>With the values, when <paramref name="disamb"/>.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(torch.TensorStringStyle, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <summary>In a style: Julia gives a line of shape and type, then matrices of aligned columns; Numpy nested brackets.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var write = new Writer(this, fltFormat ?? "g5", cultureInfo ?? CultureInfo.CurrentCulture, newLine is { Length: > 0 } ? newLine : Environment.NewLine, width ?? 100);
            return is_meta ? ToString() : style switch
            {
                TensorStringStyle.Metadata => ToString(),
                TensorStringStyle.Default => ToString(torch.TensorStringStyle, fltFormat, width, cultureInfo, newLine),
                TensorStringStyle.Numpy => write.Numpy(),
                _ => write.Julia(),
            };
        }

        private sealed class Writer
        {
            private readonly string _head, _newLine;
            private readonly long[] _shape;
            private readonly string[] _cells;
            private readonly int _width;

            internal Writer(Tensor t, string format, CultureInfo culture, string newLine, int width)
            {
                (_head, _newLine, _shape, _width) = (t.ToString(), newLine, t.shape, width);
                if (t.is_meta || t.is_complex())
                {
                    _cells = [];
                    return;
                }
                using var values = t.detach().to(t.is_floating_point() ? ScalarType.Float64 : ScalarType.Int64, CPU);
                _cells = t.dtype == ScalarType.Bool ? values.data<long>().Select(v => v != 0 ? "True" : "False").ToArray()
                    : t.is_floating_point() ? values.data<double>().Select(v => v.ToString(format, culture)).ToArray()
                    : values.data<long>().Select(v => v.ToString(culture)).ToArray();
            }

            internal string Julia()
            {
                if (_cells.Length == 0) return _head;
                if (_shape.Length == 0) return $"{_head}, value = {_cells[0]}";
                var text = new StringBuilder(_head).Append(_newLine);
                var columns = (int)_shape[^1];
                var rows = _shape.Length == 1 ? 1 : (int)_shape[^2];
                for (var first = 0; first < _cells.Length; first += rows * columns)
                {
                    if (_shape.Length > 2) text.Append('[').Append(string.Join(',', Place(first, rows * columns))).Append(",..,..] =").Append(_newLine);
                    var cell = _cells.Skip(first).Take(rows * columns).Max(c => c.Length) + 1;
                    var shown = Math.Min(columns, Math.Max(1, _width / cell));
                    for (var row = 0; row < rows; row++)
                    {
                        for (var column = 0; column < shown; column++) text.Append(_cells[first + row * columns + column].PadLeft(cell));
                        text.Append(shown < columns ? " ..." : "").Append(_newLine);
                    }
                }
                return text.ToString();
            }

            internal string Numpy() => _shape.Length == 0 ? _cells[0] : Nested(0, 0, _cells.Length);

            private string Nested(int dim, int first, int count)
            {
                if (dim == _shape.Length) return _cells[first];
                var size = (int)_shape[dim];
                var each = size == 0 ? 0 : count / size;
                var gap = dim == _shape.Length - 1 ? " " : _newLine + new string(' ', dim + 1);
                return "[" + string.Join(gap, Enumerable.Range(0, size).Select(i => Nested(dim + 1, first + i * each, each))) + "]";
            }

            private IEnumerable<int> Place(int first, int matrix)
            {
                var (number, place) = (first / matrix, new int[_shape.Length - 2]);
                for (var i = place.Length - 1; i >= 0; i--) (number, place[i]) = Math.DivRem(number, (int)_shape[i]);
                return place;
            }
        }
    }
}

public static partial class TensorExtensionMethods
{
    /// <summary>The values as text, in the style that is set.</summary>
    public static string str(this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);
    public static string jlstr(this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);
    public static string npstr(this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    /// <summary>Writes the values to the console, and gives the tensor back.</summary>
    public static torch.Tensor print(this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null, TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
        return t;
    }

    /// <summary>Shape, dtype and device.</summary>
    public static string metastr(this torch.Tensor tensor) => tensor.ToString();
}
