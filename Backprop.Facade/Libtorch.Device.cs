using System.Globalization;
using TorchSharp;

namespace Backprop.Facade;

public static partial class Libtorch
{
    /// <summary>Makes sure that the device is there.</summary>
    /// <param name="device">"cpu", "cuda" or "cuda:N".</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    /// <exception cref="LibtorchUnavailableException">CUDA is asked for and this libtorch, or this machine, has none, or no such device.</exception>
    public static void EnsureDevice(string device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device == "cpu") return;
        var index = 0;
        if (device != "cuda" && !(device.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            throw new ArgumentException($"device: expected cpu, cuda or cuda:N, got '{device}'.", nameof(device));
        if (!torch.cuda.is_available()) throw new LibtorchUnavailableException("CUDA cannot be used with this libtorch on this machine; `./backprop doctor` says why.");
        if (index >= torch.cuda.device_count()) throw new LibtorchUnavailableException($"there is no {device}: this machine has {torch.cuda.device_count()} CUDA device(s).");
    }
}
