using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Writes that were sent to a record of two fields while people edited it, what HubSpot tells of it, and what really
/// became of each.
/// </summary>
public sealed record SentCase(SentWrite[] Sent, ValueVersion[][] History, HashSet<Guid> Landed, string?[] Expected)
{
    public const string Agreed = "agreed";

    private const int Width = 2;

    private static readonly FieldMap Map = new(
        RecordKind.Contact, [new("f0", "h0", FieldType.Text), new("f1", "h1", FieldType.Text)]);

    public static SentCase Any(Draw draw)
    {
        var histories = new List<ValueVersion>[] { [new(Agreed, At(0), false)], [new(Agreed, At(0), false)] };
        var (sent, onTheirWay, landed) = (new List<SentWrite>(), new List<SentWrite>(), new HashSet<Guid>());
        string?[] expected = [Agreed, Agreed];
        for (var (time, end) = (1, draw.Below(10)); time <= end; time++)
        {
            switch (draw.Below(3))
            {
                case 0:
                    histories[draw.Below(Width)].Insert(0, new ValueVersion($"person {time}", At(time), false));
                    break;
                case 1:
                    var write = Write(draw, time);
                    sent.Add(write);
                    onTheirWay.Add(write);
                    break;
                case 2 when onTheirWay.Count > 0:
                    var lands = onTheirWay[draw.Below(onTheirWay.Count)];
                    onTheirWay.Remove(lands);
                    landed.Add(lands.Id);
                    foreach (var change in lands.Changes)
                    {
                        histories[change.Field].Insert(0, new ValueVersion(change.After, At(time), true));
                        expected[change.Field] = change.After;
                    }

                    break;
            }
        }

        return new SentCase([.. sent], [histories[0].ToArray(), histories[1].ToArray()], landed, expected);
    }

    public (string?[] Ancestor, SentWrite[] Settled) Recognize(bool hasHistory = true)
    {
        var (ancestor, settled) = OwnWrites.Recognize(
            [Agreed, Agreed], Map, Sent, hasHistory ? field => History[field] : null);
        return ([.. ancestor], [.. settled]);
    }

    public override string ToString() =>
        $"sent {string.Join(", ", Sent.Select(write => $"{string.Join('+', write.Changes)} at {write.At:%h}"))} | "
        + string.Join(" | ", History.Select(one => string.Join(", ", one.Select(version => version.Value))));

    private static SentWrite Write(Draw draw, int time)
    {
        FieldChange[] both = [new(0, Agreed, $"ours {time}"), new(1, Agreed, $"ours {time}")];
        FieldChange[] changes = draw.Below(3) switch { 0 => both[..1], 1 => both[1..], _ => both };
        return new SentWrite(new Guid(time, 0, 0, new byte[8]), [.. changes], draw.OneIn(3)) { At = At(time) };
    }

    private static DateTimeOffset At(int time) => DateTimeOffset.UnixEpoch.AddHours(time);
}
