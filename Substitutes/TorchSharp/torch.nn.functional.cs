using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>Activations, losses and layers, as functions.</summary>
        public static partial class functional
        {
            // Activations.
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();
            public static Tensor relu6(Tensor x, bool inplace = false) => inplace ? x.relu6_() : x.relu6();
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => inplace ? x.elu_(alpha, 1, 1) : x.elu(alpha, 1, 1);
            public static Tensor selu(Tensor x, bool inplace = false) => inplace ? x.selu_() : x.selu();
            public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? Ops.celu_.Into(x, alpha) : Ops.celu.Call(x, alpha);
            public static Tensor gelu(Tensor x) => x.gelu();
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                inplace ? Ops.hardsigmoid_.Into(input) : input.hardsigmoid();
            public static Tensor hardswish(Tensor input, bool inplace = false) => inplace ? Ops.hardswish_.Into(input) : input.hardswish();
            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => Ops.softplus.Call(x, beta, threshold);
            public static Tensor tanh(Tensor x) => x.tanh();
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
            public static Tensor softmin(Tensor x, long dim) => x.neg().softmax(dim);

            // Losses.
            public static Tensor cross_entropy(Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, nn.Reduction reduction = Reduction.Mean, double label_smoothing = 0) =>
                Ops.cross_entropy_loss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = Reduction.Mean) =>
                Ops.nll_loss_nd.Call(Batch(input), target, weight, (long)reduction);
            public static Tensor mse_loss(Tensor input, Tensor target, nn.Reduction reduction = Reduction.Mean) =>
                Ops.mse_loss.Call(input, target, (long)reduction);
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, nn.Reduction reduction = Reduction.Mean, double beta = 1) =>
                Ops.smooth_l1_loss.Call(input, target, (long)reduction, beta);
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1, nn.Reduction reduction = Reduction.Mean) =>
                Ops.huber_loss.Call(input, target, (long)reduction, delta);
            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = Reduction.Mean) =>
                Ops.binary_cross_entropy.Call(Same(input, target), target, weight, (long)reduction);
            public static Tensor binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight = null, nn.Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Ops.binary_cross_entropy_with_logits.Call(Same(input, target), target, weight, pos_weights, (long)reduction);
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, nn.Reduction reduction = Reduction.Mean) =>
                Ops.kl_div.Call(input, target, (long)reduction, log_target);
            public static Tensor multi_margin_loss(Tensor input, Tensor target, int p = 1, double margin = 1, Tensor? weight = null, nn.Reduction reduction = Reduction.Mean) =>
                Ops.multi_margin_loss.Call(input, target, p, margin, weight, (long)reduction);
            public static Tensor hinge_embedding_loss(Tensor input, Tensor target, double margin = 0, nn.Reduction reduction = Reduction.Mean) =>
                Ops.hinge_embedding_loss.Call(input, target, margin, (long)reduction);
            public static Tensor margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, nn.Reduction reduction = Reduction.Mean) =>
                input1.ndim == input2.ndim && input1.ndim == target.ndim ? Ops.margin_ranking_loss.Call(input1, input2, target, margin, (long)reduction) : throw Differ("All inputs", input1, target);
            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0, nn.Reduction reduction = Reduction.Mean) =>
                Ops.cosine_embedding_loss.Call(input1, input2, target, margin, (long)reduction);
            public static Tensor soft_margin_loss(Tensor input, Tensor target, nn.Reduction reduction = Reduction.Mean) =>
                Ops.soft_margin_loss.Call(input, target, (long)reduction);

            // Layers.
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Ops.linear.Call(input, weights, bias);
            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) =>
                Ops.bilinear.Call(input1, input2, weight, bias);
            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                x.dtype == ScalarType.Int64 ? Ops.one_hot.Call(x, num_classes) : throw new ArgumentException("OneHot input tensor must have elements of type Int64");
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Ops.dropout_.Into(input, p, training) : Ops.dropout.Call(input, p, training);
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Ops.layer_norm.Call(input, normalized_shape, weight, bias, eps);
            public static Tensor batch_norm(Tensor input, Tensor running_mean, Tensor running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05) =>
                Ops.batch_norm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) =>
                Ops.cosine_similarity.Call(x1, x2, dim, eps);

            private static Tensor Batch(Tensor input) =>
                input.ndim >= 2 ? input : throw new ExternalException($"Expected 2 or more dimensions (got {input.ndim})");

            private static Tensor Same(Tensor input, Tensor target) =>
                input.shape.AsSpan().SequenceEqual(target.shape) ? input : throw Differ("The target", input, target);

            private static ExternalException Differ(string what, Tensor input, Tensor target) =>
                new($"{what} must have the size of the input: [{string.Join(", ", target.shape)}] is not [{string.Join(", ", input.shape)}]");
        }

        /// <summary>How a loss is gathered over its elements.</summary>
        public enum Reduction : long
        {
            None, Mean, Sum,
        }
    }
}
