using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Backprop.Facade.Binding;

/// <summary>A forward or backward pass: a static method or a delegate.</summary>
/// <param name="Label">As sentences name it, e.g. "MyLinear.Forward".</param>
/// <param name="Method">What it is made of; the body, for a delegate.</param>
/// <param name="Parameters">What a caller gives.</param>
/// <param name="Target">For a delegate: the delegate.</param>
internal sealed record Pass(string Label, MethodInfo Method, IReadOnlyList<ParameterInfo> Parameters, Delegate? Target)
{
    private readonly MethodInfo _invoke = Target?.GetType().GetMethod("Invoke") ?? Method;

    private readonly Keeper _keeper = Keeper.Of(Method, Target);

    internal Type Returns => _invoke.ReturnType;

    internal static Pass Of(string label, MethodInfo method) => new(label, method, method.GetParameters(), null);

    internal static Pass Of(string label, Delegate pass)
    {
        var asked = pass.GetType().GetMethod("Invoke")!.GetParameters();
        var written = pass.Method.GetParameters();
        // A compiled expression or a method closed over its first argument has a parameter more, in front.
        return new(label, pass.Method, written.Length >= asked.Length ? written[^asked.Length..] : asked, pass);
    }

    /// <summary>Calls it. What it throws comes through as it is; what it keeps in static fields outlives the dispose scopes.</summary>
    internal object? Call(object?[] arguments)
    {
        try
        {
            return _invoke.Invoke(Target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        catch (TypeInitializationException failed) when (failed.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
        finally
        {
            _keeper.Keep();
        }
    }

    /// <summary>Whether the compiler wrote its name, as it does for lambdas and local functions.</summary>
    internal static bool IsNameless(MethodInfo method) =>
        method.Name.Contains('<', StringComparison.Ordinal) || method.DeclaringType is null || method.DeclaringType.Name.Contains('@', StringComparison.Ordinal) || method.IsDefined(typeof(CompilerGeneratedAttribute), false);

    /// <summary>A type as source code names it, without its namespace: "Outer.Inner"; without the suffix that F# gives a module beside a type of its name.</summary>
    internal static string Name(Type type)
    {
        var name = type.Name.Split('`')[0];
        if (name.EndsWith("Module", StringComparison.Ordinal) && type.GetCustomAttributesData().Any(data => data.AttributeType.Name == "CompilationRepresentationAttribute")) name = name[..^"Module".Length];
        return type.DeclaringType is { } outer ? $"{Name(outer)}.{name}" : name;
    }
}
