using System.Collections;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements, read and written where they lie. Use it while the tensor lives and keeps its shape.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly long[] _shape, _strides;
    private readonly bool _dense;
    private T* _data;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        (_tensor, _shape, _strides, _dense) = (tensor, tensor.shape, tensor.stride(), tensor.is_contiguous());
        _data = (T*)tensor.Pointer();
    }

    /// <summary>How many elements.</summary>
    public long Count => _tensor.numel();

    public bool IsReadOnly => false;

    /// <summary>An element by its index in each dimension, or by one flat index.</summary>
    public T this[params long[] indices]
    {
        get
        {
            var value = *Place(indices);
            GC.KeepAlive(_tensor);
            return value;
        }
        set
        {
            *Place(indices) = value;
            GC.KeepAlive(_tensor);
        }
    }

    /// <summary>All elements, in order, the last dimension fastest.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        if (_shape.Length >= 2) CopyTo(result); // an empty one throws there, as in TorchSharp
        else for (long i = 0; i < result.Length; i++) result[i] = Raw(i);
        return result;
    }

    /// <summary>All elements, as an array of the tensor's shape.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length < 2) return ToArray();
        var result = Array.CreateInstance(typeof(T), _shape);
        var at = new long[_shape.Length];
        for (long i = 0; i < result.LongLength; i++)
        {
            for (long dim = at.Length - 1, rest = i; dim >= 0; dim--) (rest, at[dim]) = Math.DivRem(rest, _shape[dim]);
            result.SetValue(Raw(i), at);
        }
        return result;
    }

    /// <summary>Copies elements from flat index <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        for (long i = arrayIndex, j = tensorIndex, count = Count; i < array.Length && j < count; i++, j++) array[i] = _data[Offset(j)];
        GC.KeepAlive(_tensor);
    }

    /// <summary>Overwrites elements from flat index <paramref name="tensorIndex"/> on, until either side ends.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        CheckStart(tensorIndex);
        for (long i = arrayIndex, j = tensorIndex, count = Count; i < array.Length && j < count; i++, j++) _data[Offset(j)] = array[i];
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0, count = Count; i < count; i++) yield return Raw(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Count == right.Count && left.SequenceEqual(right);
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    /// <summary>Lets go of the memory; the tensor stays.</summary>
    public void Dispose() => _data = null;

    internal T Flat(long index) =>
        index >= 0 && index < Count ? Raw(index) : throw new ArgumentOutOfRangeException(nameof(index), $"{index} in a collection of {Count} elements.");

    private T Raw(long index)
    {
        var value = _data[Offset(index)];
        GC.KeepAlive(_tensor);
        return value;
    }

    private T* Place(long[] indices)
    {
        if (indices.Length == 1) // flat
        {
            if (indices[0] >= Count) throw new IndexOutOfRangeException();
            if (indices[0] < 0) throw new ArgumentOutOfRangeException(nameof(indices), $"{indices[0]} in a collection of {Count} elements.");
            return _data + Offset(indices[0]);
        }
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            if (indices[i] >= _shape[i] || indices[i] < 0) throw new IndexOutOfRangeException($"{indices[i]} >= {_shape[i]} in dimension {i}.");
            offset += indices[i] * _strides[i];
        }
        return _data + offset;
    }

    private long Offset(long index)
    {
        if (_dense) return index;
        long offset = 0;
        for (var i = _shape.Length - 1; i >= 0; i--)
        {
            (index, var at) = Math.DivRem(index, _shape[i]);
            offset += at * _strides[i];
        }
        return offset;
    }

    private void CheckStart(long index)
    {
        if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index));
    }
}
