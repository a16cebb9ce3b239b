using System.Collections.Immutable;
using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Rules;

/// <summary>
/// Histories read from the right, as HubSpot gives them: "we b, person a" is an a of a person and then a b of ours, an
/// hour later. A write "a>b @2" was sent half an hour after HubSpot had its second value; without that, before all.
/// </summary>
internal static class WriteRules
{
    public static void Recognize(RuleRow row)
    {
        var map = MapOf(ConflictRule.NewestEdit);
        var history = History(row);
        var unanswered = Writes(row, "unanswered", row.Yes("too old to land"));
        var answered = Writes(row, "answered", false).Select(write => write with { HasLanded = true });

        var (ancestor, settled) = OwnWrites.Recognize(
            row.Word("last agreed") == "never" ? default : [row.Value("last agreed")],
            map,
            [.. answered, .. unanswered],
            row.Yes("history read") ? _ => history : null);

        row.Says("remembered", ancestor.IsDefault ? "never" : ancestor.Single());
        row.Says("landed", Names(settled.Where(write => write.HasLanded)));
        row.Says("given up", Names(settled.Where(write => !write.HasLanded)));
    }

    /// <summary>Whatever we wrote last is what was agreed on.</summary>
    public static void BringBack(RuleRow row)
    {
        var map = MapOf(row.Choice<ConflictRule>("rule"));
        var history = History(row);
        var sent = Writes(row, "sent", false);
        var lost = LostEdits.Find(0, map.Fields[0], history, [.. sent.SelectMany(write => write.Changes)]);
        row.Says("lost", lost is null ? "nothing" : lost.Value);

        var local = RecordSnapshot.OfLocal(map, [row.Value("here")], default) with
        {
            FieldClock = [row.Word("newer edit") == "here" ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue],
        };
        Assert.Contains(row.Word("newer edit"), new[] { "here", "HubSpot" });
        var merge = LostEdits.Decide(
            [sent[^1].Changes[0].After],
            local,
            RecordSnapshot.OfLocal(map, [history[0].Value], default),
            lost is null ? [] : [lost]);

        row.Says("→ here", MergeRules.After(merge.LocalPatch, row.Value("here")));
        row.Says("conflict won by", MergeRules.WinnerOf(merge));
        Assert.Empty(merge.HubSpotPatch);
    }

    private static FieldMap MapOf(ConflictRule rule) =>
        new(RecordKind.Contact, [new FieldDefinition("f", "h", FieldType.Text, Rule: rule)]);

    private static ValueVersion[] History(RuleRow row)
    {
        var versions = row.List("HubSpot's history").Select(version => version.Split(' ')).ToList();
        Assert.All(versions, version => Assert.Contains(version[0], new[] { "we", "person" }));
        return
        [
            .. versions.Select((version, at) => new ValueVersion(
                Blank(version[1]), Hour(versions.Count - at), version[0] == "we")),
        ];
    }

    private static SentWrite[] Writes(RuleRow row, string column, bool isOld) =>
    [
        .. row.List(column).Select((text, at) =>
        {
            var parts = text.Split('>', '@').Select(part => part.Trim()).ToArray();
            var change = new FieldChange(0, Blank(parts[0]), Blank(parts[1]));
            return new SentWrite(new Guid(at, 0, 0, new byte[8]), [change], isOld)
            {
                At = parts is [_, _, var versions]
                    ? Hour(int.Parse(versions, CultureInfo.InvariantCulture)).AddMinutes(30)
                    : default,
            };
        }),
    ];

    private static string Names(IEnumerable<SentWrite> writes) =>
        string.Join(", ", writes.Select(write => $"{write.Changes[0].Before ?? "-"}>{write.Changes[0].After}"));

    private static string? Blank(string word) => word == "-" ? null : word;

    private static DateTimeOffset Hour(int number) => DateTimeOffset.UnixEpoch.AddHours(number);
}
