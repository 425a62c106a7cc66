using System.Text.RegularExpressions;
using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What tensors and their types tell of themselves; and that the tests of TorchSharp name all that the lists do.</summary>
public sealed class TorchSharpInformationTests
{
    [Fact]
    public void Tensors_tell_of_themselves()
    {
        var t = torch.arange(6, torch.float32).reshape(2, 3);
        Assert.True(t.is_cpu() && !t.is_cuda && !t.is_meta && !t.is_sparse && !t.is_integral() && torch.tensor(1).is_integral() && torch.tensor(2.0).is_nonzero());
        Assert.Equal((2L, 4L, 3L, -1), (t.Dimensions, t.element_size(), t[1].storage_offset(), t.device_index == 0 ? -1 : t.device_index));
        Assert.Equal(t.GetHashCode(), t.GetHashCode());
        Assert.True(torch.is_tensor(t) && !torch.is_tensor("t") && torch.cuda_is_available() == torch.cuda.is_available());
        Assert.Contains("2x3", t.metastr(), StringComparison.Ordinal);
        Assert.Equal(6, t.shape.TotalSize());
        Assert.Equal((2.5, torch.float64), (2.5.ToTensor().item<double>(), 2.5.ToTensor().dtype));
        Assert.True(t.with_requires_grad().requires_grad);
        Assert.Equal((32, 64), (torch.finfo(torch.float32).bits, torch.finfo(torch.float64).bits));
        foreach (var type in new[] { torch.ScalarType.BFloat16, torch.ScalarType.Float16, torch.ScalarType.ComplexFloat32, torch.ScalarType.ComplexFloat64, torch.ScalarType.Int16, torch.ScalarType.Int8 })
            Assert.Equal((type, 3.0), (t[1, 0].to_type(type).dtype, t[1, 0].to_type(type).to_type(torch.float64).item<double>()));
    }

    [Fact]
    public void More_of_the_everyday()
    {
        var (a, b) = (Vector(1, 2, 3), Vector(2, 2, 2));
        Holds(a.ge(b), 0, 1, 1);
        Holds(a.le(b), 1, 1, 0);
        Holds(a.lt(b), 1, 0, 0);
        Holds(a.greater(b), 0, 0, 1);
        Holds(a.logaddexp(b), a.data<double>().Select(x => Math.Log(Math.Exp(x) + Math.Exp(2))).ToArray());
        var twice = torch.tensor(new long[] { 1, 1 });
        Holds(a.index_add(0, twice, Vector(10, 20), 2), 1, 62, 3);
        Holds(a.scatter_add(0, twice, Vector(10, 20)), 1, 32, 3);
        Holds(torch.logspace(0, 2, 3, dtype: torch.float64), 1, 10, 100);
        Holds(torch.as_tensor(new[] { 1.5, 2 }), 1.5, 2);
        Holds(torch.linalg.cross(Vector(1, 0, 0), Vector(0, 1, 0)), 0, 0, 1);
        Holds(torch.linalg.svdvals(Matrix(new double[,] { { 3, 0 }, { 0, -4 } })), 4, 3);
        Holds(torch.linalg.pinv(Matrix(new double[,] { { 2, 0 }, { 0, 0 } })), [2, 2], 0.5, 0, 0, 0);
        Holds(torch.linalg.qr(Matrix(new double[,] { { 2 }, { 0 } }), torch.linalg.QRMode.Reduced).R.abs(), [1, 1], 2);
        using var x = Vector(1, 2).requires_grad_();
        var y = x.mul(2);
        y.retain_grad();
        y.square().sum().backward();
        var values = a.data<double>();
        values.CopyFrom([7, 8, 9]);
        Assert.Equal((3L, 8.0, false), (values.Count, values[1], values.IsReadOnly));
        Holds(a, 7, 8, 9);
    }

    /// <summary>Values of enumerations and what the language or the runtime calls by itself.</summary>
    private static readonly Regex Silent = new(@"^(DeviceType|ThreadDisposeScopeStatistics|torch: static TensorStringStyle|TensorStringStyle|PaddingModes: static PaddingModes Zeros|cuda: static Void|cuda: static Boolean is_cudnn)|(GetEnumerator|GetHashCode|TensorItems|Item|op_\w+)(\(|$)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    /// <summary>Not called, for they change or wait for the whole process.</summary>
    private static readonly HashSet<string> Apart = new(StringComparer.Ordinal)
    {
        "set_num_interop_threads", "InitializeDevice", "InitializeDeviceType", "set_default_dtype", "CheckForErrors", "MarkAsDisposed", "META",
    };

    /// <summary>Functions of torch and in place methods are compared with their twins.</summary>
    [Fact]
    public void Every_member_listed_is_in_a_test()
    {
        var folder = Path.Combine(Root, "Backprop.PropertyTests", "Substitutes");
        var words = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), @"\w+", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        var listed = new[] { "surface.txt", "surface-newer.txt" }.SelectMany(name => File.ReadLines(Path.Combine(Root, "Substitutes", "TorchSharp", name)))
            .Where(line => !Silent.IsMatch(line)).Select(Surface.Parse).Where(m => m.Name != "type").ToList();
        var methods = listed.Where(m => m.Type == "Tensor").Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        bool Tried(Surface m) => words.Contains(m.Name.Split('`')[0]) || Apart.Contains(m.Name)
            || (m.Type is "torch" or "Tensor" && m.Name.EndsWith('_') && words.Contains(m.Name[..^1])) || (m.Type == "torch" && methods.Contains(m.Name));
        var untried = listed.Where(m => !Tried(m)).Select(m => m.ToString()).ToList();
        Assert.True(untried.Count == 0, string.Join(Environment.NewLine, untried));
        Assert.InRange(listed.Count, 1500, int.MaxValue);
    }
}
