using HubSpotSync.Core.Merging;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Looks whether what we wrote to HubSpot overwrote an edit that nobody had seen, as the worker does before a run.
/// </summary>
internal sealed class LostEditLook(TwoSides sides)
{
    private List<Note>? _notes;
    private LostEdit? _lost;
    private MergeResult? _merge;
    private int _hereVersion;

    /// <returns>The look, or <c>null</c> when it is over.</returns>
    public LostEditLook? Go()
    {
        if (_notes is null)
        {
            _notes = [.. sides.Notes];
            return _notes.Count > 0 && _notes.TrueForAll(note => note.IsAnswered) ? this : null;
        }

        if (_merge is not { } merge)
        {
            return Decide(_notes);
        }

        if (merge.LocalPatch.IsEmpty || _hereVersion == sides.HereVersion)
        {
            if (!merge.LocalPatch.IsEmpty)
            {
                sides.WriteHere(merge.LocalPatch[0].After, TwoSides.TimeOf(_lost!.At)); // it is what was decided about
            }

            sides.Notes.RemoveAll(_notes.Contains);
            return null;
        }

        _merge = null;
        return this;
    }

    private LostEditLook? Decide(List<Note> notes)
    {
        _lost = LostEdits.Find(
            0, TwoSides.Map.Fields[0], sides.History, [.. notes.Select(note => note.Change)]);
        if (_lost is null)
        {
            if (sides.Notes.TrueForAll(notes.Contains)) // else what HubSpot got meanwhile hides what was under it
            {
                sides.Notes.RemoveAll(notes.Contains);
            }

            return null;
        }

        _hereVersion = sides.HereVersion;
        _merge = LostEdits.Decide(
            [sides.Agreed],
            TwoSides.Snapshot(sides.Here, TwoSides.At(sides.HereEditedAt)),
            TwoSides.Snapshot(sides.There, null),
            [_lost]);
        return this;
    }
}
