using System.Globalization;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Scenarios;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// What must be true when a round is over, by the numbers of docs/schedules.md: looks into both stores directly, and
/// asks the engine nothing.
/// </summary>
internal sealed class RoundChecks(Tenant tenant, Crowd crowd)
{
    private const int PrimaryCompany = 1;

    public static bool IsInScope(CrmRecord record) =>
        !record.Archived && SyncScenario.DefaultStages.Contains(record.Value("lifecyclestage"));

    public async Task<List<string>> HoldAsync()
    {
        var customers = await tenant.Local.CustomersAsync();
        return
        [
            .. NothingLost(customers),
            .. NothingLostOfTheEdits(customers),
            .. NothingTwice(customers),
            .. await NothingTwiceInTheTablesAsync(),
            .. await DealsKnowTheirPeopleAsync(),
            .. await EveryWriteIsInTheJournalAsync(),
            .. await NothingIsStuckAsync(),
        ];
    }

    /// <summary>I8 and R9: each record is sent to HubSpot as often as it was edited, and once more at most.</summary>
    public IEnumerable<string> LittleWasRedone(IReadOnlyList<Seen> log, int redone) =>
        from sent in log
        where sent.Act == Act.Sent
        group sent by sent.Key into record
        let allowed = 1 + crowd.EditsOf(Guid.Parse(record.Key)) + redone
        where record.Count() > allowed
        select $"R9 customer {record.Key} was sent {record.Count()} times, {allowed} would do";

    /// <summary>I1: everybody in scope is here with the same values and the same company, and nobody else is.</summary>
    private List<string> NothingLost(List<LocalCustomer> customers)
    {
        var byContact = customers.ToLookup(customer => customer.HubSpotId);
        return tenant.HubSpot.Look(store =>
        {
            var wrong = new List<string>();
            foreach (var contact in store.Records.Where(IsInScope))
            {
                if (byContact[contact.Id].ToList() is not [var customer] || customer.IsArchived || customer.IsDetached)
                {
                    wrong.Add($"I1 contact {contact.Id} is here {byContact[contact.Id].Count()} times");
                    continue;
                }

                wrong.AddRange(
                    from field in Fields.Properties
                    let here = Fields.Plain(field.Key, customer.Values[field.Key])
                    let there = Fields.Plain(field.Key, contact.Value(field.Value))
                    where here != there
                    select $"I1 contact {contact.Id} {field.Key} is {here ?? "-"} here and {there ?? "-"} in HubSpot");
                if (CompanyOf(contact.Id) != customer.Company)
                {
                    wrong.Add($"I1 contact {contact.Id} has company {customer.Company}, not {CompanyOf(contact.Id)}");
                }
            }

            wrong.AddRange(
                from customer in customers
                where customer.HubSpotId is not { } id || store.Find(id) is not { } known || !IsInScope(known)
                select $"I1 customer {customer.Id} has nobody in scope in HubSpot, but {customer.HubSpotId:0}");
            return wrong;
        });
    }

    /// <summary>I3: what was written last on either side is held on both.</summary>
    private IEnumerable<string> NothingLostOfTheEdits(List<LocalCustomer> customers)
    {
        var byId = customers.ToDictionary(customer => customer.Id);
        var byContact = customers.ToLookup(customer => customer.HubSpotId);
        var here =
            from edit in crowd.Here
            where byId.GetValueOrDefault(edit.Key.Id)?.Values[edit.Key.Field] != edit.Value
            select $"I3 customer {edit.Key.Id} has lost {edit.Key.Field} = {edit.Value}, written here";
        var there =
            from edit in crowd.There
            where !byContact[edit.Key.Id].Any(customer => customer.Values[edit.Key.Field] == edit.Value)
            select $"I3 contact {edit.Key.Id} has lost {edit.Key.Field} = {edit.Value}, written in HubSpot";
        return here.Concat(there);
    }

    /// <summary>I5 and I8: nobody is there twice, and nothing was written to HubSpot twice.</summary>
    private List<string> NothingTwice(List<LocalCustomer> customers) =>
    [
        .. from customer in customers
           group customer by Fields.Plain(Fields.Email, customer.Values[Fields.Email]) into same
           where same.Key is not null && same.Count() > 1
           select $"I5 there are {same.Count()} customers with one address",
        .. tenant.HubSpot.Look(store => (
            from record in store.Records
            where !record.Archived
            group record by Fields.Plain(Fields.Email, record.Value("email")) into same
            where same.Key is not null && same.Count() > 1
            select $"I5 HubSpot has {string.Join(" and ", same.Select(one => one.Id))} with one address").ToList()),
        .. tenant.HubSpot.Look(store => (
            from record in store.Records
            from field in Fields.Properties
            from version in record.History(field.Value)
            where Cluster.IsOurs(version) && version.Value.Length > 0
            group version by (record.Id, field.Key, version.Value) into same
            where same.Count() > 1
            select $"I8 {same.Key} was written {same.Count()} times").ToList()),
    ];

