using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Backprop.Facade.Binding;

/// <summary>
/// Lets tensors that a user's code keeps between calls outlive the dispose scope that they were made in: after each call, whatever its static fields (and, for a
/// delegate, what it closes over) lead to is taken out of the scopes.
/// </summary>
internal sealed class Keeper
{
    private const int MostObjects = 10_000, Deepest = 5;

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FieldInfo>> Fields = new();

    private static readonly ConditionalWeakTable<Assembly, IReadOnlyList<FieldInfo>> Promised = [];

    private readonly IReadOnlyList<FieldInfo> _statics;
    private readonly Delegate? _target;

    private Keeper(IReadOnlyList<FieldInfo> statics, Delegate? target)
    {
        _statics = statics;
        _target = target;
    }

    /// <summary>The static fields of the types that the method is written in, and those of its whole assembly whose type says that tensors are in them. Their static
    /// constructors are run now, since no scope of a check is open yet.</summary>
    internal static Keeper Of(MethodInfo method, Delegate? target)
    {
        var own = Outward(method.DeclaringType).Where(type => !type.ContainsGenericParameters).SelectMany(Statics);
        var promised = method.DeclaringType is { } declaring ? Promised.GetValue(declaring.Assembly, assembly => [.. Loadable(assembly).Where(type => !type.ContainsGenericParameters).SelectMany(Statics).Where(field => Promises(field.FieldType, assembly, 0))]) : [];
        var statics = own.Concat(promised).Distinct().ToList();
        foreach (var type in statics.Select(field => field.DeclaringType!).Distinct()) Initialize(type);
        return new(statics, target);
    }

    internal void Keep()
    {
        if (_statics.Count == 0 && _target?.Target is null) return;
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<object>();
        void Push(object? value)
        {
            if (value is not null && seen.Count < MostObjects && seen.Add(value)) pending.Push(value);
        }
        Push(_target?.Target);
        foreach (var field in _statics) Push(Value(field));
        while (pending.TryPop(out var one))
        {
            if (one is Tensor tensor) tensor.DetachFromDisposeScope();
            else if (one is Delegate pass) Push(pass.Target);
            else if (one is Array array)
            {
                if (MayLeadToTensors(array.GetType().GetElementType()!)) foreach (var entry in array) Push(entry);
            }
            else
                foreach (var field in Fields.GetOrAdd(one.GetType(), Instances)) Push(field.GetValue(one));
        }
    }

    private static object? Value(FieldInfo field)
    {
        try
        {
            return field.GetValue(null);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
        catch (TypeInitializationException)
        {
            return null;
        }
    }

    private static void Initialize(Type type)
    {
        try
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
        catch (Exception failed) when (failed is TypeInitializationException or IOException or TypeLoadException or BadImageFormatException)
        {
            // Thrown again where the type is used, which is where it is reported.
        }
    }

    /// <summary>Whether a type says that tensors are in it: by itself, its elements, its type arguments, or the fields of a type of the same assembly.</summary>
    private static bool Promises(Type type, Assembly assembly, int depth) =>
        depth < Deepest && (Tensors.IsTensor(type)
            || (type.HasElementType && Promises(type.GetElementType()!, assembly, depth + 1))
            || type.GenericTypeArguments.Any(argument => Promises(argument, assembly, depth + 1))
            || (type.Assembly == assembly && Instances(type).Any(field => Promises(field.FieldType, assembly, depth + 1))));

    private static IEnumerable<Type> Loadable(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>();
        }
    }

    private static IEnumerable<Type> Outward(Type? type)
    {
        for (; type is not null; type = type.DeclaringType) yield return type;
    }

    /// <summary>None for a type whose fields are of types that cannot be loaded.</summary>
    private static IReadOnlyList<FieldInfo> Statics(Type type)
    {
        try
        {
            return [.. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => !field.IsLiteral && MayLeadToTensors(field.FieldType))];
        }
        catch (Exception missing) when (missing is IOException or TypeLoadException or BadImageFormatException)
        {
            return [];
        }
    }

    private static IReadOnlyList<FieldInfo> Instances(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var one = type; one is not null && MayLeadToTensors(one); one = one.BaseType)
            fields.AddRange(one.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => MayLeadToTensors(field.FieldType)));
        return fields;
    }

    /// <summary>Whether it is worth looking into: the user's own types, and collections, tuples, lazy values; not a test framework or the rest of .NET.</summary>
    private static bool MayLeadToTensors(Type type) =>
        type != typeof(string) && !type.IsPrimitive && !type.IsEnum && !type.IsPointer && !type.IsByRefLike && !type.IsFunctionPointer
        && !typeof(MemberInfo).IsAssignableFrom(type) && !typeof(DisposeScope).IsAssignableFrom(type)
        && (type.Namespace?.Split('.') is null or ["System"] or ["System", "Collections", ..] or ["Microsoft", "FSharp", ..] or [not ("System" or "Microsoft" or "Xunit" or "NUnit"), ..]);
}
