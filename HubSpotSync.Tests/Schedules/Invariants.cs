using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// What must be true when all is quiet, by the numbers of ARCHITECTURE.md. Looks into both stores directly and decides
/// by the reference model, never by what the engine says of itself.
/// </summary>
internal sealed class Invariants(Tenant tenant, Script script)
{
    /// <summary>I1 and I2: both sides hold the newest edit of every field.</summary>
    /// <param name="afterFullRun">Before, what changes no modified date may still be unknown.</param>
    public async Task<List<string>> AgreeAsync(bool afterFullRun)
    {
        var customers = await tenant.Local.CustomersAsync();
        var wrong = new List<string>();
        foreach (var person in script.People.Where(person => person.IsExpectedToAgree))
        {
            if (person.NeedsFullRun && !afterFullRun)
            {
                continue;
            }

            var here = customers.Where(one => IsOf(person, one)).ToList();
            var there = Contact(person, here);
            if (here is not [var customer] || there is null)
            {
                wrong.Add($"I1 {person} is here {here.Count} times and {(there is null ? "not " : "")}in HubSpot");
                continue;
            }

            if (customer.HubSpotId != there.Id || customer.IsDetached)
            {
                var detached = customer.IsDetached ? ", detached" : "";
                wrong.Add($"I1 {person} is linked to {customer.HubSpotId}{detached} and not to {there.Id}");
            }

            wrong.AddRange(Fields.Edited.SelectMany(field => Compare(person, field, customer, there)));
            if (afterFullRun && !person.IsMerged && customer.Company != person.Company)
            {
                wrong.Add($"I1 {person} has company {customer.Company} here and {person.Company} in HubSpot");
            }
        }

        return wrong;
    }

    /// <summary>The invariants that look at everything there is, not at one person.</summary>
    public async Task<List<string>> HoldAsync()
    {
        var customers = await tenant.Local.CustomersAsync();
        List<string> wrong =
        [
            .. NothingLost(customers),
            .. NothingInvented(customers),
            .. NothingTwice(customers),
            .. await CompaniesAgreeAsync(),
            .. await EveryWriteIsInTheJournalAsync(),
            .. NothingWrittenToItsSource(),
            .. await NothingIsParkedAsync(),
            .. await NothingOfTheErasedIsLeftAsync(),
        ];
        return wrong;
    }

    /// <summary>
    /// What the engine says that it did, and what HubSpot remembers, for people who look for a cause.
    /// </summary>
    public async Task<List<string>> StoryAsync()
    {
        var story = await tenant.Local.TextsAsync(
            """
            select to_char(at, 'MI:SS.MS') || ' ' || what from (
              select at, 'h' || coalesce(hubspot_id::text, '-') || ' ' || side || ' ' || action || ' '
                  || fields::text || ' ' || cause as what from record_changes
                where connection_id = $connection and kind = 'Contact'
              union all
              select at, 'h' || hubspot_id || ' conflict ' || field || ' here ' || coalesce(local_value, '-')
                  || ' HubSpot ' || coalesce(hubspot_value, '-') || ' won ' || winner
                from field_conflicts where connection_id = $connection
              union all
              select sent_at, 'h' || coalesce(hubspot_id::text, '-') || ' sent ' || fields::text || ' answered '
                  || coalesce(to_char(answered_at, 'MI:SS.MS'), 'never') from sent_writes
                where connection_id = $connection
              union all
              select coalesce(started_at, due_at), 'run ' || depth || ' ' || state || ' at '
                  || coalesce(step, 'its start') || ', tried ' || attempts || ' times'
                  || coalesce(', ' || last_error, '') from sync_runs where connection_id = $connection
              union all
              select coalesce(first_run_done_at, now()), 'the connection is ' || state || ', its first run '
                  || case when first_run_done_at is null then 'not done' else 'done' end
                  || coalesce(', stopped for safety: ' || safety_halt, '')
                from hubspot_connections where id = $connection) story
              order by at
            """);
        story.AddRange(tenant.HubSpot.Look(store => store.Records.SelectMany(record => Fields.Properties.Select(
            field => $"h{record.Id} {field.Key}: {string.Join(" < ", record.History(field.Value).Select(Tell))}"))
            .ToList()));
        return story;

        static string Tell(PropertyVersion version) =>
            $"{(version.Value.Length == 0 ? "-" : version.Value)} {version.At:mm:ss.fff} {version.Source.Type}";
    }

