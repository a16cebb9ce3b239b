using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A customer on the way to HubSpot: what is sent, and what is remembered of the answer.</summary>
internal static class NewContact
{
    private const string StageProperty = "lifecyclestage";
    private const string PreferredStage = "customer";

    /// <summary>
    /// Everything that may be written there, under our own id. A new contact is given a stage that is in scope, or the
    /// next look would find it outside of what is synced.
    /// </summary>
    /// <param name="hasOwnId">HubSpot has our property; without it the id is only a trace of the call.</param>
    public static ObjectWrite WriteOf(LocalRow local, SyncPolicy policy, bool hasOwnId)
    {
        var id = local.Id.ToString();
        var properties = new Dictionary<string, string>();
        if (hasOwnId)
        {
            properties[AccountStructure.OwnIdProperty] = id;
        }

        var map = local.Snapshot.Map;
        for (var i = 0; i < map.Fields.Length; i++)
        {
            if (map.Fields[i].TravelsToHubSpot && local.Snapshot.Values[i] is { } value
                && map.Fields[i].ToHubSpot(value) is { } sent)
            {
                properties[map.Fields[i].HubSpotProperty] = sent;
            }
        }

        if (StageFor(local.Snapshot[StandardFields.LifecycleStage], policy) is { } stage)
        {
            properties[StageProperty] = stage;
        }

        return new ObjectWrite(id, properties);
    }

    /// <summary>What is noted before it is sent.</summary>
    public static NotedWrite NoteOf(LocalRow local, ObjectWrite write, DateTimeOffset now)
    {
        var fields = local.Snapshot.Map.Fields;
        return new NotedWrite(
            Guid.CreateVersion7(now),
            local.Id,
            null,
            [
                .. from field in fields.Index()
                   let value = write.Properties.GetValueOrDefault(field.Item.HubSpotProperty)
                   where value is not null
                   select new FieldChange(field.Index, null, field.Item.FromHubSpot(value, out _)),
            ]);
    }

    /// <summary>What HubSpot wrote in another form than it was sent is taken over in that form.</summary>
    public static PageRow CreatedRow(LocalRow local, ObjectWrite sent, ObjectWritten.Done done)
    {
        var map = local.Snapshot.Map;
        var held = local.Snapshot.Values.ToBuilder();
        var sentChanges = ImmutableArray.CreateBuilder<FieldChange>();
        var localChanges = ImmutableArray.CreateBuilder<FieldChange>();
        for (var i = 0; i < held.Count; i++)
        {
            var field = map.Fields[i];
            if (!sent.Properties.TryGetValue(field.HubSpotProperty, out var value))
            {
                continue;
            }

            sentChanges.Add(new FieldChange(i, null, field.FromHubSpot(value, out _)));
            var answered = done.Record.Properties.GetValueOrDefault(field.HubSpotProperty, value);
            var written = field.FromHubSpot(answered, out var isKnown);
            if (isKnown && !FieldValue.Same(field.Type, written, held[i]))
            {
                localChanges.Add(new FieldChange(i, held[i], written));
                held[i] = written;
            }
        }

        var values = held.ToImmutable();
        return LocalOnlyRow(local, OutcomeState.InSync, OutcomeReason.Agreed) with
        {
            HubSpotId = done.Record.Id,
            Write = localChanges.Count == 0 ? LocalWrite.None : LocalWrite.Update,
            Values = values,
            LocalChanges = localChanges.ToImmutable(),
            HubSpotChanges = sentChanges.ToImmutable(),
            Ancestor = values,
            EditedAt = done.Record.UpdatedAt,
            SeenAt = done.IsNew ? done.Record.UpdatedAt : null, // what was there before was not looked at whole
            WrittenAt = done.Record.UpdatedAt,
            IsNewLink = true,
            WasCreatedInHubSpot = true,
            IsSentDone = !done.IsNew, // and so it may have overwritten an edit
        };
    }

    public static PageRow LocalOnlyRow(
        LocalRow local, OutcomeState state, OutcomeReason reason, string? detail = null) => new()
    {
        LocalId = local.Id,
        HubSpotId = null,
        Version = local.Version,
        State = state,
        Reason = reason,
        Detail = detail,
    };

    private static string? StageFor(string? own, SyncPolicy policy)
    {
        if (own is not null && policy.Takes(own))
        {
            return own;
        }

        var scope = policy.LifecycleStages;
        if (scope.IsEmpty)
        {
            return null;
        }

        return scope.Contains(PreferredStage) ? PreferredStage : scope.Order(StringComparer.Ordinal).First();
    }
}
