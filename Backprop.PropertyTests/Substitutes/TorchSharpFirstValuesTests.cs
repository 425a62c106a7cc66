using TorchSharp.Modules;
using static Backprop.PropertyTests.Substitutes.TorchSharpFacts;
using static TorchSharp.torch.nn;

namespace Backprop.PropertyTests.Substitutes;

/// <summary>First values of layers, parameters, and random numbers of many kinds: by their moments and bounds, the seed given.</summary>
public sealed class TorchSharpFirstValuesTests
{
    [Fact]
    public void Initialisations()
    {
        torch.manual_seed(11);
        var w = torch.empty(60, 50, torch.float64, requires_grad: true);
        Assert.Equal((50L, 60L), init.CalculateFanInAndFanOut(w));
        Assert.Equal((2L * 12, 5L * 12), init.CalculateFanInAndFanOut(torch.empty(5, 2, 3, 4)));
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(torch.empty(5)));
        Within(init.xavier_uniform_(w), Math.Sqrt(6.0 / 110));
        Within(init.glorot_uniform_(w, 2), 2 * Math.Sqrt(6.0 / 110));
        Within(init.kaiming_uniform_(w, Math.Sqrt(5)), 1 / Math.Sqrt(50));
        Within(init.kaiming_uniform_(w, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.Tanh), 5.0 / 3 * Math.Sqrt(3.0 / 60));
        Spread(init.kaiming_normal_(w, nonlinearity: init.NonlinearityType.ReLU), 0, Math.Sqrt(2.0 / 50));
        Spread(init.kaiming_normal_(w, 1, init.FanInOut.FanIn, init.NonlinearityType.LeakyReLU), 0, 1 / Math.Sqrt(50));
        Spread(init.normal_(w, 3, 0.5), 3, 0.5);
        Within(init.uniform_(w, -2, 2), 2);
        Holds(init.constant_(w, 3).sub(3).abs().sum(), 0);
        Holds(init.ones_(w).sub(1).abs().sum(), 0);
        Holds(init.zeros_(w).abs().sum(), 0);
        Holds(init.eye_(torch.empty(2, 3)), [2, 3], 1, 0, 0, 0, 1, 0);
        Assert.True(init.orthogonal_(w, 2).t().mm(w).allclose(torch.eye(50, dtype: torch.float64).mul(4), atol: 1e-5)); // TorchSharp draws in float32
        var wide = init.orthogonal_(torch.empty(3, 5, torch.float64));
        Assert.True(wide.mm(wide.t()).allclose(torch.eye(3, dtype: torch.float64), atol: 1e-5));
        Assert.True(w.requires_grad && w.is_leaf);
        foreach (var linear in new[] { init.NonlinearityType.Linear, init.NonlinearityType.Sigmoid, init.NonlinearityType.Conv1D, init.NonlinearityType.Conv2D, init.NonlinearityType.Conv3D, init.NonlinearityType.ConvTranspose1D, init.NonlinearityType.ConvTranspose2D, init.NonlinearityType.ConvTranspose3D })
            Assert.Equal(1, init.calculate_gain(linear));
        Assert.Equal(Math.Sqrt(2 / 1.25), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.5), 1e-12);
    }

    /// <summary>Uniform: all within the bound, some near it, of the variance that follows.</summary>
    private static void Within(Tensor t, double bound)
    {
        Assert.InRange(Values(t).Max(Math.Abs), 0.98 * bound, bound);
        Spread(t, 0, bound / Math.Sqrt(3));
    }

    private static void Spread(Tensor t, double mean, double deviation)
    {
        var values = Values(t);
        var average = values.Average();
        Assert.InRange(average, mean - 0.08 * deviation, mean + 0.08 * deviation);
        Assert.InRange(Math.Sqrt(values.Average(x => (x - average) * (x - average))), 0.95 * deviation, 1.05 * deviation);
    }

    [Fact]
    public void Draws()
    {
        torch.manual_seed(12);
        var some = torch.zeros(20000, torch.float64);
        Spread(some.normal_(2, 3), 2, 3);
        Spread(some.exponential_(2), 0.5, 0.5);
        Spread(some.log_normal_(0, 0.25), Math.Exp(0.25 * 0.25 / 2), Math.Exp(0.25 * 0.25 / 2) * Math.Sqrt(Math.Exp(0.25 * 0.25) - 1));
        Spread(some.geometric_(0.25), 4, Math.Sqrt(12));
        Assert.InRange(some.cauchy_(1, 2).median().item<double>(), 0.9, 1.1);
        Spread(some.fill_(3).poisson(), 3, Math.Sqrt(3));
        Spread(some.fill_(10).binomial(torch.full(20000, 0.3, torch.float64)), 3, Math.Sqrt(2.1));
        Spread(some.random_(0, 100), 49.5, Math.Sqrt((100.0 * 100 - 1) / 12));
        Spread(torch.normal(torch.full(20000, 2, torch.float64), torch.full(20000, 3, torch.float64)), 2, 3);
        Spread(torch.normal(2.0, 3.0, [20000], torch.float64), 2, 3);
        Spread(torch.randn_like(some), 0, 1);
        Spread(torch.rand_like(some).sub(0.5), 0, Math.Sqrt(1.0 / 12));
        Spread(torch.randint_like(some, 0, 100), 49.5, Math.Sqrt((100.0 * 100 - 1) / 12));
        var state = torch.get_rng_state();
        var first = Values(torch.rand(3));
        torch.set_rng_state(state);
        Assert.Equal(first, Values(torch.rand(3)));
        torch.random.set_rng_state(state);
        Assert.Equal(first, Values(torch.rand(3)));
        Assert.Equal(Values(torch.random.get_rng_state()), Values(torch.get_rng_state()));
    }

    [Fact]
    public void Parameters()
    {
        Parameter p, q;
        using (var scope = torch.NewDisposeScope())
        {
            var data = Vector(1, 2);
            var still = new Parameter(Vector(5), requires_grad: false);
            (p, q) = (Parameter(data), Matrix(new double[,] { { 3, 4 } }).AsParameter());
            Assert.True(data.IsInvalid && p.requires_grad && p.is_leaf && !still.requires_grad && scope.Contains(p));
            Holds(torch.autograd.grad([p.square().sum()], [p])[0], 2, 4);
            Holds(utils.parameters_to_vector([p, q]), 1, 2, 3, 4);
            utils.vector_to_parameters(Vector(5, 6, 7, 8), [p, q]);
            Holds(p, 5, 6);
            Holds(q, [1, 2], 7, 8);
        }
        Assert.True(p.IsInvalid && q.IsInvalid);
        using var alone = Parameter(Vector(1));
        Holds(alone, 1);
    }

    [Fact]
    public void Numbers_of_every_type()
    {
        Assert.Equal((2.5, 2.5f, 2L, 2, (short)2), (torch.tensor(2.5).ToDouble(), torch.tensor(2.5).ToSingle(), torch.tensor(2L).ToInt64(), torch.tensor(2).ToInt32(), torch.tensor(2).ToInt16()));
        Assert.Equal(((sbyte)2, (byte)2, true), (torch.tensor(2).ToSByte(), torch.tensor((byte)2).ToByte(), torch.tensor(true).ToBoolean()));
        Scalar s = 2.5.ToScalar(), t = torch.tensor(3L).ToScalar();
        Assert.Equal((2.5, 2.5f, 3L, 3, (short)3, (sbyte)3, (byte)3), (s.ToDouble(), s.ToSingle(), t.ToInt64(), t.ToInt32(), t.ToInt16(), t.ToSByte(), t.ToByte()));
        Assert.True(true.ToScalar().ToBoolean());
        Assert.Equal([torch.float32, torch.float64, torch.int64, torch.int32, torch.int16, torch.uint8, torch.@bool], new[] { torch.FloatTensor(torch.tensor(1L)), torch.DoubleTensor(torch.tensor(1L)), torch.LongTensor(torch.tensor(1f)), torch.IntTensor(torch.tensor(1L)), torch.ShortTensor(torch.tensor(1L)), torch.ByteTensor(torch.tensor(1L)), torch.BoolTensor(torch.tensor(1L)) }.Select(x => x.dtype));
        Tensor small = (short)7, tiny = (sbyte)-7;
        Assert.Equal((torch.int16, torch.int8, 7L, -7L), (small.dtype, tiny.dtype, small.ToInt64(), tiny.ToInt64()));
        Assert.Equal(torch.int8, torch.tensor(5L).@char().dtype);
        Assert.Equal((1.5, 1.5f, 5L, 5, (short)5, (sbyte)5, (byte)5, true), (Vector(0, 1.5).ReadCpuDouble(1), torch.tensor(new[] { 1.5f }).ReadCpuSingle(0), torch.tensor(new[] { 5L }).ReadCpuInt64(0), torch.tensor(new[] { 5 }).ReadCpuInt32(0), torch.tensor(new[] { 5 }).to_type(torch.int16).ReadCpuInt16(0), torch.tensor(new[] { 5 }).to_type(torch.int8).ReadCpuSByte(0), torch.tensor(new byte[] { 5 }).ReadCpuByte(0), torch.tensor(new[] { true }).ReadCpuBool(0)));
        Assert.Equal(1.5, Vector(0, 1.5).ReadCpuValue<double>(1));
        Assert.Equal([2.0, 4], Values(torch.multiply_(Vector(1, 2), 2)));
        Assert.Equal([-1.0, -2], Values(torch.negative_(Vector(1, 2))));
        Assert.Equal([0.5, 1], Values(torch.divide_(Vector(1, 2), Vector(2, 2))));
        Assert.Equal([0.5, 4], Values(torch.multiply_(Vector(1, 2), Vector(0.5, 2))));
    }
}
