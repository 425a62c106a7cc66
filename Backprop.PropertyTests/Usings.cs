global using CsCheck;
global using TorchSharp;
global using Xunit;
global using Tensor = TorchSharp.torch.Tensor;
