using System.Diagnostics;
using Backprop.Training;
using TorchSharp;

namespace Backprop.Facade.Training;

/// <summary>One run of training: reads, steps, saves.</summary>
internal sealed class TrainRun : ITrainerObserver, IDisposable
{
    private const int MostLines = 1000;

    /// <summary>The first steps are compiled as they run, and say little of the others.</summary>
    private const double SecondsToGuess = 1;

    private readonly TrainRequest _request;
    private readonly TrainingTask _task;
    private readonly ITrainingStep _step;
    private readonly TrainerOptions _options;
    private readonly Stopwatch _clock = new();
    private readonly IProgress<TrainProgress>? _progress;
    private readonly Metrics? _metrics;
    private readonly TrainerPosition? _start;
    private readonly string? _digest;
    private readonly FileStream? _held;
    private double _saved, _told;
    private long _savedAt = -1;
    private (double? Loss, double? Accuracy, bool HeldOut) _last;

    internal TrainRun(TrainRequest request, IProgress<TrainProgress>? progress)
    {
        (_request, _progress) = (request, progress);
        // All that can be wrong with the words of a request, before anything is read.
        _ = Choices.FamilyOf(request);
        var (dtype, device, optimizer, source, schedule) = (Choices.DtypeOf(request), request.Device, Choices.OptimizerOf(request), Choices.SourceOf(request), Choices.ScheduleOf(request.Schedule));
        Choices.CheckNumbersAndFolder(request);
        var saved = request.Out is { } folder && File.Exists(Checkpoint.In(folder))
            ? request.Resume ? Checkpoint.Read(folder) : throw new ArgumentException($"--out: {folder} has a model already; --resume goes on with it.", nameof(request))
            : null;
        saved?.Expect(Checkpoint.SettingsOf(request));
        _digest = Examples.DigestOf(request.Data);
        if (saved?.Meaning.Digest is { } begunWith && begunWith != _digest) throw new ArgumentException($"--resume: {request.Data} is no longer what it was when this run was begun.", nameof(request));
        Libtorch.EnsureDevice(device);
        _task = TrainingTask.Of(request, saved?.Meaning);
        var on = torch.device(device);
        var size = request.BatchSize is { } asked ? Math.Min(asked, _task.Count) : (int?)null;
        _options = new()
        {
            BatchSize = size,
            Rate = request.Rate,
            Schedule = schedule,
            Steps = request.Steps ?? request.Epochs * Trainer.StepsPerEpoch(_task.Count, size is > 0 ? size : null),
            Tolerance = request.UntilStill,
            Seed = request.Seed,
            VerifyEvery = request.VerifyEvery,
        };
        Trainer.Check(_options, _task.Count);
        if (saved?.Position.Steps > _options.Steps) throw new InvalidDataException($"{Checkpoint.In(request.Out!)}: expected at most the run's {_options.Steps} steps, got {saved.Position.Steps}.");
        _step = TrainingSteps.Create(_task.Model, optimizer, source, _task.Model.Initial(request.Seed, dtype, on));
        if (saved is not null)
        {
            _step.Restore(Moved(Checkpoint.InOrder(saved.Parameters, _step.Parameters)), Moved(Checkpoint.InOrder(saved.Memory, _step.Memory)), saved.Position.Steps);
            _start = saved.Position with { Before = saved.Position.Before.Count == 0 ? [] : Moved(Checkpoint.InOrder(saved.Position.Before, _step.Parameters)) };
        }
        if (request.Out is { } to)
        {
            _held = Held(to);
            try
            {
                _metrics = Metrics.Open(to, saved?.MetricsBytes ?? 0);
            }
            catch
            {
                _held.Dispose();
                throw;
            }
        }

        IReadOnlyList<NamedTensor> Moved(IReadOnlyList<NamedTensor> tensors) => [.. tensors.Select(tensor => tensor with { Value = tensor.Value.to_type(dtype).to(on) })];
    }

