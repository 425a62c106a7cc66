namespace CsCheck;

/// <summary>Sees every case that a property is called with: it wraps the property.</summary>
public interface ILogger : IDisposable
{
    /// <summary>Wraps a property that fails by throwing.</summary>
    Action<T> WrapAssert<T>(Action<T> assert);

    /// <summary>Wraps a property that fails by returning false or throwing.</summary>
    Func<T, bool> WrapAssert<T>(Func<T, bool> assert);

    /// <summary>Wraps an asynchronous property that fails by throwing.</summary>
    Func<T, Task> WrapAssert<T>(Func<T, Task> assert);

    /// <summary>Wraps an asynchronous property that fails by returning false or throwing.</summary>
    Func<T, Task<bool>> WrapAssert<T>(Func<T, Task<bool>> assert);
}
