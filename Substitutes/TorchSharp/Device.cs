namespace TorchSharp;

/// <summary>The kinds of devices; the numbers are libtorch's.</summary>
public enum DeviceType
{
    CPU = 0, CUDA = 1, MKLDNN = 2, OPENGL = 3, OPENCL = 4, IDEEP = 5, HIP = 6, FPGA = 7, MSNPU = 8, XLA = 9, META = 14,
}

public static partial class torch
{
    private static Device? _cuda;

    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>Shapes without data.</summary>
    public static readonly Device META = new(DeviceType.META);

    /// <summary>The current CUDA device; throws where there is none.</summary>
    public static Device CUDA => _cuda ??= InitializeDevice(new Device(DeviceType.CUDA));

    /// <summary>A device from "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));
    public static Device device(string deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>The CUDA device of this number.</summary>
    public static Device device(int index) => new(DeviceType.CUDA, index);

    /// <summary>Makes sure that a kind of device can be used, or throws.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine: this libtorch ({__version__}) finds no such device.");
    }

    /// <summary>Can a kind of device be used?</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType != DeviceType.CUDA || Native.Get(4) != 0;

    /// <summary>The device, or the processor for null; throws where it cannot be used.</summary>
    public static Device InitializeDevice(Device? device)
    {
        if (device is null) return CPU;
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Where tensors live.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);
        public Device(string deviceType, int index = -1) : this(Parse(deviceType), index) { }
        public Device(int index) : this(DeviceType.CUDA, index) { }
        public Device(string description) : this(Parse(description.Split(':')[0]), description.Split(':') is [_, var number] ? int.Parse(number) : -1) { }

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>Which one of its kind; −1 for the current one.</summary>
        public int index { get; }

        public override string ToString() => type == DeviceType.CPU ? "cpu" : type.ToString().ToLowerInvariant() + (index == -1 ? "" : $":{index}");

        public static implicit operator Device(string description) => new(description);

        private static DeviceType Parse(string name) => Enum.Parse<DeviceType>(name, ignoreCase: true);
    }
}
