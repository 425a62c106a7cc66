namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch, alive until it is disposed, its dispose scope ends, or it is collected.</summary>
    public partial class Tensor : IDisposable
    {
        private nint _handle;
        private Net? _net;

        /// <summary>The scope that disposes this tensor, and the place there.</summary>
        internal DisposeScope? Scope;
        internal int Slot;

        internal Tensor(nint handle)
        {
            _handle = handle;
            DisposeScopeManager.Current.Register(this);
        }

        /// <summary>Takes over the tensor that <paramref name="data"/> held, and its place in a scope.</summary>
        private protected Tensor(Tensor data, bool requires_grad)
        {
            _handle = data.requires_grad_(requires_grad).Handle;
            data._handle = 0;
            if (data._net is { } net) GC.SuppressFinalize(net);
            if (data.Scope is { } scope) scope.Replace(data, this);
            else Catch();
        }

        /// <summary>No scope holds this tensor (any more).</summary>
        internal void Catch() => _net = new Net(_handle);

        /// <summary>A scope takes this tensor, which none held.</summary>
        internal void Hold(DisposeScope scope)
        {
            if (_net is { } net) GC.SuppressFinalize(net);
            _net = null;
            scope.Add(this);
        }

        /// <summary>How many tensors are alive in this process.</summary>
        public static long TotalCount => Native.bp_live(0);

        /// <summary>How many tensors were alive at most.</summary>
        public static long PeakCount => Native.bp_live(1);

        /// <summary>The native tensor; throws when this one was disposed.</summary>
        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Was this tensor disposed?</summary>
        public bool IsInvalid => _handle == 0;

        /// <summary>A name for people; libtorch does not see it.</summary>
        public string? name { get; set; }

        /// <summary>Releases the native tensor now.</summary>
        public void Dispose()
        {
            if (_handle == 0) return;
            DisposeScopeManager.Current.Disposing(this);
            Scope?.Disposed(this);
            Release();
        }

        /// <summary>Disposes this tensor because its scope ends: the scope need not be told.</summary>
        internal void DisposeInScope(DisposeScopeManager manager)
        {
            Scope = null;
            if (_handle == 0) return;
            manager.Counts.DisposedInScopeCount++;
            Release();
        }

        internal void Release()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            if (_net is not null) GC.SuppressFinalize(_net);
            Native.bp_release(handle);
        }

        /// <summary>Releases the native tensor of one that is collected without having been disposed. Only a tensor outside every
        /// scope has one, for a scope is a net itself: a finalizer on each tensor would cost more than all the rest of it.</summary>
        private sealed class Net(nint handle)
        {
            ~Net() => Native.bp_release(handle);
        }

        /// <summary>Hands this tensor to the scope around its own; without one it outlives every scope.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes this tensor out of every scope.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        /// <summary>Hands this tensor to the scope of another tensor, or to a scope.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.Scope);
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (Scope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>A second tensor over the same native one, disposed independently.</summary>
        public Tensor alias()
        {
            var result = Native.bp_alias(Handle);
            GC.KeepAlive(this);
            return New(result);
        }

        /// <summary>The same tensor?</summary>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Same shape, dtype and values?</summary>
        public bool Equals(Tensor target) => Ops.equal.CallInt(this, target) != 0;

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        /// <summary>Wraps a handle that native code made, or throws its complaint.</summary>
        internal static Tensor New(nint handle) => handle != 0 ? new(handle) : throw Native.Error();
    }
}
