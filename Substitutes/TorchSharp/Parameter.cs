using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

            /// <summary>Helpers for lists of parameters.</summary>
            public static partial class utils
            {
                public static Tensor parameters_to_vector(IEnumerable<Modules.Parameter> tensors) => cat(tensors.Select(p => p.view(-1)).ToList());

                /// <summary>Writes the vector's pieces into the tensors.</summary>
                public static void vector_to_parameters(Tensor vec, IEnumerable<Modules.Parameter> tensors)
                {
                    using var off = no_grad();
                    var start = 0L;
                    foreach (var p in tensors)
                    {
                        using var piece = vec.narrow(0, start, p.numel());
                        using var shaped = piece.view_as(p);
                        p.copy_(shaped);
                        start += p.numel();
                    }
                }

                /// <summary>Sequences of unequal length, stacked and filled up.</summary>
                public static class rnn
                {
                    public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0) =>
                        Ops.pad_sequence.Call(Arg.List(sequences.ToArray()), batch_first, padding_value);
                }
            }
        }
    }

    public static partial class TensorExtensionMethods
    {
        public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor);
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A tensor that is learnt. It takes over what it is made from, which is invalid then, and its place in a scope.</summary>
    public class Parameter : Tensor
    {
        public Parameter(Tensor data, bool requires_grad = true) : base(data, requires_grad) { }
    }
}
