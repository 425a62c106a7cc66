namespace Backprop.Claims;

/// <summary>What notes 003 claim.</summary>
internal static partial class Notes003
{
    internal static IReadOnlyList<Claim> Claims { get; } = [];
}
