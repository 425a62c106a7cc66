namespace Backprop.Facade.Binding;

/// <summary>The form of a gradient is not understood; the message is one sentence that names the class and the parameter and says what to write.</summary>
public sealed class FormException : ArgumentException
{
    /// <summary>Names no reason.</summary>
    public FormException() : base("the form of this gradient is not understood.") { }

    /// <summary>With the sentence.</summary>
    public FormException(string message) : base(message) { }

    /// <summary>With the sentence and what was thrown below.</summary>
    public FormException(string message, Exception? innerException) : base(message, innerException) { }
}
