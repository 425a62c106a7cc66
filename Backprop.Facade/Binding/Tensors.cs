using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Backprop.Facade.Binding;

/// <summary>A member of a tuple, record, class or struct.</summary>
/// <param name="Name">Without the compiler's decoration; "Item1" in tuples.</param>
/// <param name="Type">As declared.</param>
/// <param name="Get">Reads it.</param>
internal sealed record Part(string Name, Type Type, Func<object, object?> Get);

/// <summary>The forms in which tensors come: alone, in collections, tuples, records, options. F#'s types are known by name, because FSharp.Core is the user's own.</summary>
internal static class Tensors
{
    private const int Deepest = 4;

    internal static bool IsTensor(Type type) => type == typeof(Tensor);

    internal static bool IsTuple(Type type) => type.IsGenericType && typeof(ITuple).IsAssignableFrom(type);

    /// <summary>What an F# option, also a struct one, is an option of; null for other types.</summary>
    internal static Type? Optional(Type type) =>
        type is { IsGenericType: true, Namespace: "Microsoft.FSharp.Core", Name: "FSharpOption`1" or "FSharpValueOption`1" } ? type.GetGenericArguments()[0] : null;

    /// <summary>Whether a parameter of this type takes several tensors.</summary>
    internal static bool IsCollection(Type type) =>
        type == typeof(Tensor[]) || (type.IsGenericType && (type.IsAssignableFrom(typeof(Tensor[])) || type == typeof(List<Tensor>) || IsFSharpList(type, typeof(Tensor))));

    /// <summary>The tensors as an argument of such a type.</summary>
    internal static object Collect(Type type, IEnumerable<Tensor> tensors)
    {
        if (type == typeof(List<Tensor>)) return tensors.ToList();
        var array = tensors.ToArray();
        if (!IsFSharpList(type, typeof(Tensor))) return array;
        var cons = type.GetMethod("Cons")!;
        return array.Reverse().Aggregate(type.GetProperty("Empty")!.GetValue(null)!, (tail, head) => cons.Invoke(null, [head, tail])!);
    }

    /// <summary>The tensor as an argument of this type, which may be an option of it.</summary>
    internal static object Wrap(Type type, Tensor tensor) => IsTensor(type) ? tensor : type.GetMethod("Some", [typeof(Tensor)])!.Invoke(null, [tensor])!;

    /// <summary>Whether values of this type are made of tensors and nothing else.</summary>
    internal static bool AreAll(Type type, int depth = 0) =>
        IsTensor(type)
        || (depth < Deepest && (Optional(type) is { } some ? AreAll(some, depth + 1)
            : Element(type) is { } element ? AreAll(element, depth + 1)
            : Parts(type) is { Count: > 0 } parts && parts.All(part => AreAll(part.Type, depth + 1))));

    /// <summary>How many tensors a value of such a type has; null when that is known only at run time.</summary>
    internal static int? Count(Type type)
    {
        if (IsTensor(type)) return 1;
        if (Optional(type) is { } some) return Count(some);
        if (Element(type) is not null) return null;
        return Parts(type).Aggregate((int?)0, (sum, part) => sum + Count(part.Type));
    }

    /// <summary>The tensors in a value, in order; null for an entry that is missing.</summary>
    internal static IReadOnlyList<Tensor?> In(object? value, Type type)
    {
        if (value is Tensor tensor) return [tensor];
        if (value is null) return IsTensor(type) || Optional(type) is not null ? [null] : [];
        if (Optional(value.GetType()) is { } some) return In(Unwrap(value), some);
        if (value is IEnumerable many and not string && value is not ITuple) return [.. many.Cast<object?>().SelectMany(one => In(one, Element(value.GetType()) ?? typeof(Tensor)))];
        return Parts(value.GetType()) is { Count: > 0 } parts
            ? [.. parts.SelectMany(part => In(part.Get(value), part.Type))]
            : throw new InvalidOperationException($"there is a {Show(value.GetType())} among the tensors.");
    }

    /// <summary>The members of a tuple, or of a record, class or struct in the order of their declaration.</summary>
    internal static IReadOnlyList<Part> Parts(Type type)
    {
        if (IsTuple(type))
            return [.. Items(type).Select((item, i) => new Part($"Item{i + 1}", item, value => ((ITuple)value)[i]))];
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsArray || type == typeof(string) || type == typeof(object) || typeof(Delegate).IsAssignableFrom(type) || IsTensor(type)) return [];
        // Backing fields: a computed property is no part, and metadata keeps fields in the order of the source.
        return [.. Lineage(type).Reverse().SelectMany(one => one.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(field => field.MetadataToken))
            .Select(field => new Part(Plain(field.Name), field.FieldType, field.GetValue))];
    }

    /// <summary>A type as a sentence names it.</summary>
    internal static string Show(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Show(inner) + "?";
        if (type.IsArray) return Show(type.GetElementType()!) + "[]";
        if (!type.IsGenericType) return Keywords.GetValueOrDefault(type.Name, type.Name);
        return IsTuple(type) ? $"({string.Join(", ", Items(type).Select(Show))})" : $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Show))}>";
    }

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["Double"] = "double",
        ["Single"] = "float",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Boolean"] = "bool",
        ["String"] = "string",
        ["Object"] = "object",
        ["Void"] = "void",
    };

    /// <summary>What a collection has; null for what is none.</summary>
    private static Type? Element(Type type)
    {
        if (type.IsArray) return type.GetElementType();
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        return type.GetInterfaces().Append(type).FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
    }

    private static bool IsFSharpList(Type type, Type element) =>
        type is { IsGenericType: true, Namespace: "Microsoft.FSharp.Collections", Name: "FSharpList`1" } && type.GetGenericArguments()[0] == element;

    /// <summary>Null for None, which as a reference is null already.</summary>
    private static object? Unwrap(object option) => option.GetType() is { IsValueType: true } type && !(bool)type.GetProperty("IsSome")!.GetValue(option)! ? null : option.GetType().GetProperty("Value")!.GetValue(option);

    /// <summary>The types of a tuple's items; an eighth and later ones are in a tuple of their own.</summary>
    private static IEnumerable<Type> Items(Type tuple)
    {
        var items = tuple.GetGenericArguments();
        return items.Length < 8 ? items : items.Take(7).Concat(Items(items[7]));
    }

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (var one = type; one is not null && one != typeof(object) && one != typeof(ValueType); one = one.BaseType) yield return one;
    }

    /// <summary>DX of "&lt;DX&gt;k__BackingField" (C#) and "DX@" (F#).</summary>
    private static string Plain(string field) => field.StartsWith('<') ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field.TrimEnd('@');
}
