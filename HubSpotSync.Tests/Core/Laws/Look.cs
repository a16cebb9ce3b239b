using System.Collections.Immutable;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// One look, as the worker does it: read HubSpot, read here and plan, read again where that needs more, note, send,
/// remember.
/// </summary>
internal sealed class Look(TwoSides sides)
{
    private const int MostReads = 3;

    private ImmutableArray<ValueVersion> _there;
    private int _reads;
    private bool _hasHistory;
    private bool _isFresh;
    private int _hereVersion;
    private int _agreedVersion;
    private string? _agreed;
    private ImmutableArray<SentWrite> _settled;
    private MergeResult? _merge;
    private Note? _note;
    private bool _isSent;

    /// <summary>What was noted and is about to be sent.</summary>
    public Note? Unsent => _isSent ? null : _note;

    /// <returns>The look, or <c>null</c> when it is over.</returns>
    public Look? Go()
    {
        if (_there.IsDefault)
        {
            _there = sides.History;
            return this;
        }

        if (_merge is not { } merge)
        {
            return Plan();
        }

        if (!merge.HubSpotPatch.IsEmpty && !_isSent)
        {
            return Send(merge);
        }

        Remember(merge);
        return null;
    }

    private Look? Plan()
    {
        (_hereVersion, _agreedVersion) = (sides.HereVersion, sides.AgreedVersion);
        var sent = sides.Notes.ConvertAll(note => note.AsSent(sides.Now));
        var hubSpot = TwoSides.Snapshot(_there[0].Value, _hasHistory ? _there[0].At : null);
        var (ancestor, settled) = OwnWrites.Recognize(
            [sides.Agreed], TwoSides.Map, sent, _hasHistory ? _ => _there : null);
        var local = TwoSides.Snapshot(sides.Here, TwoSides.At(sides.HereEditedAt));
        var merge = ThreeWayMerge.Merge(ancestor, local, hubSpot);
        var needsHistory = !_hasHistory
            && (!merge.AwaitsHubSpotClock.IsEmpty || OwnWrites.AreDoubtful(sent));
        if (needsHistory || (!_isFresh && !merge.HubSpotPatch.IsEmpty))
        {
            _hasHistory |= needsHistory;
            _isFresh = true;
            _there = sides.History;
            return ++_reads < MostReads ? this : null;
        }

        (_merge, _settled, _agreed) = (merge, settled, ancestor[0]);
        return this;
    }

    private Look Send(MergeResult merge)
    {
        if (_note is null)
        {
            _note = new Note(merge.HubSpotPatch[0], sides.Now); // there is one to send
            sides.Notes.Add(_note);
        }
        else
        {
            sides.Land(_note);
            _isSent = true;
        }

        return this;
    }

    /// <summary>All or nothing, and nothing where the two moved meanwhile: then somebody looks again.</summary>
    private void Remember(MergeResult merge)
    {
        var changes = merge.Ancestor[0] != sides.Agreed || _agreed != sides.Agreed || !_settled.IsEmpty || _isSent;
        if (!merge.AwaitsHubSpotClock.IsEmpty
            || (!merge.LocalPatch.IsEmpty && _hereVersion != sides.HereVersion)
            || (changes && _agreedVersion != sides.AgreedVersion))
        {
            return;
        }

        if (!merge.LocalPatch.IsEmpty)
        {
            sides.WriteHere(merge.LocalPatch[0].After, TwoSides.TimeOf(_there[0].At));
        }

        if (changes)
        {
            sides.AgreeOn(merge.Ancestor[0]);
        }

        Settle();
    }

    private void Settle()
    {
        foreach (var sent in _settled)
        {
            var note = sides.Notes.Find(one => one.Id == sent.Id);
            if (!sent.HasLanded)
            {
                sides.Notes.RemoveAll(one => one.Id == sent.Id);
            }
            else if (note is not null)
            {
                note.IsAnswered = true;
            }
        }

        if (_note is not null)
        {
            _note.IsAnswered = true;
        }
    }
}
