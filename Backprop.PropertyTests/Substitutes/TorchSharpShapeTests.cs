using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>What this repository expects of TorchSharp's factories, shapes, parts and indices; the real one and the substitute must both do it.</summary>
public sealed class TorchSharpShapeTests
{
    /// <summary>0 to 5 as two rows of three.</summary>
    private static Tensor Six() => torch.arange(6).to(torch.float64).reshape(2, 3);

    [Fact]
    public void Factories()
    {
        using var scope = torch.NewDisposeScope();
        Holds(torch.zeros(2), [2], 0, 0);
        Holds(torch.ones(1, 2), [1, 2], 1, 1);
        Holds(torch.ones(new long[] { 2, 1 }), [2, 1], 1, 1);
        Holds(torch.zeros(1, 1, 2), [1, 1, 2], 0, 0);
        Holds(torch.full(2, 2.5), [2], 2.5, 2.5);
        Holds(torch.full(2, 1, 7), [2, 1], 7, 7);
        Assert.Equal(torch.int64, torch.full(2, 7).dtype);
        Assert.Equal([3L, 0L], torch.empty(3, 0).shape);
        Holds(torch.eye(2), [2, 2], 1, 0, 0, 1);
        Holds(torch.eye(1, 3), [1, 3], 1, 0, 0);
        Holds(torch.arange(3), [3], 0, 1, 2);
        Holds(torch.arange(1, 2, 0.25), [4], 1, 1.25, 1.5, 1.75);
        Assert.Equal(torch.int64, torch.arange(3).dtype);
        Assert.Equal(torch.float32, torch.arange(3.5).dtype);
        Holds(torch.linspace(-1, 1, 5), [5], -1, -0.5, 0, 0.5, 1);
        Assert.Equal(torch.float32, torch.rand(2).dtype);
        Assert.Equal(torch.float64, torch.rand(2, torch.float64).dtype);
        Assert.True(torch.randn(2, torch.float64, requires_grad: true).requires_grad);
        Assert.Equal(torch.float64, torch.zeros_like(Six()).dtype);
        Holds(torch.full_like(torch.ones(2), 3), [2], 3, 3);
        Holds(torch.ones_like(torch.zeros(2), dtype: torch.int64), [2], 1, 1);
        Holds(Six().new_zeros([2]), [2], 0, 0);
        Assert.All(Values(torch.randint(2, 5, [50])), v => Assert.InRange(v, 2, 4));
        Assert.Equal([0.0, 1, 2, 3], Values(torch.randperm(4)).Order());
        Assert.All(Values(torch.empty(20).uniform_(2, 3)), v => Assert.InRange(v, 2, 3));
        Assert.Equal(torch.float32, torch.get_default_dtype());
    }

