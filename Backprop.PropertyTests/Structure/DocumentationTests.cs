using System.Reflection;
using System.Xml.Linq;
using Backprop.Facade;
using Backprop.Verify;

namespace Backprop.PropertyTests.Structure;

/// <summary>Every public name says what it is.</summary>
public class DocumentationTests
{
    [Theory]
    [InlineData(typeof(Catalogue))]
    [InlineData(typeof(Gradients))]
    public void EveryPublicTypeMethodAndPropertyIsDocumented(Type anyOf)
    {
        var documented = XDocument.Load(Path.ChangeExtension(anyOf.Assembly.Location, ".xml")).Descendants("member").Select(member => member.Attribute("name")!.Value.Split('(')[0].Split('`')[0]).ToHashSet();
        var names = from type in anyOf.Assembly.GetExportedTypes()
                    let name = type.FullName!.Replace('+', '.').Split('`')[0]
                    from member in type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                        .Where(member => member is MethodInfo { IsSpecialName: false } method && !IsCompilerMade(method) && !IsOfARecord(type, method))
                        .Select(member => $"M:{name}.{member.Name}").Append($"T:{name}")
                    select member;
        Assert.NotEmpty(names);
        Assert.Empty(names.Where(name => !documented.Contains(name)).Distinct());
    }

    private static bool IsCompilerMade(MemberInfo member) => member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null;

    /// <summary>What the compiler writes for a record, or what inherits its documentation.</summary>
    private static bool IsOfARecord(Type type, MethodInfo method) =>
        (type.GetMethod("<Clone>$") is not null || type.IsValueType) && method.Name is "Deconstruct" or "ToString" or "Equals" or "GetHashCode" or "<Clone>$" or "PrintMembers";
}
