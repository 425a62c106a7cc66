using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The sizes of a tensor's dimensions.</summary>
    public readonly struct Size(long[] shape) : IEnumerable<long>
    {
        private readonly long[]? _shape = [.. shape];

        public static Size Empty => new(Array.Empty<long>());

        public Size(IEnumerable<long> shape) : this(shape.ToArray()) { }
        public Size(int[] shape) : this(Array.ConvertAll(shape, i => (long)i)) { }
        public Size(long size) : this([size]) { }
        public Size(int size) : this([(long)size]) { }
        public Size((long, long) size) : this([size.Item1, size.Item2]) { }
        public Size((int, int) size) : this([(long)size.Item1, size.Item2]) { }
        public Size((long, long, long) size) : this([size.Item1, size.Item2, size.Item3]) { }
        public Size((int, int, int) size) : this([(long)size.Item1, size.Item2, size.Item3]) { }
        public Size((long, long, long, long) size) : this([size.Item1, size.Item2, size.Item3, size.Item4]) { }
        public Size((int, int, int, int) size) : this([(long)size.Item1, size.Item2, size.Item3, size.Item4]) { }
        public Size((long, long, long, long, long) size) : this([size.Item1, size.Item2, size.Item3, size.Item4, size.Item5]) { }
        public Size((int, int, int, int, int) size) : this([(long)size.Item1, size.Item2, size.Item3, size.Item4, size.Item5]) { }
        public Size((long, long, long, long, long, long) size) : this([size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6]) { }
        public Size((int, int, int, int, int, int) size) : this([(long)size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6]) { }

        public long[] Shape => _shape ?? [];
        public int Length => Shape.Length;
        public bool IsEmpty => Length == 0;
        public bool IsScalar => IsEmpty;
        public long this[int idx] => Shape[idx];
        public long this[long idx] => Shape[idx];

        public long numel() => Shape.TotalSize();
        public IEnumerable<long> Take(int i) => Shape.Take(i);

        /// <summary>From the first to before the next, each counted from the end where negative.</summary>
        public Size Slice(int first, int next)
        {
            var (from, to) = (first < 0 ? Length + first : first, next < 0 ? Length + next : next);
            return to <= from ? Empty : new(Shape.Skip(from).Take(to - from));
        }

        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size((long, long) size) => new(size);
        public static implicit operator Size((long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long, long, long) size) => new(size);
        public static implicit operator Size(long[] size) => new(size);

        public static Size operator +(Size left, Size right) => new(left.Shape.Concat(right.Shape));
        public static Size operator +(Size left, IEnumerable<long> right) => new(left.Shape.Concat(right));
    }

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);
    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);
}
