using System.Reflection;
using Backprop.Bugs;
using Backprop.Diagnosis;
using Backprop.Verify;

namespace Backprop.Facade.Binding;

/// <summary>Gradients of someone's own, in whatever form they are written, ready to be checked.</summary>
public static class Specimens
{
    /// <summary>A specimen of two functions.</summary>
    /// <param name="forward">Takes tensors, and constants with defaults; gives a tensor, several, or an output and what Backward needs of it.</param>
    /// <param name="backward">Takes a cotangent for each output, then the same parameters or what Forward saved; gives one gradient for each differentiable input.</param>
    /// <param name="inputs">Forward's tensors in order; those without a name get their parameter's. Empty: the attributes of Forward's parameters describe them.</param>
    /// <param name="name">In reports; null for that of the functions.</param>
    /// <exception cref="FormException">Their form is not understood; the message names the parameter and says what to write.</exception>
    public static Specimen Of(Delegate forward, Delegate backward, IReadOnlyList<Input> inputs, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        ArgumentNullException.ThrowIfNull(inputs);
        return Binder.Bind(name ?? Title(forward), Pass.Of(Label(forward, "Forward"), forward), Pass.Of(Label(backward, "Backward"), backward), inputs);
    }

    /// <summary>A specimen of a type with static methods Forward and Backward, whose parameters have attributes.</summary>
    /// <param name="type">A static class, an F# module, or another type with static methods.</param>
    /// <exception cref="FormException">Its form is not understood; the message names the class and the parameter and says what to write.</exception>
    public static Specimen Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var name = Pass.Name(type);
        if (type.ContainsGenericParameters) throw new FormException($"{name} is generic, so its tensors cannot be drawn; mark a type without type parameters.");
        var mark = type.GetCustomAttribute<HandGradientAttribute>();
        if (mark?.Operation is { } operation && !Operations().Contains(operation, StringComparer.OrdinalIgnoreCase))
            throw new FormException($"{name}: there is no operation '{operation}'; the nearest names are {string.Join(", ", Nearest.To(operation, Operations()))}.");
        var specimen = Binder.Bind(name, Method(type, "Forward"), Method(type, "Backward"), []);
        return specimen with { Operation = mark?.Operation, Sizes = Sizes(type, name, specimen.Letters) };
    }

    private static IEnumerable<string> Operations() => Corpus.Recognised.Select(one => one.Name).Concat(Catalogue.All.Select(one => one.Name)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static Pass Method(Type type, string name)
    {
        const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var label = $"{Pass.Name(type)}.{name}";
        var methods = type.GetMethods(Declared).Where(method => string.Equals(method.Name, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (methods.Exists(method => method is { IsStatic: true, IsPublic: true })) methods = methods.FindAll(method => method is { IsStatic: true, IsPublic: true });
        if (methods.Count == 0)
            throw new FormException(type.GetProperties(Declared).Any(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
                ? $"{label} is a value, not a method; write its parameters before the = sign."
                : $"{Pass.Name(type)} has no method {name}; a [HandGradient] needs static methods Forward and Backward.");
        if (methods.Count > 1) throw new FormException($"{Pass.Name(type)} has {methods.Count} methods {name}; expected one, since it is not known which is meant.");
        if (!methods[0].IsStatic) throw new FormException($"{label} is not static; expected static methods Forward and Backward.");
        if (methods[0].IsGenericMethodDefinition) throw new FormException($"{label} is generic; expected a method over tensors (in F#, annotate its parameters, as in (x: Tensor)).");
        return Pass.Of(label, methods[0]);
    }

    private static Dictionary<string, SizeRange> Sizes(Type type, string name, IReadOnlyList<string> letters)
    {
        var sizes = new Dictionary<string, SizeRange>(StringComparer.Ordinal);
        foreach (var size in type.GetCustomAttributes<SizeAttribute>())
        {
            var text = $"{name}: [Size(\"{size.Letter}\", {size.Least}, {size.Greatest})]";
            if (!letters.Contains(size.Letter, StringComparer.Ordinal)) throw new FormException($"{text} bounds a letter that no parameter of Forward has; they have {string.Join(", ", letters.DefaultIfEmpty("none"))}.");
            if (size.Least < 0 || size.Greatest < size.Least || size.Greatest > Case.LargestSize) throw new FormException($"{text} leaves no size; expected 0 ≤ least ≤ greatest ≤ {Case.LargestSize}.");
            if (!sizes.TryAdd(size.Letter, new(size.Least, size.Greatest))) throw new FormException($"{text} is there twice; write one for each letter.");
        }
        return sizes;
    }

    private static string Title(Delegate forward) => Pass.IsNameless(forward.Method) ? "Forward"
        : string.Equals(forward.Method.Name, "Forward", StringComparison.OrdinalIgnoreCase) ? Pass.Name(forward.Method.DeclaringType!)
        : $"{Pass.Name(forward.Method.DeclaringType!)}.{forward.Method.Name}";

    private static string Label(Delegate pass, string role) => Pass.IsNameless(pass.Method) ? role : $"{Pass.Name(pass.Method.DeclaringType!)}.{pass.Method.Name}";
}
