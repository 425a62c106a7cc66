using Backprop.Data;

namespace Backprop.PropertyTests.Data;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backprop").FullName;
    private string Target => Path.Combine(_folder, "file");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheOldFileStaysUntilTheNewOneIsWhole()
    {
        WholeFile.Write(Target, stream => stream.Write("old"u8));
        WholeFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
        });
        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AnExceptionLeavesTheOldFileAloneAndNothingBesideIt()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void AFullDiskLeavesTheOldFile()
    {
        if (!File.Exists("/dev/full")) return;
        File.WriteAllText(Target, "old");
        // Where it writes beside is a device that is always full.
        File.CreateSymbolicLink(Target + ".new", "/dev/full");
        Assert.Contains("No space left", Assert.Throws<IOException>(() => WholeFile.Write(Target, stream => stream.Write(new byte[1 << 20]))).Message);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void WhatAKilledRunLeftIsOverwritten()
    {
        File.WriteAllText(Target + ".new", "a longer rest of an earlier run");
        WholeFile.Write(Target, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }
}
