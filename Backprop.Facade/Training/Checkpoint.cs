using System.Globalization;
using System.Text.Json;
using Backprop.Data;
using Backprop.Training;

namespace Backprop.Facade.Training;

/// <summary>All that it takes to use a model, and to go on with its training bit for bit: one safetensors file.</summary>
/// <param name="Parameters">Of the model, under their own names.</param>
/// <param name="Memory">Of the optimizer.</param>
/// <param name="Meaning">What the numbers mean.</param>
/// <param name="Position">Where training stands.</param>
/// <param name="Settings">The run's settings by the names of the options; see <see cref="SettingsOf"/>.</param>
/// <param name="MetricsBytes">How much of the metrics file was written by then.</param>
internal sealed record Checkpoint(IReadOnlyList<NamedTensor> Parameters, IReadOnlyList<NamedTensor> Memory, Meaning Meaning, TrainerPosition Position,
    IReadOnlyDictionary<string, string> Settings, long MetricsBytes)
{
    private const string MemoryPrefix = "optimizer.", BeforePrefix = "epoch.", SettingPrefix = "setting.", StandardPrefix = "standardisation.", MeanName = StandardPrefix + "mean", ScaleName = StandardPrefix + "scale";

    internal static string In(string folder) => Path.Combine(folder, "model.safetensors");

    internal void Write(string folder)
    {
        var metadata = Settings.ToDictionary(setting => SettingPrefix + setting.Key, setting => setting.Value, StringComparer.Ordinal);
        metadata["format"] = "backprop-1";
        metadata["steps"] = Position.Steps.ToString(CultureInfo.InvariantCulture);
        // As bits: a loss that is not finite has no number in every reader's text.
        metadata["lossSum"] = BitConverter.DoubleToInt64Bits(Position.LossSum).ToString(CultureInfo.InvariantCulture);
        metadata["metricsBytes"] = MetricsBytes.ToString(CultureInfo.InvariantCulture);
        metadata["features"] = JsonSerializer.Serialize(Meaning.Features);
        metadata["classes"] = JsonSerializer.Serialize(Meaning.Classes);
        if (Meaning.Digest is { } digest) metadata["digest"] = digest;
        if (Meaning.Words is { } words)
        {
            metadata["words"] = JsonSerializer.Serialize(words.Words);
            metadata["counts"] = JsonSerializer.Serialize(words.Counts);
        }
        Safetensors.Write(In(folder), [.. Parameters, .. Memory.Select(tensor => tensor with { Name = MemoryPrefix + tensor.Name }), .. Meaning.Standards is null ? [] : new NamedTensor[] { new(MeanName, Meaning.Standards.Mean), new(ScaleName, Meaning.Standards.Scale) },
            .. Position.Before.Select(tensor => tensor with { Name = BeforePrefix + tensor.Name })], metadata);
    }

    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or none of this program's.</exception>
    internal static Checkpoint Read(string folder)
    {
        var path = In(folder);
        if (!File.Exists(path)) throw new FileNotFoundException(Directory.Exists(folder) ? $"{folder}: there is no model.safetensors in this folder." : $"{folder}: there is no such folder.", path);
        var file = Safetensors.Read(path);
        if (!file.Metadata.TryGetValue("format", out var format) || format != "backprop-1") throw new InvalidDataException($"{path}: not a model that `backprop train` wrote.");
        var missing = SettingsOf(new()).Keys.Where(key => !file.Metadata.ContainsKey(SettingPrefix + key)).ToList();
        if (missing.Count > 0) throw new InvalidDataException($"{path}: its metadata lack the settings {string.Join(", ", missing)}.");
        if (file.Tensors.FirstOrDefault(tensor => !tensor.Name.StartsWith(MemoryPrefix, StringComparison.Ordinal) && tensor.Value.is_floating_point() && !tensor.Value.isfinite().all().item<bool>()) is { } broken)
            throw new InvalidDataException($"{path}: {broken.Name} has numbers that are infinite or no numbers (NaN); a run never writes such.");
        try
        {
            return new(
                [.. file.Tensors.Where(tensor => !new[] { MemoryPrefix, BeforePrefix, StandardPrefix }.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))],
                Under(MemoryPrefix), new()
                {
                    Features = Names("features"),
                    Classes = Names("classes"),
                    Standards = Find(MeanName) is { } mean && Find(ScaleName) is { } scale ? new(mean, scale) : null,
                    Digest = file.Metadata.GetValueOrDefault("digest"),
                    Words = file.Metadata.ContainsKey("words") ? Vocabulary.Restore(Names("words"), JsonSerializer.Deserialize<long[]>(file.Metadata["counts"]) ?? []) : null,
                },
                new(Whole("steps"), BitConverter.Int64BitsToDouble(Whole("lossSum")), Under(BeforePrefix)),
                file.Metadata.Where(entry => entry.Key.StartsWith(SettingPrefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[SettingPrefix.Length..], entry => entry.Value, StringComparer.Ordinal),
                Whole("metricsBytes"));
        }
        catch (Exception damaged) when (damaged is KeyNotFoundException or FormatException or JsonException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: its metadata are incomplete or damaged: {damaged.Message}", damaged);
        }

        IReadOnlyList<NamedTensor> Under(string prefix) => [.. file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => tensor with { Name = tensor.Name[prefix.Length..] })];
        TorchSharp.torch.Tensor? Find(string name) => file.Tensors.FirstOrDefault(tensor => tensor.Name == name)?.Value;
        long Whole(string key) => long.Parse(file.Metadata[key], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        IReadOnlyList<string> Names(string key) => JsonSerializer.Deserialize<string[]>(file.Metadata[key]) ?? [];
    }

    /// <exception cref="InvalidDataException">The model has no words.</exception>
    internal Vocabulary WordsOrThrow() => Meaning.Words ?? throw new InvalidDataException("model.safetensors: its metadata lack the words.");

    /// <summary>Tensors in the order of those that they take the place of; a file may have them in another.</summary>
    /// <exception cref="InvalidDataException">One is missing or too many, or of another shape.</exception>
    internal static IReadOnlyList<NamedTensor> InOrder(IReadOnlyList<NamedTensor> read, IReadOnlyList<NamedTensor> wanted)
    {
        if (read.Select(tensor => tensor.Name).Order(StringComparer.Ordinal).SequenceEqual(wanted.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            var sorted = wanted.Select(tensor => read.First(other => other.Name == tensor.Name)).ToList();
            if (sorted.Zip(wanted).All(pair => pair.First.Value.shape.SequenceEqual(pair.Second.Value.shape))) return sorted;
        }
        throw new InvalidDataException($"model.safetensors: expected {Shown(wanted)}, got {Shown(read)}.");

        static string Shown(IReadOnlyList<NamedTensor> tensors) => tensors.Count == 0 ? "no tensor" : string.Join(", ", tensors.Select(tensor => $"{tensor.Name} {Shapes.Expect.Show(tensor.Value.shape)}"));
    }

    /// <summary>What must be the same for a run to be the same run.</summary>
    internal static IReadOnlyDictionary<string, string> SettingsOf(TrainRequest request) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["model"] = request.Model,
        ["data"] = request.Data,
        ["label"] = request.Label ?? "",
        ["validation"] = Text(request.Validation),
        ["standardise"] = request.Standardise ? "yes" : "no",
        ["hidden"] = string.Join(',', request.Hidden),
        ["activation"] = request.Activation,
        ["dimensions"] = Text(request.Dimensions),
        ["window"] = Text(request.Window),
        ["negatives"] = Text(request.Negatives),
        ["least-count"] = Text(request.LeastCount),
        ["loss"] = request.Loss ?? "",
        ["l2"] = Text(request.L2),
        ["optimizer"] = request.Optimizer,
        ["rate"] = Text(request.Rate),
        ["schedule"] = request.Schedule,
        ["batch"] = request.BatchSize?.ToString(CultureInfo.InvariantCulture) ?? "full",
        ["epochs"] = request.Steps is null ? request.Epochs.ToString(CultureInfo.InvariantCulture) : "",
        ["steps"] = request.Steps?.ToString(CultureInfo.InvariantCulture) ?? "",
        ["until-still"] = request.UntilStill is { } tolerance ? Text(tolerance) : "",
        ["seed"] = request.Seed.ToString(CultureInfo.InvariantCulture),
        ["device"] = request.Device,
        ["dtype"] = request.Dtype,
        ["gradients"] = request.Gradients,
    };

    /// <summary>The request that a model was trained by, as far as using it takes.</summary>
    /// <exception cref="InvalidDataException">A setting is no number where one must be.</exception>
    internal TrainRequest Request()
    {
        try
        {
            return Parsed();
        }
        catch (Exception damaged) when (damaged is FormatException or OverflowException)
        {
            throw new InvalidDataException($"model.safetensors: its settings are damaged: {damaged.Message}", damaged);
        }
    }

    private TrainRequest Parsed() => new()
    {
        Model = Settings["model"],
        Data = Settings["data"],
        Label = Settings["label"] is { Length: > 0 } label ? label : null,
        Hidden = [.. Settings["hidden"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(size => int.Parse(size, CultureInfo.InvariantCulture))],
        Activation = Settings["activation"],
        Dimensions = Whole("dimensions"),
        Window = Whole("window"),
        Negatives = Whole("negatives"),
        LeastCount = Whole("least-count"),
        Loss = Settings["loss"] is { Length: > 0 } loss ? loss : null,
        L2 = double.Parse(Settings["l2"], CultureInfo.InvariantCulture),
        Dtype = Settings["dtype"],
        Seed = Whole("seed"),
    };

    private int Whole(string setting) => int.Parse(Settings[setting], CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">A setting is another than the run's.</exception>
    internal void Expect(IReadOnlyDictionary<string, string> asked)
    {
        var other = asked.Where(setting => !Settings.TryGetValue(setting.Key, out var own) || own != setting.Value).ToList();
        if (other.Count > 0) throw new ArgumentException($"--resume: this run was begun with {string.Join(", ", other.Select(setting => $"--{setting.Key} {Shown(Settings.GetValueOrDefault(setting.Key, ""))} (asked now: {Shown(setting.Value)})"))}.", nameof(asked));

        static string Shown(string value) => value.Length > 0 ? value : "not given";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
