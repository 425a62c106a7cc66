using Backprop.Diagnosis;
using Backprop.Verify;

namespace Backprop.PropertyTests.Diagnosis;

/// <summary>What is at fault in harness or run time is told from what is at fault in the formula.</summary>
public class HarnessFaultsTests
{
    public static TheoryData<string> Ids() => [.. HarnessFaults.All.Select(fault => fault.Id)];

    [Fact]
    public void TheWholeListIsThere()
    {
        var ids = HarnessFaults.All.Select(fault => fault.Id).ToList();
        Assert.Empty(Enumerable.Range(1, 26).Select(number => $"HAR-{number:00}").Except(ids));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EachIsCaught(string id)
    {
        var fault = HarnessFaults.All.Single(one => one.Id == id);
        var report = Checker.Check(fault.Create(), fault.Options);
        Assert.True(fault.IsCaughtBy(report), $"{fault.Caught}; got {report.Verdict} [{string.Join(", ", report.Causes.Select(cause => cause.Code))}] ({string.Join(", ", report.Warnings.Select(cause => cause.Code))})\n{report}");
    }

    /// <summary>The other direction: a report that says nothing, or something else, is not "caught".</summary>
    [Fact]
    public void AnythingElseIsNot()
    {
        foreach (var fault in HarnessFaults.All)
        {
            Assert.Equal(fault.Verdicts.Contains(Verdict.Right) && fault.Codes.Count == 0, fault.IsCaughtBy(new() { Name = fault.Id, Verdict = Verdict.Right }));
            Assert.Equal(fault.Codes.Count == 0 && fault.Verdicts.Contains(Verdict.Wrong), fault.IsCaughtBy(new() { Name = fault.Id, Verdict = Verdict.Wrong, Causes = [new(CauseCode.Unknown, "", "", "", "", "")] }));
        }
    }

    /// <summary>Honest about what one machine can show.</summary>
    [Fact]
    public void TheReportSaysWhereItWasChecked() => Assert.Equal("cpu", Checker.Check(HarnessFaults.All.Single(fault => fault.Id == "HAR-21").Create()).Device);
}
