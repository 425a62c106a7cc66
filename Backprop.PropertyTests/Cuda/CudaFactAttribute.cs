using Backprop.Facade;

namespace Backprop.PropertyTests.Cuda;

/// <summary>A test that needs a GPU; where there is none it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CudaFactAttribute : FactAttribute
{
    public CudaFactAttribute()
    {
        try
        {
            Libtorch.EnsureLoaded();
            Libtorch.EnsureDevice("cuda");
        }
        catch (LibtorchUnavailableException none)
        {
            Skip = none.Message;
        }
    }
}
