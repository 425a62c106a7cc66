namespace CsCheck;

/// <summary>A property failed, a generator was asked for the impossible, or a seed or setting cannot be read.</summary>
public sealed class CsCheckException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public CsCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong; the message of the exception, if any, follows on a line of its own.</summary>
    /// <remarks>The exception is the inner one here. With the real CsCheck there is no inner exception: rely on the message.</remarks>
    public CsCheckException(string message, Exception? exception)
        : base(exception is null ? message : $"{message}\n{exception.Message}", exception)
    {
    }

    /// <summary>Gets where the property threw, if it did.</summary>
    public override string? StackTrace => InnerException?.StackTrace ?? base.StackTrace;
}
