using System.Buffers.Binary;
using System.Text;
using Backprop.Data;
using Backprop.Training;
using static Backprop.PropertyTests.Property;

namespace Backprop.PropertyTests.Data;

public sealed class SafetensorsTests : IDisposable
{
    private static readonly Dictionary<string, string> None = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Target => Path.Combine(_folder, $"{Environment.CurrentManagedThreadId}.safetensors");

    [Fact]
    public void ReadsWhatWasWrittenBitForBit() => ForAll(Gen.Select(Gen.Int[0, 8], Gen.Int[0, 3], Gen.Int[0, 3], Gen.String, Gen.Int[0, 1000]).List[0, 5], input =>
    {
        var random = new Random(input.Count);
        NamedTensor[] tensors = [.. input.Select((one, i) =>
        {
            var (dtype, rows, columns, name, _) = one;
            var (type, bytes) = (SafetensorsDtype.All[dtype].Type, new byte[rows * columns * SafetensorsDtype.All[dtype].Bytes]);
            random.NextBytes(bytes);
            var tensor = torch.empty([rows, columns], type);
            tensor.bytes = bytes;
            return new NamedTensor($"{i} {Clean(name)}", tensor);
        })];
        var metadata = input.Select((one, i) => (one, i)).ToDictionary(pair => $"{pair.i}", pair => Clean(pair.one.Item4), StringComparer.Ordinal);
        Safetensors.Write(Target, tensors, metadata);
        var read = Safetensors.Read(Target);
        Assert.Equal(metadata, read.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(tensors.Select(Shown), read.Tensors.Select(Shown));
        var first = File.ReadAllBytes(Target);
        Safetensors.Write(Target, read.Tensors, read.Metadata);
        Assert.Equal(first, File.ReadAllBytes(Target));
    });

    [Fact]
    public void TheBytesAreTheFormats()
    {
        using var scope = torch.NewDisposeScope();
        Safetensors.Write(Target, [new("w", torch.tensor(new float[] { 1, -2 }, [2, 1], torch.float32)), new("n", torch.tensor(7L, torch.int64))], new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = "x" });
        var bytes = File.ReadAllBytes(Target);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"__metadata__":{"by":"x"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7, 0, 0, 0, 0, 0, 0, 0], bytes[(8 + length)..]);
    }

    [Fact]
    public void WritesWhatAViewShowsAndWhatAutogradWatches()
    {
        using var scope = torch.NewDisposeScope();
        var w = torch.tensor(new double[] { 1, 2, 3, 4 }, [2, 2], torch.float64);
        Safetensors.Write(Target, [new("t", w.t()), new("column", w.select(1, 1)), new("leaf", w.clone().requires_grad_())], None);
        Assert.Equal([[1.0, 3, 2, 4], [2, 4], [1, 2, 3, 4]], Safetensors.Read(Target).Tensors.Select(tensor => Numbers(tensor.Value)));
    }

    [Fact]
    public void ALargeTensorGoesInParts()
    {
        using var scope = torch.NewDisposeScope();
        var large = torch.arange(0, (1 << 24) + 3, 1, torch.float64);
        Safetensors.Write(Target, [new("large", large)], None);
        Assert.True(Safetensors.Read(Target).Tensors[0].Value.eq(large).all().item<bool>());
    }

    [Fact]
    public void RefusesEveryTruncationAndWhatGoesOn()
    {
        using var scope = torch.NewDisposeScope();
        var whole = Valid();
        for (var length = 0; length < whole.Length; length++) Assert.Contains(length < 8 ? "truncated: ends within the length" : "truncated", Refused(whole[..length]));
        Assert.Contains("goes on for 1 bytes after the last tensor", Refused([.. whole, 0]));
        Assert.Contains("claims a header of", Refused("PK\u0003\u0004, not such a file at all"u8.ToArray()));
    }

    [Fact]
    public void RefusesClaimsOfTerabytesBeforeAllocating()
    {
        Assert.Contains("claims a header of 1099511627776 bytes, but 2 follow", Refused([0, 0, 0, 0, 0, 1, 0, 0, .. "{}"u8]));
        Assert.Contains("claims a header of 18446744073709551615 bytes", Refused([.. Enumerable.Repeat((byte)0xff, 8), .. "{}"u8]));
        Assert.Contains("claims bytes up to 8796093022208, but 4 follow", Refused("""{"a":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,8796093022208]}}""", 4));
        Assert.Contains("expected 8796093022208 bytes", Refused("""{"a":{"dtype":"F64","shape":[1099511627776],"data_offsets":[0,4]}}""", 4));
        // Sizes whose product is 0 or 4 where 64 bits run over.
        Assert.Contains("too large", Refused("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0));
        Assert.Contains("too large", Refused("""{"a":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", 0));
        Assert.Contains("expected at most 64 dimensions, got 65", Refused("""{"a":{"dtype":"U8","shape":[ONES],"data_offsets":[0,1]}}""".Replace("ONES", string.Join(',', Enumerable.Repeat(1, 65)), StringComparison.Ordinal), 1));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "tensor 'b': expected its bytes to begin at 4, where those before it end, got 2: they overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[5,9]}}""", 9, "got 5: there is a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}""", 5, "expected its bytes to begin at 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "expected 8 bytes for F32 of shape [2], got 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "expected data_offsets of a begin and an end, got [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""", 4, "expected data_offsets of a begin and an end")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "expected a dtype of F64, F32, F16, BF16, I64, I32, I16, I8, U8, got 'F31'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape: expected whole numbers of at least 0, got -1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}}""", 4, "got 0.5")]
    [InlineData("""{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}""", 4, "shape: expected an array, got String")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "expected dtype, shape and data_offsets, got dtype, shape")]
    [InlineData("""{"a":{"dtype":4,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype: expected a text, got Number")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "expected each name once, got 'a' twice")]
    [InlineData("""{"__metadata__":{"epochs":3}}""", 0, "__metadata__, 'epochs': expected a text, got Number")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "expected text, got characters that are none")]
    [InlineData("[]", 0, "expected a JSON object, got Array")]
    [InlineData("{", 0, "its header is not JSON")]
    [InlineData("", 0, "its header is not JSON")]
    public void RefusesAHeaderThatContradictsTheFormat(string header, int data, string complaint) => Assert.Contains(complaint, Refused(header, data));

    [Fact]
    public void NoDamageDoesMoreThanARefusal() => ForAll(Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000], Gen.Byte), input =>
    {
        var bytes = Valid();
        bytes[input.Item1 % bytes.Length] = input.Item2;
        bytes[input.Item3 % bytes.Length] = input.Item4;
        File.WriteAllBytes(Target, bytes);
        try
        {
            Assert.InRange(Safetensors.Read(Target).Tensors.Sum(tensor => tensor.Value.numel()), 0, bytes.Length);
        }
        catch (InvalidDataException refused)
        {
            Assert.StartsWith(Target, refused.Message);
        }
    });

    [Fact]
    public void WhatCannotBeWrittenLeavesTheOldFile()
    {
        using var scope = torch.NewDisposeScope();
        var (one, old) = (torch.ones(new long[] { 1 }, torch.float32), Valid());
        Assert.Contains("got 'a' twice", Assert.Throws<ArgumentException>(() => Safetensors.Write(Target, [new("a", one), new("a", one)], None)).Message);
        Assert.Contains("got '__metadata__'", Assert.Throws<ArgumentException>(() => Safetensors.Write(Target, [new("__metadata__", one)], None)).Message);
        Assert.Contains("expected dtypes that the format has, got ComplexFloat64 for 'c'", Assert.Throws<ArgumentException>(() => Safetensors.Write(Target, [new("c", torch.zeros(new long[] { 1 }, torch.complex128))], None)).Message);
        Assert.Equal(old, File.ReadAllBytes(Target));
        if (!File.Exists("/dev/full")) return;
        File.CreateSymbolicLink(Target + ".new", "/dev/full");
        Assert.Contains("No space left", Assert.Throws<IOException>(() => Safetensors.Write(Target, [new("a", torch.ones(new long[] { 100_000 }, torch.float32))], None)).Message);
        Assert.Equal(old, File.ReadAllBytes(Target));
    }

    private byte[] Valid()
    {
        Safetensors.Write(Target, [new("w", torch.ones(new long[] { 2, 3 }, torch.float32)), new("b", torch.zeros(new long[] { 2 }, torch.float64))], new Dictionary<string, string>(StringComparer.Ordinal) { ["seed"] = "1" });
        return File.ReadAllBytes(Target);
    }

    private string Refused(string header, int data)
    {
        var (json, length) = (Encoding.UTF8.GetBytes(header), new byte[8]);
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return Refused([.. length, .. json, .. new byte[data]]);
    }

    private string Refused(byte[] bytes)
    {
        File.WriteAllBytes(Target, bytes);
        var message = Assert.Throws<InvalidDataException>(() => Safetensors.Read(Target)).Message;
        Assert.StartsWith(Target, message);
        return message;
    }

    private static string Shown(NamedTensor tensor) => $"{tensor.Name}: {tensor.Value.dtype} {string.Join('×', tensor.Value.shape)} {Convert.ToHexString(tensor.Value.bytes)}";

    /// <summary>Half of a pair of UTF-16 is no text that a file could hold.</summary>
    private static string Clean(string? text) => string.Concat((text ?? "").Where(character => !char.IsSurrogate(character)));
}
