namespace Backprop.Claims;

/// <summary>What notes 000 claim.</summary>
internal static partial class Notes000
{
    internal static IReadOnlyList<Claim> Claims { get; } = [];
}
