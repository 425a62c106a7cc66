namespace TorchSharp;

/// <summary>Each thread's stack of dispose scopes.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? _current;

    internal readonly ThreadDisposeScopeStatistics Counts = new();
    internal DisposeScope? Innermost;

    internal static DisposeScopeManager Current => _current ??= new();

    /// <summary>What this thread made and disposed.</summary>
    public static ThreadDisposeScopeStatistics Statistics => Current.Counts;

    internal void Register(torch.Tensor tensor)
    {
        if (Innermost is { } scope)
        {
            Counts.CreatedInScopeCount++;
            scope.Add(tensor);
        }
        else
        {
            Counts.CreatedOutsideScopeCount++;
            tensor.Catch();
        }
    }

    internal void Disposing(torch.Tensor tensor)
    {
        if (tensor.Scope is null) Counts.DisposedOutsideScopeCount++;
        else Counts.DisposedInScopeCount++;
    }

    internal DisposeScope Open() => Innermost = new DisposeScope(this);

    /// <summary>Takes a scope out of the stack, wherever it stands there.</summary>
    internal void Remove(DisposeScope ended)
    {
        if (Innermost == ended)
        {
            Innermost = ended.Outer;
            return;
        }
        for (var scope = Innermost; scope is not null; scope = scope.Outer)
            if (scope.Outer == ended) scope.Outer = ended.Outer;
    }
}

/// <summary>Counts of one thread's tensors.</summary>
public class ThreadDisposeScopeStatistics
{
    /// <summary>Made while no scope was open.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Made inside a scope.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Disposed while a scope held them.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Taken out of every scope.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    internal long DisposedOutsideScopeCount { get; set; }

    /// <summary>Made minus disposed.</summary>
    public long ThreadTotalLiveCount => CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    /// <summary>Sets every count to zero.</summary>
    public void Reset() =>
        (CreatedOutsideScopeCount, CreatedInScopeCount, DisposedInScopeCount, DetachedFromScopeCount, DisposedOutsideScopeCount) = (0, 0, 0, 0, 0);
}
