using System.Reflection;
using System.Reflection.Emit;
using Backprop.Facade;
using Backprop.PropertyTests.Structure;

namespace Backprop.PropertyTests.Facade.Loading;

/// <summary>Assemblies to check: the samples as they were built, and small ones made here.</summary>
internal static class Built
{
    /// <summary>A sample's DLL, of the configuration that the tests are.</summary>
    internal static string Sample(string name) =>
        Repository.Path("samples", name, Path.GetRelativePath(Repository.Path("Backprop.PropertyTests"), AppContext.BaseDirectory), name + ".dll");

    /// <summary>An assembly with one marked class, whose Forward has a parameter of a type from another assembly of this name and version; null for none.</summary>
    internal static string Make(string folder, string name, string? needs, string version = "1.0.0.0")
    {
        var assembly = new PersistedAssemblyBuilder(new(name) { Version = new(1, 0) }, typeof(object).Assembly);
        var module = assembly.DefineDynamicModule(name);
        var mark = new CustomAttributeBuilder(typeof(HandGradientAttribute).GetConstructor([])!, []);
        Marked("Fine", null);
        if (needs is not null) Marked("Needy", Foreign(folder, needs, version));
        var file = Path.Combine(folder, name + ".dll");
        assembly.Save(file);
        return file;

        void Marked(string type, Type? foreign)
        {
            var one = module.DefineType($"{name}.{type}", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
            one.SetCustomAttribute(mark);
            Method(one, "Forward", foreign is null ? [typeof(Tensor)] : [typeof(Tensor), foreign]);
            Method(one, "Backward", [typeof(Tensor), typeof(Tensor)]);
            one.CreateType();
        }

        // Returns its first argument: the gradient of the identity.
        static void Method(TypeBuilder type, string name, Type[] parameters)
        {
            var method = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(Tensor), parameters);
            method.DefineParameter(1, ParameterAttributes.None, name == "Forward" ? "x" : "dy")
                .SetCustomAttribute(new(typeof(ShapeAttribute).GetConstructor([typeof(object[])])!, [new object[] { "N" }]));
            if (parameters.Length > 1) method.DefineParameter(2, ParameterAttributes.None, name == "Forward" ? "other" : "x");
            var body = method.GetILGenerator();
            body.Emit(OpCodes.Ldarg_0);
            body.Emit(OpCodes.Ret);
        }
    }

    /// <summary>A type of another assembly, which is written beside under this version.</summary>
    internal static Type Foreign(string folder, string name, string version)
    {
        var assembly = new PersistedAssemblyBuilder(new(name) { Version = new(version) }, typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(name).DefineType($"{name}.Thing", TypeAttributes.Public);
        type.CreateType();
        assembly.Save(Path.Combine(folder, name + ".dll"));
        return type;
    }
}