    /// <summary>I6: how much was ever written on both sides.</summary>
    public async Task<List<string>> WritesAsync()
    {
        var writes = await tenant.Local.TextsAsync(
            """
            select 'customer ' || id || ' at ' || xmin from customers
            union all select 'link of h' || hubspot_id || ' at ' || xmin from record_links
            union all select 'outcome of ' || record_key || ' at ' || xmin from record_outcomes
            union all select count(*) || ' changes' from record_changes
            union all select count(*) || ' conflicts' from field_conflicts
            """);
        writes.AddRange(tenant.HubSpot.Look(store => store.Records.SelectMany(record => record.Names
            .Select(name => $"h{record.Id} {name}: {record.History(name).FirstOrDefault()}")
            .Append($"h{record.Id} at {record.UpdatedAt:mm:ss.fff}"))
            .ToList()));
        return writes;
    }

    public static IEnumerable<string> NothingWritten(List<string> before, List<string> after) =>
    [
        .. before.Except(after).Select(one => $"I6 two more runs changed {one}"),
        .. after.Except(before).Select(one => $"I6 two more runs wrote {one}"),
    ];

    private static IEnumerable<string> Compare(Person person, string field, LocalCustomer customer, CrmRecord contact)
    {
        var here = Fields.Plain(field, customer.Values[field]);
        var there = Fields.Plain(field, contact.Value(Fields.Properties[field]));
        if (here != there && !person.MayDiffer(field) && !(person.IsOneWay && person.IsMerged))
        {
            yield return $"I1 {person} {field} is {here ?? "-"} here and {there ?? "-"} in HubSpot";
        }

        var expected = person.Expected(field).Select(value => Fields.Plain(field, value)).ToList();
        if (!expected.Contains(here))
        {
            yield return $"I2 {person} {field} is {here ?? "-"}, the newest edit was {string.Join(" or ", expected)}";
        }
    }

    /// <summary>I3 for whole records: nobody is deleted here, whatever HubSpot did.</summary>
    private IEnumerable<string> NothingLost(List<LocalCustomer> customers)
    {
        var byId = customers.ToDictionary(one => one.Id);
        foreach (var person in script.People.Where(person => person is { LocalId: not null, IsErased: false }))
        {
            if (byId.GetValueOrDefault(person.LocalId!.Value) is not { } customer) // just filtered
            {
                yield return $"I3 {person} is gone from here";
            }
            else if (customer.Values[Fields.Email] is null)
            {
                yield return $"I3 {person} has lost the address";
            }
            else if (person is { IsArchivedThere: true, MergedInto: null }
                && customer is { HubSpotId: not null, IsDetached: false })
            {
                yield return $"I3 {person} is archived in HubSpot and not marked so";
            }
        }
    }

    /// <summary>I4: no value that nobody wrote, and (I13) none of another account.</summary>
    private IEnumerable<string> NothingInvented(List<LocalCustomer> customers)
    {
        var written = script.People.SelectMany(person => person.Fields.SelectMany(
                field => person.EditsOf(field).Select(edit => (field, Fields.Plain(field, edit.Value)))))
            .ToHashSet();
        var held = customers.SelectMany(one => one.Values.Select(value => (value.Key, value.Value, Side.Local)))
            .Concat(tenant.HubSpot.Look(store => store.Records.SelectMany(record => Fields.Properties.SelectMany(
                field => record.History(field.Value).Select(
                    version => (field.Key, (string?)version.Value, Side.HubSpot)))).ToList()));
        return
            from value in held
            let plain = Fields.Plain(value.Item1, value.Item2)
            where plain is not null && !written.Contains((value.Item1, plain))
            select $"I4 {value.Item3} holds {value.Item1} = {plain}, which nobody wrote";
    }

    /// <summary>I5: an address is there once on each side, and every link leads to one pair.</summary>
    private IEnumerable<string> NothingTwice(List<LocalCustomer> customers)
    {
        var here = customers.Where(one => !one.IsArchived)
            .GroupBy(one => Fields.Plain(Fields.Email, one.Values[Fields.Email]));
        var there = tenant.HubSpot.Look(store => store.Records.Where(record => !record.Archived)
            .GroupBy(record => Fields.Plain(Fields.Email, record.Value(Fields.Email)))
            .Where(same => same.Key is not null && same.Count() > 1)
            .Select(same => $"I5 HubSpot has {same.Key} {same.Count()} times").ToList());
        var created = tenant.HubSpot.Look(store => store.Records.Count(record => !record.Archived));
        var expected = script.People.Count(person => person is { MergedInto: null, IsErased: false });
        var live = script.People.Count(person => person is
            { MergedInto: null, IsErased: false, IsArchivedThere: false, IsOnlyHere: false });
        return
        [
            .. here.Where(same => same.Key is not null && same.Count() > 1)
                .Select(same => $"I5 {same.Key} is here {same.Count()} times"),
            .. there,
            .. created > live ? [$"I5 HubSpot has {created} contacts for {live} people"] : Array.Empty<string>(),
            .. customers.Count(one => !one.IsArchived) > expected
                ? [$"I5 there are {customers.Count(one => !one.IsArchived)} customers for {expected} people"]
                : Array.Empty<string>(),
        ];
    }

