namespace TorchSharp;

/// <summary>Disposes, at its end, the tensors that its thread made while it was the innermost scope.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private torch.Tensor[] _tensors = new torch.Tensor[8];
    private int _count;
    private bool _disposed;

    internal DisposeScope? Outer;

    internal DisposeScope(DisposeScopeManager manager) => (_manager, Outer) = (manager, manager.Innermost);

    /// <summary>What the scope holds at this moment.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => Living().ToArray();

    /// <summary>How many tensors the scope holds.</summary>
    public int DisposablesCount => Living().Count;

    /// <summary>Does the scope hold this?</summary>
    public bool Contains(IDisposable disposable) => disposable is torch.Tensor t && t.Scope == this;

    /// <summary>Hands what this scope holds to the scope around it; without one it outlives every scope.</summary>
    public void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var tensor in Held(disposables))
            if (Outer is null) Release(tensor);
            else Move(tensor, Outer);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOuter([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOuter([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOuter([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Takes what this scope holds out of every scope.</summary>
    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var tensor in Held(disposables)) Release(tensor);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);
    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Disposes all that the scope holds; the scope goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    /// <summary>Disposes all that the scope holds but these; the scope goes on.</summary>
    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Check();
        var keep = new HashSet<object>(inKeep, ReferenceEqualityComparer.Instance);
        var (tensors, count) = (_tensors, _count);
        (_tensors, _count) = (new torch.Tensor[8], 0);
        for (var i = 0; i < count; i++)
        {
            if (keep.Count > 0 && keep.Contains(tensors[i])) Add(tensors[i]);
            else tensors[i].DisposeInScope(_manager);
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);
    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    /// <summary>Tells the scope that something it holds was disposed elsewhere.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        Check();
        if (disposable is torch.Tensor t && t.Scope == this) Forget(t);
    }

    /// <summary>Disposes all that the scope holds and ends it. A second call does nothing.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        for (var i = 0; i < _count; i++) _tensors[i].DisposeInScope(_manager);
        _count = 0;
        _tensors = [];
        _manager.Remove(this);
        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>The scope was forgotten, and so was every tensor in it.</summary>
    ~DisposeScope()
    {
        for (var i = 0; i < _count; i++) _tensors[i].Release();
    }

    internal void Add(torch.Tensor tensor)
    {
        if (_count == _tensors.Length) Array.Resize(ref _tensors, Math.Max(8, _count * 2));
        _tensors[_count] = tensor;
        tensor.Slot = _count++;
        tensor.Scope = this;
    }

    /// <summary>A tensor was disposed. On another thread than the scope's it stays listed, as an invalid one, until the scope ends.</summary>
    internal void Disposed(torch.Tensor tensor)
    {
        if (Environment.CurrentManagedThreadId == _thread) Forget(tensor);
    }

    private void Forget(torch.Tensor tensor)
    {
        tensor.Scope = null;
        var last = _tensors[--_count];
        _tensors[tensor.Slot] = last;
        last.Slot = tensor.Slot;
        _tensors[_count] = null!;
    }

    /// <summary>Hands what this scope holds to another; to none, as Detach does.</summary>
    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        if (scope is null) Detach(disposables);
        else foreach (var tensor in Held(disposables)) Move(tensor, scope);
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);
    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    /// <summary>Takes over tensors, whichever scope held them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        Check();
        var given = disposables.ToList();
        foreach (var tensor in given.OfType<torch.Tensor>().Where(t => t.Scope != this && !t.IsInvalid))
        {
            if (tensor.Scope is { } holder) holder.Move(tensor, this);
            else tensor.Hold(this);
        }
        return given;
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);
    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    /// <summary>Puts a tensor in the place of the one whose handle it took over.</summary>
    internal void Replace(torch.Tensor old, torch.Tensor tensor)
    {
        (tensor.Slot, tensor.Scope, old.Scope) = (old.Slot, this, null);
        _tensors[old.Slot] = tensor;
    }

    private void Move(torch.Tensor tensor, DisposeScope to)
    {
        Forget(tensor);
        to.Add(tensor);
    }

    private void Release(torch.Tensor tensor)
    {
        Forget(tensor);
        tensor.Catch();
        _manager.Counts.DetachedFromScopeCount++;
    }

    private List<torch.Tensor> Held(IEnumerable<IDisposable> disposables)
    {
        Check();
        return disposables.OfType<torch.Tensor>().Where(t => t.Scope == this).ToList();
    }

    private List<torch.Tensor> Living()
    {
        Check();
        return _tensors.Take(_count).Where(t => !t.IsInvalid).ToList();
    }

    private void Check() => ObjectDisposedException.ThrowIf(_disposed, this);
}
