using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// One field of one pair, on both sides, with people who edit it and looks that keep the two in step, one step at a
/// time. Small, but with the races of the real one: edits between any two steps, answers that are lost, workers that
/// die or stand still, and writes that land long after others have gone on.
/// </summary>
internal sealed class TwoSides
{
    public const int LongestOnItsWay = 100;

    public static readonly FieldMap Map = new(RecordKind.Contact, [new("f", "h", FieldType.Text)]);

    private readonly List<Note> _onTheirWay = [];
    private Look? _look;
    private LostEditLook? _lostEdits;

    public int Now { get; private set; }

    /// <summary>What HubSpot had, the newest first.</summary>
    public ImmutableArray<ValueVersion> History { get; private set; } = [new("a", At(0), false)];

    public string? There => History[0].Value;

    public string? Here { get; private set; } = "a";

    public int HereEditedAt { get; private set; }

    public int HereVersion { get; private set; }

    public string? Agreed { get; private set; } = "a";

    public int AgreedVersion { get; private set; }

    public List<Note> Notes { get; } = [];

    /// <summary>The whole reference: whoever edited last, on whichever side.</summary>
    public string? Newest { get; private set; } = "a";

    public int WritesToHubSpot { get; private set; }

    public static DateTimeOffset At(int time) => DateTimeOffset.UnixEpoch.AddHours(time);

    public static int TimeOf(DateTimeOffset at) => (int)(at - DateTimeOffset.UnixEpoch).TotalHours;

    public void Do(Step step)
    {
        Now++;
        switch (step)
        {
            case Step.EditHere:
                WriteHere(Newest = $"here {Now}", Now);
                break;
            case Step.EditThere:
                EditThere(Newest = $"there {Now}");
                break;
            case Step.EditBoth: // to the same
                WriteHere(Newest = $"both {Now}", Now);
                EditThere(Newest);
                break;
            case Step.Look:
                _look = (_look ?? new Look(this)).Go();
                break;
            case Step.LookDies:
                _look = null;
                break;
            case Step.LookFreezes:
                _onTheirWay.AddRange(_look?.Unsent is { } sent ? [sent] : []);
                _look = null;
                break;
            case Step.FrozenLands when _onTheirWay.Count > 0:
                LandFrozen();
                break;
            case Step.LookForLostEdits:
                _lostEdits = (_lostEdits ?? new LostEditLook(this)).Go();
                break;
        }
    }

    /// <summary>
    /// Nobody edits any more, what is frozen lands or never does, and looks go on until nothing changes.
    /// </summary>
    public void ComeToRest(bool frozenLands)
    {
        while (_onTheirWay.Count > 0)
        {
            if (frozenLands)
            {
                LandFrozen();
            }
            else
            {
                _onTheirWay.Clear();
            }
        }

        FinishLooks();
        Now += 2 * LongestOnItsWay;
        FinishLooks();
    }

    public void FinishLooks()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var step = 0; step < 6; step++)
            {
                Do(Step.LookForLostEdits);
            }

            for (var step = 0; step < 12; step++)
            {
                Do(Step.Look);
            }
        }
    }

    public void WriteHere(string? value, int editedAt) =>
        (Here, HereEditedAt, HereVersion) = (value, editedAt, HereVersion + 1);

    public void Land(Note note)
    {
        WritesToHubSpot++;
        if (note.Change.After != There)
        {
            History = History.Insert(0, new ValueVersion(note.Change.After, At(Now), true));
        }
    }

    public void AgreeOn(string? value) => (Agreed, AgreedVersion) = (value, AgreedVersion + 1);

    public static RecordSnapshot Snapshot(string? value, DateTimeOffset? editedAt) => new(
        Map, [value], editedAt is null ? [] : [editedAt], default);

    private void EditThere(string value) => History = History.Insert(0, new ValueVersion(value, At(Now), false));

    private void LandFrozen()
    {
        Land(_onTheirWay[0]);
        _onTheirWay.RemoveAt(0);
    }
}

internal enum Step
{
    Look,
    EditHere,
    EditThere,
    EditBoth,
    LookForLostEdits,

    /// <summary>A worker is killed.</summary>
    LookDies,

    /// <summary>A worker stands still; what it was about to send lands later.</summary>
    LookFreezes,
    FrozenLands,
}
