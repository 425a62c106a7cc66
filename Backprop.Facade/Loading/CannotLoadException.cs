namespace Backprop.Facade.Loading;

/// <summary>An assembly with gradients cannot be loaded; the message is one sentence: the file, the reason, and what to do.</summary>
public sealed class CannotLoadException : Exception
{
    /// <summary>Names no reason.</summary>
    public CannotLoadException() : base("the assembly cannot be loaded.") { }

    /// <summary>With the sentence.</summary>
    public CannotLoadException(string message) : base(message) { }

    /// <summary>With the sentence and what was thrown below.</summary>
    public CannotLoadException(string message, Exception? innerException) : base(message, innerException) { }
}
