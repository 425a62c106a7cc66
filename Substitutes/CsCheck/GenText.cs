namespace CsCheck;

/// <summary>Generates the printable ASCII characters, from space to ~.</summary>
public sealed class GenChar : Gen<char>
{
    /// <summary>The digits 0 to 9 and the letters a to z and A to Z.</summary>
    public readonly Gen<char> AlphaNumeric = Of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    internal GenChar()
        : base(Integers.Uniform(' ', '~'))
    {
    }

    /// <summary>Gets characters from start to finish, both included, every one alike; shrinks to start.</summary>
    /// <exception cref="CsCheckException">The range is empty.</exception>
    public Gen<char> this[char start, char finish] => new TreeGen<char>(Integers.Uniform(start, finish));

    /// <summary>Gets characters of the string; shrinks to its first.</summary>
    /// <exception cref="CsCheckException">The string is empty.</exception>
    public Gen<char> this[string chars] => Of(chars);

    private static Gen<char> Of(string chars) => Gen.OneOfConst(chars.ToCharArray());
}

/// <summary>Generates strings of 0 to 127 printable ASCII characters.</summary>
public sealed class GenString : Gen<string>
{
    /// <summary>Strings of 0 to 127 digits and letters.</summary>
    public readonly Gen<string> AlphaNumeric = Of(Gen.Char.AlphaNumeric.Array);

    internal GenString()
        : base(Of(Gen.Char.Array).Trees)
    {
    }

    /// <summary>Gets strings with a length from start to finish, both included.</summary>
    /// <exception cref="CsCheckException">The range is empty, or start is negative.</exception>
    public Gen<string> this[int start, int finish] => Of(Gen.Char.Array[start, finish]);

    /// <summary>Gets strings of the characters generated, with a length from start to finish, both included.</summary>
    /// <exception cref="CsCheckException">The range is empty, or start is negative.</exception>
    public Gen<string> this[Gen<char> gen, int start, int finish] => Of(gen.Array[start, finish]);

    /// <summary>Gets strings of 0 to 127 of the characters generated.</summary>
    public Gen<string> this[Gen<char> gen] => Of(gen.Array);

    /// <summary>Gets strings of 0 to 127 of the string's characters.</summary>
    /// <exception cref="CsCheckException">The string is empty.</exception>
    public Gen<string> this[string chars] => Of(Gen.Char[chars].Array);

    private static Gen<string> Of(Gen<char[]> chars) => chars.Select(c => new string(c));
}
