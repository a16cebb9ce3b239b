using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>
/// Who is in a list now. A dynamic list is worked out when somebody looks; a record is in it since it was changed last,
/// or since the filters were.
/// </summary>
internal static class Membership
{
    public static SortedDictionary<long, ListMember> Of(FakeAccount account, CrmList list, DateTimeOffset now)
    {
        var members = account.Lists.Members(list.Id);
        if (list.IsDynamic)
        {
            Fill(account, list, members, now);
        }

        return members;
    }

    /// <summary>Adds who meets the filters and removes who does not.</summary>
    public static void Fill(
        FakeAccount account, CrmList list, SortedDictionary<long, ListMember> members, DateTimeOffset now)
    {
        var meets = new ListFilter(account, now).Compile(list);
        foreach (var record in account.Store(list.Type).Records)
        {
            if (record.Archived || !meets(record))
            {
                members.Remove(record.Id);
            }
            else if (!members.ContainsKey(record.Id))
            {
                var since = record.UpdatedAt > list.FiltersUpdatedAt ? record.UpdatedAt : list.FiltersUpdatedAt;
                members[record.Id] = new ListMember(record.Id, since, since);
            }
        }
    }
}