    internal TrainReport Run(CancellationToken cancellation)
    {
        _clock.Start();
        // At once, so that a folder that cannot be written to is found out now, and a run that fails at its first step can be looked at.
        if (_start is null) Save(new(0, 0, []));
        else (_savedAt, _saved) = (_start.Steps, 0);
        var outcome = Trainer.Run(_step, _task.Count, Rows, _options, this, _start, cancellation);
        if (outcome.End is not TrainerEnd.Diverged && outcome.Position.Steps != _savedAt && Trainer.AreFinite(_step.Parameters)) Save(outcome.Position);
        var (loss, accuracy) = _task.OnTraining(Values);
        var rest = _task.OnHeldOut(Values);
        if (_request.Out is { } folder && outcome.End is (TrainerEnd.Finished or TrainerEnd.Still)) Draw(folder);
        return new(outcome.End.ToString().ToLowerInvariant(), outcome.Position.Steps / PerEpoch, outcome.Position.Steps, loss, accuracy, rest?.Loss, rest?.Accuracy, _clock.Elapsed.TotalSeconds, outcome.End is TrainerEnd.Diverged && _request.L2 > 0 ? $"{outcome.Report} The penalty {_request.L2} may be too great too." : outcome.Report, _start?.Steps);
    }

    public void Stepped(TrainerPosition position, EpochEnd? epochEnd)
    {
        if (epochEnd is not null && (epochEnd.Epoch % Every == 0 || epochEnd.Steps == _options.Steps))
        {
            var rest = _task.OnHeldOut(Values);
            var accuracy = rest is null ? _task.AccuracyOnTheWay(Values) : null;
            _metrics?.Write(new { epoch = epochEnd.Epoch, step = epochEnd.Steps, loss = epochEnd.Loss, accuracy, validationLoss = rest?.Loss, validationAccuracy = rest?.Accuracy, rate = epochEnd.Rate });
            _last = (epochEnd.Loss, rest?.Accuracy ?? accuracy, rest is not null);
            Tell(position, epochEnd.Epoch);
        }
        else if (_clock.Elapsed.TotalSeconds - _told >= _request.ProgressSeconds) Tell(position, position.Steps / PerEpoch);
        if (_clock.Elapsed.TotalSeconds - _saved >= _request.CheckpointSeconds && Trainer.AreFinite(_step.Parameters)) Save(position);
    }

    /// <summary>The gradients that a step computes, taken from a momentum without memory: with rate 0 it moves nothing, and its velocity is the gradient, to the bit.</summary>
    public string? Verify(long step, Batch batch)
    {
        using var probe = TrainingSteps.Create(_task.Model, new Optimizers.Optimizer.Momentum(0), Choices.SourceOf(_request), _step.Parameters);
        probe.Step(batch, 0);
        return DirectionCheck.Compare(_task.Model, _step.Parameters, [.. probe.Memory.Select(velocity => velocity.Value)], batch, EpochOrder.Mixed(_request.Seed, step)) is { } wrong ? $"step {step + 1}: {wrong}" : null;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _held?.Dispose();
        _step.Dispose();
    }

    /// <summary>A file that is there while a run writes to its folder; a killed run's is free again.</summary>
    private static FileStream Held(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(Path.Combine(folder, "running"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException taken) when (File.Exists(Path.Combine(folder, "running")))
        {
            throw new IOException($"--out: another run is writing to {folder}.", taken);
        }
    }

    private IReadOnlyList<torch.Tensor> Values => [.. _step.Parameters.Select(parameter => parameter.Value)];

    private long PerEpoch => Trainer.StepsPerEpoch(_task.Count, _options.BatchSize);

    /// <summary>Not more lines than anyone reads, of a run with very many short epochs.</summary>
    private long Every => Math.Max(1, _options.Steps / PerEpoch / MostLines);

    private Batch Rows(IReadOnlyList<int> rows, long step) => _task.Rows(_options.BatchSize is null ? null : rows, EpochOrder.Mixed(_request.Seed, step));

    private void Tell(TrainerPosition position, long epoch)
    {
        _told = _clock.Elapsed.TotalSeconds;
        var done = position.Steps - (_start?.Steps ?? 0);
        _progress?.Report(new(epoch, position.Steps, _options.Steps, _last.Loss, _last.Accuracy, _last.HeldOut, (double)done / PerEpoch * _task.Count / _told, _told < SecondsToGuess ? null : _told / done * (_options.Steps - position.Steps)));
    }

    private void Draw(string folder)
    {
        _ = _metrics!.Flushed();
        Drawings.Loss(folder);
        _task.Draw(folder, Values);
    }

    private void Save(TrainerPosition position)
    {
        (_saved, _savedAt) = (_clock.Elapsed.TotalSeconds, position.Steps);
        if (_request.Out is not { } folder) return;
        new Checkpoint(_step.Parameters, _step.Memory, _task.Meaning with { Digest = _digest }, position, Checkpoint.SettingsOf(_request), _metrics!.Flushed()).Write(folder);
    }
}
