namespace CsCheck;

/// <summary>What generates values of a type or of one derived from it. Only this assembly can implement it.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public interface IGen<out T>
{
    /// <summary>Draws the value that belongs to the seed.</summary>
    internal ITree<T> Draw(ulong seed);
}

/// <summary>Generates values, and knows simpler ones to try in place of a value for which a property fails.</summary>
/// <remarks>
/// Values come from FsCheck's generators; each is the root of a tree of simpler values, which Select, SelectMany and Where keep.
/// Functions given to them must be pure: they are called again for simpler values, and when a seed is run again.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class Gen<T> : IGen<T>
{
    private protected Gen(FsCheck.Gen<ITree<T>> trees) => Trees = trees;

    /// <summary>Gets arrays of such values, of 0 to 127 elements.</summary>
    public GenArray<T> Array => new(this);

    /// <summary>Gets two-dimensional arrays of such values, of 0 to 127 rows and columns.</summary>
    public GenArray2D<T> Array2D => new(this);

    /// <summary>Gets lists of such values, of 0 to 127 elements.</summary>
    public GenList<T> List => new(this);

    /// <summary>Gets the generator of FsCheck that draws the trees.</summary>
    internal FsCheck.Gen<ITree<T>> Trees { get; }

    /// <inheritdoc/>
    ITree<T> IGen<T>.Draw(ulong seed) => CsCheck.Draw.From(Trees, seed);
}

/// <summary>A generator that is no more than its trees.</summary>
internal sealed class TreeGen<T>(FsCheck.Gen<ITree<T>> trees) : Gen<T>(trees);
