namespace HubSpotSync.Tests.Schedules;

/// <content>What becomes of whole people: archived, restored, merged, erased, out of scope.</content>
internal sealed partial class Script
{
    private async Task ArchiveThereAsync()
    {
        if (await PickThereAsync() is { } person
            && await IsLinkedAsync(person)
            && await tenant.HubSpot.ArchiveAsync(person.HubSpotId!.Value)) // as above
        {
            (person.IsArchivedThere, person.NeedsFullRun, person.Company) = (true, true, null); // HubSpot unlinks it
            Say($"{person} is archived in HubSpot");
        }
    }

    private async Task RestoreThereAsync()
    {
        if (Pick(People.Where(one => one is { IsLive: true, IsArchivedThere: true })) is { HubSpotId: { } id } person
            && await tenant.HubSpot.RestoreAsync(id))
        {
            person.IsArchivedThere = false;
            Say($"{person} is restored in HubSpot");
        }
    }

    private async Task MergeThereAsync()
    {
        if (await PickThereAsync() is { IsOutOfScope: false, IsArchivedHere: false } stays
            && await PickThereAsync() is { IsOutOfScope: false, IsArchivedHere: false } goes
            && stays != goes
            && await IsLinkedAsync(stays)
            && await IsLinkedAsync(goes)
            && await tenant.HubSpot.MergeAsync(stays.HubSpotId!.Value, goes.HubSpotId!.Value) is { } merged) // as above
        {
            await LocalIdOfAsync(stays);
            await LocalIdOfAsync(goes);
            Say($"{goes} is merged into {stays} in HubSpot, which becomes {merged}");
            stays.Take(goes);
            (stays.HubSpotId, stays.NeedsFullRun) = (merged, true);
        }
    }

    private async Task EraseThereAsync()
    {
        if (await PickThereAsync() is { IsMerged: false } person
            && await IsLinkedAsync(person)
            && await LocalIdOfAsync(person) is not null
            && People.Count(one => one.IsErased) < 2
            && await tenant.HubSpot.EraseAsync(person.HubSpotId!.Value)) // as above
        {
            (person.IsErased, person.NeedsFullRun) = (true, true);
            Say($"{person} is erased in HubSpot");
        }
    }

    private async Task ArchiveHereAsync()
    {
        if (Pick(People.Where(one => one is { IsLive: true, LocalId: not null })) is { IsMerged: false } person
            && await IsLinkedAsync(person))
        {
            person.IsArchivedHere = !person.IsArchivedHere;
            await tenant.Local.ArchiveAsync(person.LocalId!.Value, person.IsArchivedHere); // just filtered
            Say($"{person} is {(person.IsArchivedHere ? "archived" : "taken back")} here");
        }
    }

    private async Task ChangeStageAsync()
    {
        if (await PickThereAsync() is { IsMerged: false } person && await IsLinkedAsync(person))
        {
            var stage = person.IsOutOfScope ? "customer" : "lead";
            var id = person.HubSpotId!.Value; // picked for having one
            if (await tenant.HubSpot.EditAsync("contacts", id, "lifecyclestage", stage) is not null)
            {
                person.IsOutOfScope = !person.IsOutOfScope;
                Say($"{person} becomes a {stage} in HubSpot");
            }
        }
    }
}
