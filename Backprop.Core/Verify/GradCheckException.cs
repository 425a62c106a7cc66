namespace Backprop.Verify;

/// <summary>Autograd's gradients are not those of differences.</summary>
/// <param name="message">Which, and where.</param>
public sealed class GradCheckException(string message) : Exception(message);
