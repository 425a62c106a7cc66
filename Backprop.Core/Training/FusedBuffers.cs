namespace Backprop.Training;

/// <summary>The memory of a fused step for one number of examples: each layer's input with its column of ones, the views into it, and the gradients.</summary>
internal sealed class FusedBuffers : IDisposable
{
    private readonly List<Tensor> _all = [];

    /// <summary>N.</summary>
    internal long Examples { get; }

    /// <summary>Where the examples go: the first input without its ones.</summary>
    internal Tensor Input { get; }

    /// <summary>Each layer's input, N×(D+1), or N×D without biases.</summary>
    internal Tensor[] A { get; }

    /// <summary>The same transposed.</summary>
    internal Tensor[] ATransposed { get; }

    /// <summary>Each layer's output: within the next layer's input, or for the last layer a buffer of its own.</summary>
    internal Tensor[] Z { get; }

    /// <summary>The gradient with respect to each layer's input, N×D; the first has none.</summary>
    internal Tensor[] D { get; }

    /// <summary>−1 and 0, N×1: what a label's entry gets.</summary>
    internal Tensor MinusOnes { get; }

    /// <summary>0, N×1.</summary>
    internal Tensor Zeros { get; }

    internal FusedBuffers(DenseNetwork network, long examples, torch.ScalarType dtype, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        Examples = examples;
        var layers = network.Layers;
        (A, ATransposed, Z, D) = (new Tensor[layers], new Tensor[layers], new Tensor[layers], new Tensor[layers]);
        Tensor input = null!;
        for (var l = 0; l < layers; l++)
        {
            var width = network.Sizes[l];
            A[l] = Keep(torch.ones([examples, network.Bias ? width + 1 : width], dtype, device));
            ATransposed[l] = Keep(A[l].t());
            var inner = Keep(A[l].narrow(1, 0, width));
            if (l == 0)
            {
                input = inner;
                continue;
            }
            Z[l - 1] = inner;
            D[l] = Keep(torch.zeros([examples, width], dtype, device));
        }
        Input = input;
        Z[^1] = Keep(torch.zeros([examples, network.Sizes[^1]], dtype, device));
        MinusOnes = Keep(torch.full([examples, 1], -1, dtype, device));
        Zeros = Keep(torch.zeros([examples, 1], dtype, device));
    }

    public void Dispose()
    {
        foreach (var tensor in _all) tensor.Dispose();
    }

    private Tensor Keep(Tensor tensor)
    {
        _all.Add(tensor);
        return tensor.DetachFromDisposeScope();
    }
}
