using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core.Rules;

/// <summary>What docs/sync-rules.md says is what the core does: each row of each table of it is run.</summary>
public sealed class RuleTableTests
{
    private static readonly Dictionary<string, Action<RuleRow>> Runs = new()
    {
        ["When two values are the same"] = ValueRules.Same,
        ["How values are held"] = ValueRules.Normalize,
        ["Two-way fields"] = MergeRules.Merge,
        ["First sight"] = MergeRules.Merge,
        ["Fields that go one way"] = MergeRules.Merge,
        ["Blanks that never clear"] = MergeRules.Merge,
        ["What can't be compared"] = MergeRules.Merge,
        ["Options that are called otherwise here"] = ValueRules.Translate,
        ["Which way a field goes"] = PolicyRules.Direction,
        ["Which record is which"] = MatchRules.Match,
        ["What is in scope"] = PlanRules.Scope,
        ["What becomes of a record of HubSpot"] = PlanRules.Inward,
        ["What becomes of a record that only we have"] = PlanRules.Outward,
        ["Writes whose answer was lost"] = WriteRules.Recognize,
        ["Edits that we overwrote"] = WriteRules.BringBack,
        ["When a page is stopped"] = SafetyRules.Stop,
        ["Who is taken for erased"] = SafetyRules.Erase,
        ["How long a failed look waits"] = SafetyRules.Wait,
    };

    public static TheoryData<int, string> Rows => [.. RuleTable.Rows.Select(row => (row.Line, row.Table))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_core_does_what_a_row_says(int line, string table)
    {
        var row = RuleTable.At(line);

        Assert.True(Runs.TryGetValue(table, out var run), $"nobody runs the table {table}");
        run(row);

        Assert.Empty(row.Unread);
    }

    [Fact]
    public void No_table_that_is_run_is_missing_from_the_page() =>
        Assert.Empty(Runs.Keys.Except(RuleTable.Rows.Select(row => row.Table)));

    [Fact]
    public void Every_choice_that_an_admin_or_a_person_has_is_in_a_row()
    {
        AllOf<ConflictRule>("rule");
        AllOf<BlankRule>("a blank");
        AllOf<FieldType>("type");
        AllOf<FieldDirection>("direction");
        AllOf<SyncMode>("mode");
        AllOf<RecordKind>("kind");
        AllOf<MatchedBy>("known by", "found by");
        AllOf<DuplicateRule>("duplicates");
        AllOf<ReviewAnswer>("decided");
        AllOf<LeavingRule>("who leaves");
        AllOf<GapKind>("unknown is");
    }

    [Fact]
    public void Every_plan_that_can_be_made_is_in_a_row() => Assert.Empty(
        typeof(RecordPlan).GetNestedTypes().Select(plan => plan.Name).Except(WordsOf("plan")));

    private static void AllOf<T>(params string[] columns)
        where T : struct, Enum => Assert.Empty(Enum.GetNames<T>().Except(columns.SelectMany(WordsOf)));

    private static IEnumerable<string> WordsOf(string column) =>
        RuleTable.Rows.Where(row => row.Has(column)).Select(row => row.Word(column));
}
