using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of t[…]: an index, a slice, a tensor of indices or a mask, an ellipsis, or a new axis.</summary>
    public struct TensorIndex
    {
        /// <summary>As shim.h's bp_index.</summary>
        [StructLayout(LayoutKind.Sequential)]
        internal struct Native
        {
            public int Kind, Given;
            public long Start, Stop, Step;
            public nint Tensor;
        }

        private enum Sort
        {
            None, Ellipsis, Single, Bool, Slice, Tensor,
        }

        private Sort _sort;
        private long? _start, _stop, _step;
        private Tensor? _tensor;

        public static readonly TensorIndex Ellipsis = new() { _sort = Sort.Ellipsis };
        public static readonly TensorIndex None = new() { _sort = Sort.None };
        public static readonly TensorIndex Null = new() { _sort = Sort.None };
        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { _sort = Sort.Slice, _start = start, _stop = stop, _step = step };
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);
        public static TensorIndex Bool(bool value) => new() { _sort = Sort.Bool, _start = value ? 1 : 0 };
        public static TensorIndex Single(long? index) => new() { _sort = Sort.Single, _start = index };
        public static TensorIndex Tensor(Tensor tensor) => new() { _sort = Sort.Tensor, _tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -(long)index.Value : index.Value);

        /// <summary>Only guides overload resolution, and throws.</summary>
        public static implicit operator Tensor(TensorIndex value) =>
            throw new InvalidOperationException("Implicit conversion from TensorIndex to Tensor -- this should never be invoked, the operator is only here to guide the compiler's overload resolution.");

        /// <summary>As index_put's own list has it: a tensor, or null for a whole dimension.</summary>
        internal readonly Tensor? ToTensor() => _sort switch
        {
            Sort.Tensor => _tensor,
            Sort.Single => tensor(_start!.Value),
            Sort.Slice when _start is null or 0 && _stop is null && _step is null or 1 => null,
            _ => throw new NotSupportedException("The substitute adds up with tensors, numbers and whole dimensions as indices only."),
        };

        internal readonly Native ToNative() => new()
        {
            Kind = (int)_sort,
            Given = (_start.HasValue ? 1 : 0) | (_stop.HasValue ? 2 : 0) | (_step.HasValue ? 4 : 0),
            Start = _start ?? 0,
            Stop = _stop ?? 0,
            Step = _step ?? 1,
            Tensor = _tensor?.Handle ?? 0,
        };
    }

    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices] { get => index(indices); set => index_put_(value, indices); }
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices] { get => index(indices); set => index_put_(value, indices); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1] { get => At(i1); set => Put(value, i1); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2] { get => At(i1, i2); set => Put(value, i1, i2); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3] { get => At(i1, i2, i3); set => Put(value, i1, i2, i3); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4] { get => At(i1, i2, i3, i4); set => Put(value, i1, i2, i3, i4); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5] { get => At(i1, i2, i3, i4, i5); set => Put(value, i1, i2, i3, i4, i5); }
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At(i1, i2, i3, i4, i5, i6);
            set => Put(value, i1, i2, i3, i4, i5, i6);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices] { get => At(indices); set => Put(value, indices); }

        public Tensor index(params TensorIndex[] indices)
        {
            fixed (TensorIndex.Native* native = Encode(indices))
            {
                var result = TorchSharp.Native.bp_get_index(Handle, native, indices.Length);
                GC.KeepAlive(this);
                GC.KeepAlive(indices);
                return New(result);
            }
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => Put(new Value { Kind = Kind.Tensor, Pointer = value.Handle }, value, indices);
        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));
        public Tensor index_put_(Scalar value, params TensorIndex[] indices) => Put(new Value { Kind = value.Kind, Int = value.Bits }, value, indices);
        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false) => !accumulate
            ? Put(new Value { Kind = Kind.Tensor, Pointer = value.Handle }, value, indices)
            : Ops.index_put_.Into(this, Arg.Indices(Array.ConvertAll(indices, i => i.ToTensor())), value, true);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        private Tensor At(params long[] indices) => index(Array.ConvertAll(indices, i => TensorIndex.Single(i)));
        private void Put(Tensor value, params long[] indices) => index_put_(value, Array.ConvertAll(indices, i => TensorIndex.Single(i)));

        private Tensor Put(Value value, object held, TensorIndex[] indices)
        {
            fixed (TensorIndex.Native* native = Encode(indices))
                TorchSharp.Native.Check(TorchSharp.Native.bp_put_index(Handle, native, indices.Length, &value));
            GC.KeepAlive(held);
            GC.KeepAlive(indices);
            return this;
        }

        private static TensorIndex.Native[] Encode(TensorIndex[] indices) => Array.ConvertAll(indices, i => i.ToNative());
    }
}
