using System.CommandLine;
using System.Runtime.InteropServices;
using Backprop.Facade;
using Backprop.Facade.Loading;

namespace Backprop.Cli;

/// <summary>Words → a call of the façade → what it says; the exit code is the verdict.</summary>
public static class CommandLine
{
    private const int Usage = 2, CannotLoad = 3, Cancelled = 130;

    /// <summary>Runs one command line: 0 all agree, 1 something does not, 2 a usage error, 3 libtorch or an assembly cannot be loaded, 4 a check proves nothing, 130 cancelled.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Hand-written gradients, proven: each judged by libtorch's autograd, finite differences, and properties that must hold.")
        {
            VerifyCommand.Create(),
            TrainCommand.Create(),
            PredictCommand.Create(),
            EvaluateCommand.Create(),
            CheckCommand.Create(),
            BugsCommand.Create(),
            ListCommand.Create(),
            ExplainCommand.Create(),
            ClaimsCommand.Create(),
            DoctorCommand.Create(),
        };
        NumberOptions.ReadStrictly(root);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        // The last error is the most particular one: of an unknown command, the first only says that a command is missing.
        if (parsed.Errors.Count > 0) return Fail(Usage, $"{parsed.Errors[^1].Message} See `backprop {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help`.");
        try
        {
            // Signals are handled here: the library's own handler races with an action that ends because of them.
            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            return parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token).GetAwaiter().GetResult();

            void Stop(PosixSignalContext context)
            {
                context.Cancel = true;
                stop.Cancel();
            }
        }
        catch (Exception unavailable) when (unavailable is LibtorchUnavailableException or CannotLoadException)
        {
            return Fail(CannotLoad, unavailable.Message);
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // .NET appends the parameter's name, which the messages here begin with, and a value out of range, which they have.
            return Fail(Usage, wrong is ArgumentException { ParamName: { } name } ? wrong.Message.Split($" (Parameter '{name}')")[0] : wrong.Message);
        }
        catch (ExternalException libtorch)
        {
            return Fail(Usage, $"libtorch: {libtorch.Message.Split('\n')[0]}");
        }
        catch (OutOfMemoryException)
        {
            return Fail(Usage, "there is not enough memory.");
        }
        catch (OperationCanceledException)
        {
            return Fail(Cancelled, "cancelled.");
        }
    }

    private static int Fail(int code, string message)
    {
        // One line, whatever the message was made of.
        Console.Error.WriteLine($"backprop: {string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}");
        return code;
    }
}
