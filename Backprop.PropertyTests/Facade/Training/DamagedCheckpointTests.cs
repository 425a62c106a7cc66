using Backprop.Facade.Training;

namespace Backprop.PropertyTests.Facade.Training;

/// <summary>A model file that was cut, changed or mixed up: a sentence, and nothing is written over it.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Model => Path.Combine(_folder, "model.safetensors");

    private TrainRequest Request(string model, string data) => new() { Model = model, Data = data, Steps = 3, BatchSize = 8, Optimizer = "adam", Out = _folder, Dimensions = model == "glove" ? 3 : 50 };

    [Theory]
    [InlineData("softmax-classifier", "spiral")]
    [InlineData("glove", "places")]
    public void AnyChangedByteIsEitherHarmlessOrNamed(string model, string data)
    {
        Trainings.Train(Request(model, data));
        var whole = File.ReadAllBytes(Model);
        var header = 8 + (int)BitConverter.ToInt64(whole, 0);
        var random = new Random(1);
        var refused = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            var bytes = (byte[])whole.Clone();
            // Mostly where names, shapes, settings and numbers stand as text.
            var at = trial % 10 == 0 ? random.Next(bytes.Length) : random.Next(header);
            bytes[at] ^= (byte)(1 << random.Next(8));
            refused += Refuses(bytes, data, $"byte {at} changed from {whole[at]} to {bytes[at]}") ? 1 : 0;
        }
        Assert.InRange(refused, 30, 300);
        for (var trial = 0; trial < 50; trial++) Assert.True(Refuses(whole[..random.Next(whole.Length)], data, "cut"));
        Assert.False(Refuses(whole, data, "whole"));
        var noNumbers = (byte[])whole.Clone();
        for (var at = header; at + 4 <= whole.Length; at += 4) BitConverter.TryWriteBytes(noNumbers.AsSpan(at), float.NaN);
        Assert.True(Refuses(noNumbers, data, "NaN"));
    }

    private bool Refuses(byte[] bytes, string data, string what)
    {
        File.WriteAllBytes(Model, bytes);
        try
        {
            Trainings.Predict(_folder, data);
            return false;
        }
        catch (Exception named) when (named is InvalidDataException or ArgumentException)
        {
            Assert.DoesNotContain("\0", named.Message);
            return true;
        }
        catch (Exception other) when (other is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{what}: {other.GetType().Name}: {other.Message}", other);
        }
    }

    [Fact]
    public void ADamagedModelIsNotResumedAndStaysAsItIs()
    {
        var request = Request("svm", "blobs");
        Trainings.Train(request);
        var cut = File.ReadAllBytes(Model)[..^5];
        File.WriteAllBytes(Model, cut);
        Assert.Throws<InvalidDataException>(() => Trainings.Train(request with { Resume = true }));
        Assert.Equal(cut, File.ReadAllBytes(Model));
    }

    [Fact]
    public void AModelOfAnotherTrainingIsNotResumed()
    {
        Trainings.Train(Request("svm", "blobs"));
        Assert.Contains("this run was begun with --model svm (asked now: softmax-classifier)", Assert.Throws<ArgumentException>(() => Trainings.Train(Request("softmax-classifier", "blobs") with { Resume = true })).Message);
    }
}