    private async Task<List<string>> NothingTwiceInTheTablesAsync()
    {
        var wrong = await tenant.Local.TextsAsync(
            """
            select 'I5 ' || kind || ' has ' || count(*) || ' links of ' || count(distinct local_id)
                || ' records here and ' || count(distinct hubspot_id) || ' in HubSpot'
              from record_links where connection_id = $connection
              group by kind having count(*) <> count(distinct local_id) or count(*) <> count(distinct hubspot_id)
            """);
        foreach (var (table, type) in new[] { ("companies", ObjectType.Company), ("deals", ObjectType.Deal) })
        {
            // Not those that HubSpot knows by nothing but the text in its contacts.
            var here = await tenant.Local.ScalarAsync<long>(
                $"select count(*) from {table} where archived_at is null and source <> 'contact'");
            var there = tenant.HubSpot.Look(store => store.Records.Count(record => !record.Archived), type);
            if (here != there)
            {
                wrong.Add($"I5 there are {here} {table} here and {there} in HubSpot");
            }
        }

        return wrong;
    }

    private async Task<List<string>> DealsKnowTheirPeopleAsync()
    {
        var here = await tenant.Local.TextsAsync(
            """
            select d.hubspot_id || ' ' || c.hubspot_id from deal_customers p
              join record_links d on d.connection_id = $connection and d.kind = 'Deal' and d.local_id = p.deal_id
              join record_links c on c.connection_id = $connection and c.kind = 'Contact' and c.local_id = p.customer_id
            """);
        var inScope = tenant.HubSpot.Look(
            store => store.Records.Where(IsInScope).Select(record => record.Id).ToHashSet());
        var there = tenant.HubSpot.Look(
            store => store.Records.Where(deal => !deal.Archived)
                .SelectMany(deal => Associated(ObjectType.Deal, deal.Id, ObjectType.Contact)
                    .Where(inScope.Contains)
                    .Select(contact => string.Create(CultureInfo.InvariantCulture, $"{deal.Id} {contact}")))
                .ToList(),
            ObjectType.Deal);
        return
        [
            .. here.Except(there).Select(pair => $"I1 deal and contact {pair} are one here and not in HubSpot"),
            .. there.Except(here).Select(pair => $"I1 deal and contact {pair} are one in HubSpot and not here"),
        ];
    }

    /// <summary>I9: each value that HubSpot has from us is in the history of changes.</summary>
    private async Task<List<string>> EveryWriteIsInTheJournalAsync()
    {
        var journal = await tenant.Local.TextsAsync(
            """
            select r.hubspot_id || ' ' || f.key || ' ' || coalesce(f.value->>1, '')
              from record_changes r cross join lateral jsonb_each(r.fields) f
              where r.connection_id = $connection and r.kind = 'Contact' and r.side = 'HubSpot'
            """);
        var known = journal.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return tenant.HubSpot.Look(store => (
            from record in store.Records
            from field in Fields.Properties
            from version in record.History(field.Value)
            where Cluster.IsOurs(version)
            let written = $"{record.Id} {field.Key} {version.Value}"
            where !known.Contains(written)
            select $"I9 we wrote {written}, and no history says so").ToList());
    }

    /// <summary>I11: nothing is given up, and nothing is left over.</summary>
    private Task<List<string>> NothingIsStuckAsync() => tenant.Local.TextsAsync(
        """
        select 'I11 parked ' || record_key || ': ' || coalesce(last_error, '') from sync_requests
          where connection_id = $connection
        union all
        select 'I11 failing ' || record_key || ': ' || reason from record_outcomes
          where connection_id = $connection and state = 'Failing'
        union all
        select 'I11 a run is ' || state || ': ' || coalesce(last_error, '') from sync_runs
          where connection_id = $connection and state <> 'Done'
        """);

    private long? CompanyOf(long contact) =>
        tenant.HubSpot.Account.Associations.Of(ObjectType.Contact, contact, ObjectType.Company)
            .Where(link => link.TypeIds.Contains(PrimaryCompany))
            .Select(link => (long?)link.ToId)
            .FirstOrDefault();

    private IEnumerable<long> Associated(ObjectType from, long id, ObjectType to) =>
        tenant.HubSpot.Account.Associations.Of(from, id, to).Select(link => link.ToId);
}