    private async Task<List<string>> CompaniesAgreeAsync()
    {
        var names = await tenant.Local.TextsAsync(
            """
            select l.hubspot_id || ' ' || c.name from companies c
              join record_links l on l.local_id = c.id and l.connection_id = $connection and l.kind = 'Company'
              where c.archived_at is null
            """);
        var expected = script.Companies.Select(company => $"{company.Key} {company.Value}");
        return [.. expected.Except(names).Select(company => $"I1 company {company} is not so here")];
    }

    /// <summary>I7 and I9: whatever we wrote there is in the journal, once for each time it was written.</summary>
    private async Task<List<string>> EveryWriteIsInTheJournalAsync()
    {
        var journal = await tenant.Local.TextsAsync(
            """
            select r.hubspot_id || ' ' || f.key || ' ' || coalesce(f.value->>1, '')
              from record_changes r cross join lateral jsonb_each(r.fields) f
              where r.connection_id = $connection and r.kind = 'Contact' and r.side <> 'Local'
            union all
            select coalesce(s.hubspot_id::text, s.local_id::text) || ' ' || f.key || ' ' || coalesce(f.value->>1, '')
              from sent_writes s cross join lateral jsonb_each(s.fields) f
              where s.connection_id = $connection and s.kind = 'Contact'
            """);
        var known = journal.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var written = tenant.HubSpot.Look(store => (
            from record in store.Records
            from field in Fields.Properties
            from version in record.History(field.Value)
            where version.Source.Type == "INTEGRATION"
            select (record.Id, OwnId: record.Value("hubspotsync_id"), What: $"{field.Key} {version.Value}")).ToList());
        return
        [
            .. from one in written
               where !known.Contains($"{one.Id} {one.What}") && !known.Contains($"{one.OwnId} {one.What}")
               select $"I9 we wrote {one.Id} {one.What}, and no journal says so",
        ];
    }

    /// <summary>I7: where HubSpot owns the fields nothing of ours is in its history.</summary>
    private List<string> NothingWrittenToItsSource() => !script.IsOneWay ? [] : tenant.HubSpot.Look(store => (
        from record in store.Records
        from field in Fields.Properties
        from version in record.History(field.Value)
        where version.Source.Type == "INTEGRATION"
        select $"I7 we wrote {field.Key} of {record.Id}, and HubSpot owns it").ToList());

    private async Task<List<string>> NothingIsParkedAsync()
    {
        var parked = await tenant.Local.TextsAsync(
            "select record_key || ': ' || coalesce(last_error, '') from sync_requests where parked_at is not null");
        var failing = await tenant.Local.TextsAsync(
            """
            select record_key || ': ' || reason || ' ' || coalesce(detail, '') from record_outcomes
              where state = 'Failing'
            """);
        return
        [
            .. parked.Select(one => $"I11 parked {one}"),
            .. failing.Select(one => $"I11 failing {one}"),
        ];
    }

    /// <summary>I14: no value of an erased person is in any table.</summary>
    private async Task<List<string>> NothingOfTheErasedIsLeftAsync()
    {
        var wrong = new List<string>();
        foreach (var person in script.People.Where(person => person.IsErased))
        {
            var values = person.Fields.SelectMany(person.EditsOf).Select(edit => edit.Value).OfType<string>().ToArray();
            foreach (var table in (string[])["customers", "record_links", "record_changes", "field_conflicts",
                "record_outcomes", "sent_writes", "sync_requests", "webhook_receipts", "audit_log", "sync_runs"])
            {
                var left = await tenant.Local.ScalarAsync<string>(
                    $"""
                    select string_agg(distinct v, ', ') from {table} t
                      join unnest($1::text[]) v on to_jsonb(t)::text ~* ('\m' || v || '\M')
                    """,
                    (object)values);
                if (left is not null)
                {
                    wrong.Add($"I14 {person} is erased, and {table} still has {left}");
                }
            }
        }

        return wrong;
    }

    private static bool IsOf(Person person, LocalCustomer customer) => !customer.IsArchived
        && (customer.Id == person.LocalId || (customer.HubSpotId is { } id && id == person.HubSpotId));

    private CrmRecord? Contact(Person person, List<LocalCustomer> here)
    {
        var id = person.HubSpotId ?? here.Select(one => one.HubSpotId).FirstOrDefault();
        return id is null
            ? null
            : tenant.HubSpot.Look(store => store.Find(id.Value) is { Archived: false } found ? found : null);
    }
}
