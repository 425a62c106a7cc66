namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills tensors with first values, unseen by autograd.</summary>
        public static class init
        {
            public enum NonlinearityType
            {
                Linear, Conv1D, Conv2D, Conv3D, ConvTranspose1D, ConvTranspose2D, ConvTranspose3D, Sigmoid, Tanh, ReLU, LeakyReLU,
            }

            public enum FanInOut
            {
                FanIn, FanOut,
            }

            /// <summary>By how much a layer's weights are to be larger for the sake of the nonlinearity behind it.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            public static Tensor ones_(Tensor tensor) => Quietly(tensor, t => t.fill_(1));
            public static Tensor zeros_(Tensor tensor) => Quietly(tensor, t => t.zero_());
            public static Tensor constant_(Tensor tensor, Scalar val) => Quietly(tensor, t => t.fill_(val));
            public static Tensor eye_(Tensor tensor) => tensor.ndim == 2
                ? Quietly(tensor, t => t.copy_(eye(t.shape[0], t.shape[1], t.dtype, t.device)))
                : throw new System.Runtime.InteropServices.ExternalException("Only tensors with 2 dimensions are supported");
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Quietly(tensor, t => t.uniform_(low, high, generator));
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Quietly(tensor, t => t.normal_(mean, std, generator));
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1) => Within(tensor, gain * Math.Sqrt(6.0 / (Fan(tensor, FanInOut.FanIn) + Fan(tensor, FanInOut.FanOut))));
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                Within(tensor, calculate_gain(nonlinearity, a) * Math.Sqrt(3.0 / Fan(tensor, mode)));
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>Orthonormal rows or columns, whichever are fewer, from the QR decomposition of normal numbers.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                if (tensor.ndim < 2) throw new System.Runtime.InteropServices.ExternalException("Only tensors with 2 or more dimensions are supported");
                return Quietly(tensor, t =>
                {
                    var (rows, columns) = (t.shape[0], t.numel() / t.shape[0]);
                    var drawn = randn(Math.Max(rows, columns), Math.Min(rows, columns), t.dtype, t.device);
                    var (q, r) = linalg.qr(drawn);
                    q = q.mul(r.diag().sign());
                    t.copy_((rows < columns ? q.t() : q).reshape(t.shape)).mul_(gain);
                });
            }

            /// <summary>How many inputs and outputs one element of a layer has.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor) => tensor.ndim >= 2
                ? (tensor.numel() / tensor.shape[0], tensor.numel() / tensor.shape[1])
                : throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");

            private static double Fan(Tensor tensor, FanInOut mode) =>
                mode == FanInOut.FanIn ? CalculateFanInAndFanOut(tensor).fanIn : CalculateFanInAndFanOut(tensor).fanOut;

            private static Tensor Within(Tensor tensor, double bound) => uniform_(tensor, -bound, bound);

            private static Tensor Quietly(Tensor tensor, Action<Tensor> fill)
            {
                using var off = no_grad();
                using var scope = NewDisposeScope();
                fill(tensor);
                return tensor;
            }
        }
    }
}