    [Fact]
    public void Tensors_from_numbers_arrays_and_lists()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(torch.float32, torch.tensor(1.5f).dtype);
        Assert.Equal(torch.float64, torch.tensor(1.5).dtype);
        Assert.Equal(torch.int64, torch.tensor(1L).dtype);
        Assert.Equal(torch.int32, torch.tensor(1).dtype);
        Assert.Equal(torch.@bool, torch.tensor(true).dtype);
        Holds(torch.tensor(1.5, torch.float32), [], 1.5);
        Holds(torch.tensor(new[] { 1f, 2 }), [2], 1, 2);
        Holds(torch.tensor(new double[,] { { 1, 2 }, { 3, 4 } }), [2, 2], 1, 2, 3, 4);
        Holds(torch.tensor(new long[,,] { { { 1 }, { 2 } } }), [1, 2, 1], 1, 2);
        Holds(torch.tensor(new[] { 1.0, 2, 3, 4 }, [2, 2]), [2, 2], 1, 2, 3, 4);
        Holds(torch.tensor(new List<double> { 1, 2, 3, 4 }, 2, 2), [2, 2], 1, 2, 3, 4);
        Holds(torch.tensor(new List<float> { 1, 2 }), [2], 1, 2);
        Holds(torch.tensor(new[] { true, false }), [2], 1, 0);
        Holds(torch.tensor(Array.Empty<float>()), [0]);
        Assert.Equal(torch.float32, torch.tensor(new[] { 1.0, 2 }, torch.float32).dtype);
        Assert.True(torch.tensor(new[] { 1.0, 2 }, requires_grad: true).requires_grad);
        Assert.Throws<ArgumentException>(() => torch.tensor(new[] { 1.0, 2, 3 }, [2, 2]));
        var copied = new[] { 1.0, 2 };
        var copy = torch.tensor(copied);
        copied[0] = 9;
        Holds(copy, 1, 2);
        var shared = new[] { 1.0, 2 };
        torch.from_array(shared).mul_(3);
        Assert.Equal([3.0, 6], shared);
        Tensor implicitly = 2.5f;
        Holds(implicitly, [], 2.5);
    }

    [Fact]
    public void What_a_tensor_says_of_itself()
    {
        using var scope = torch.NewDisposeScope();
        var t = Six();
        Assert.Equal([2L, 3L], t.shape);
        Assert.Equal([3L, 1L], t.stride());
        Assert.Equal((2L, 6L, 8L), (t.ndim, t.NumberOfElements, t.ElementSize));
        Assert.Equal((3L, 2L), (t.size(1), t.size(-2)));
        Assert.Equal((DeviceType.CPU, "cpu"), (t.device_type, t.device.ToString()));
        Assert.True(t.is_contiguous());
        Assert.False(t.t().is_contiguous());
        Assert.True(t.is_floating_point());
        Assert.True(t.is_leaf);
        Assert.False(t.requires_grad);
        Assert.Equal("[2x3], type = Float64, device = cpu", t.ToString());
        Assert.Equal("[], type = Float32, device = cpu", torch.tensor(1f).ToString());
        Assert.Contains("3", t.ToString(TensorStringStyle.Julia), StringComparison.Ordinal);
        Assert.Contains("5", t.str(), StringComparison.Ordinal);
        Assert.Equal(3.0, t[1, 0].item<double>());
        Assert.Equal(3f, (float)t[1, 0]);
        Assert.Equal(3L, t[1, 0].ToInt64());
        Assert.Equal(4.0, t.data<double>()[1, 1]);
        Assert.Equal(4.0, t.data<double>()[4]);
        Assert.Equal([0.0, 3, 1, 4, 2, 5], t.t().data<double>().ToArray());
        Assert.Equal(new double[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, t.t().data<double>().ToNDArray());
        Assert.Equal([0.0, 3, 1, 4, 2, 5], t.t().data<double>());
        Assert.Equal(5.0, t.ReadCpuDouble(5));
        Assert.Equal(48, t.bytes.Length);
        t.data<double>()[0, 0] = 7;
        Holds(t[0], [3], 7, 1, 2);
        Assert.Throws<ArgumentException>(() => t.data<float>());
        Assert.Throws<ArgumentException>(() => t.item<double>());
    }

    [Fact]
    public void Shapes()
    {
        using var scope = torch.NewDisposeScope();
        var t = Six();
        Holds(t.reshape(3, -1), [3, 2], 0, 1, 2, 3, 4, 5);
        Holds(t.view(6), [6], 0, 1, 2, 3, 4, 5);
        Holds(t.flatten(), [6], 0, 1, 2, 3, 4, 5);
        Holds(t.unflatten(1, 3, 1), [2, 3, 1], 0, 1, 2, 3, 4, 5);
        Holds(t.t(), [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.T, [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.mT, [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.transpose(-1, 0), [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(t.permute(1, 0), [3, 2], 0, 3, 1, 4, 2, 5);
        Assert.Equal([2L, 1, 3], t.unsqueeze(1).shape);
        Assert.Equal([2L, 3], t.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2L, 3], t.unsqueeze(0).unsqueeze(-1).squeeze().shape);
        Holds(t[0].expand(2, 3), [2, 3], 0, 1, 2, 0, 1, 2);
        Holds(t[0].broadcast_to(2, 3), [2, 3], 0, 1, 2, 0, 1, 2);
        Holds(t.flip(1), [2, 3], 2, 1, 0, 5, 4, 3);
        Holds(t.roll(1, 1), [2, 3], 2, 0, 1, 5, 3, 4);
        Holds(t.roll(2), [2, 3], 4, 5, 0, 1, 2, 3);
        Holds(t[0].repeat(2, 2), [2, 6], 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        Holds(t[0].repeat_interleave(2), [6], 0, 0, 1, 1, 2, 2);
        Holds(t.tril(), [2, 3], 0, 0, 0, 3, 4, 0);
        Holds(t.triu(1), [2, 3], 0, 1, 2, 0, 0, 5);
        Holds(Vector(1, 2).diag(), [2, 2], 1, 0, 0, 2);
        Holds(t.diagonal(1, 0, 1), [2], 1, 5);
        Holds(t[0].unfold(0, 2, 1), [2, 2], 0, 1, 1, 2);
        Holds(t.narrow(1, 1, 2), [2, 2], 1, 2, 4, 5);
        Holds(t.slice(1, 0, 3, 2), [2, 2], 0, 2, 3, 5);
        Holds(t.select(1, 2), [2], 2, 5);
        Assert.Equal([1L, 2L], t.split(2, 1).Select(p => p.size(1)).Order());
        Assert.Equal([1L, 2L], t.split([1, 2], 1).Select(p => p.size(1)));
        Holds(t.chunk(2, 0)[1], [1, 3], 3, 4, 5);
        Holds(t.unbind(1)[2], [2], 2, 5);
        Holds(torch.cat([t, t], 1), [2, 6], 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        Holds(torch.stack([t[0], t[1]], 1), [3, 2], 0, 3, 1, 4, 2, 5);
        Holds(torch.vstack(new List<Tensor> { t[0], t[1] }), [2, 3], 0, 1, 2, 3, 4, 5);
        Holds(torch.hstack(t[0], t[1]), [6], 0, 1, 2, 3, 4, 5);
        Holds(t.contiguous().clone(), [2, 3], 0, 1, 2, 3, 4, 5);
        Holds(t[0].diff(), [2], 1, 1);
    }

    [Fact]
    public void Indices()
    {
        using var scope = torch.NewDisposeScope();
        var t = Six();
        Holds(t[1], [3], 3, 4, 5);
        Holds(t[1, -1], [], 5);
        Holds(t[TensorIndex(1..3)], [2, 2], 1, 2, 4, 5);
        Holds(t[.., 1..], [2, 2], 1, 2, 4, 5);
        Holds(t[torch.TensorIndex.Ellipsis, torch.TensorIndex.Single(0)], [2], 0, 3);
        Holds(t[torch.TensorIndex.Colon, torch.TensorIndex.Slice(0, null, 2)], [2, 2], 0, 2, 3, 5);
        Assert.Equal([1L, 2, 3], t[torch.TensorIndex.None].shape);
        Holds(t[torch.tensor(new long[] { 1, 0, 1 })], [3, 3], 3, 4, 5, 0, 1, 2, 3, 4, 5);
        Holds(t[t > 2], [3], 3, 4, 5);
        Holds(t[torch.tensor(new long[] { 0, 1 }), torch.tensor(new long[] { 2, 0 })], [2], 2, 3);
        var w = t.clone();
        w[0] = Vector(9, 8, 7);
        w[1, 1] = torch.tensor(-1.0);
        Holds(w, [2, 3], 9, 8, 7, 3, -1, 5);
        w[w > 6] = torch.tensor(0.0);
        Holds(w, [2, 3], 0, 0, 0, 3, -1, 5);
        w[.., 0..1] = Matrix(new double[,] { { 4 }, { 6 } });
        Holds(w, [2, 3], 4, 0, 0, 6, -1, 5);
        Holds(w.index_put_(torch.tensor(2.0), torch.tensor(new long[] { 0 })), [2, 3], 2, 2, 2, 6, -1, 5);
    }

    private static torch.TensorIndex[] TensorIndex(Range columns) => [torch.TensorIndex.Colon, columns];

    [Fact]
    public void Gathering_and_scattering()
    {
        using var scope = torch.NewDisposeScope();
        var t = Six();
        var index = torch.tensor(new long[,] { { 2 }, { 0 } });
        Holds(t.gather(1, index), [2, 1], 2, 3);
        Holds(t.scatter(1, index, Matrix(new double[,] { { 9 }, { 8 } })), [2, 3], 0, 1, 9, 8, 4, 5);
        Holds(torch.zeros(2, 3, torch.float64).scatter_(1, index, torch.ones(2, 1, torch.float64)), [2, 3], 0, 0, 1, 1, 0, 0);
        Holds(t.clone().scatter_add_(1, index, torch.ones(2, 1, torch.float64)), [2, 3], 0, 1, 3, 4, 4, 5);
        var rows = torch.tensor(new long[] { 1, 1 });
        Holds(t.index_select(0, rows), [2, 3], 3, 4, 5, 3, 4, 5);
        Holds(torch.zeros(2, 3, torch.float64).index_add_(0, rows, t, 2), [2, 3], 0, 0, 0, 6, 10, 14);
        Holds(t.take(torch.tensor(new long[] { 5, 0 })), [2], 5, 0);
        Holds(t.masked_select(t > 3), [2], 4, 5);
        Holds((t > 3).nonzero(), [2, 2], 1, 1, 1, 2);
        Assert.Equal(2, torch.where(t > 3).Length);
    }

    [Fact]
    public void Types_and_places()
    {
        using var scope = torch.NewDisposeScope();
        var t = Six();
        Assert.Equal(torch.float32, t.to(torch.float32).dtype);
        Assert.Equal(torch.int64, t.to_type(torch.int64).dtype);
        Assert.Equal(torch.@bool, t.type(torch.@bool).dtype);
        Assert.Equal(torch.float32, t.@float().dtype);
        Assert.Equal(torch.int64, t.to(torch.ones(1, torch.int64)).dtype);
        Holds(t.to(torch.CPU), [2, 3], 0, 1, 2, 3, 4, 5);
        Holds(t.to(torch.float32, torch.CPU), [2, 3], 0, 1, 2, 3, 4, 5);
        Holds(t.to("cpu").cpu(), [2, 3], 0, 1, 2, 3, 4, 5);
        Assert.Equal("cuda:1", new torch.Device(DeviceType.CUDA, 1).ToString());
        Assert.Equal(DeviceType.CUDA, new torch.Device("cuda:0").type);
        Assert.Equal(double.MaxValue, torch.finfo(torch.float64).max);
        Assert.Equal(torch.cuda.is_available(), torch.cuda.device_count() > 0);
        Assert.Equal(torch.cuda.is_available(), torch.TryInitializeDeviceType(DeviceType.CUDA));
        Assert.NotEqual("", torch.__version__);
        Assert.True(torch.get_num_threads() >= 1);
        Assert.True(torch.get_num_interop_threads() >= 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var scope = torch.NewDisposeScope();
        using var own = new torch.Generator(5);
        using var twin = new torch.Generator(5);
        Assert.Equal(Values(torch.rand(4, generator: own)), Values(torch.rand(4, generator: twin)));
        var state = own.get_state();
        var next = Values(torch.randn(3, generator: own));
        own.set_state(state);
        Assert.Equal(next, Values(torch.randn(3, generator: own)));
        Assert.Equal(7, twin.manual_seed(7).initial_seed());
        Assert.All(Values(torch.full(50, 0.5).bernoulli()), v => Assert.True(v is 0 or 1));
        Assert.All(Values(Vector(0, 1, 0).multinomial(5, replacement: true)), v => Assert.Equal(1, v));
    }
}
