using Backprop.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["check", .. var rest]) return CheckBenchmark.Run(rest);
if (args is ["train", .. var others]) return TrainBenchmark.Run(others);
if (args is ["acceptance", .. var names]) return Acceptance.Run(names);

// In this process: a generated project would have to be told about the substitutes, and which libtorch it loads.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(11);
BenchmarkSwitcher.FromAssembly(typeof(TensorBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, DefaultConfig.Instance.AddJob(job));
return 0;
