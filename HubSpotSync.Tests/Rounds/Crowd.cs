using System.Globalization;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Tests.Rounds;

/// <summary>
/// People and programs at work on both sides. Each side edits fields of its own, and no value is ever written twice, so
/// what must be there in the end is what was written last, whatever the order in which it travels.
/// </summary>
internal sealed class Crowd(Tenant tenant, int seed)
{
    private static readonly string[] EditedHere = ["city", "job_title"];
    private static readonly string[] EditedThere = ["last_name", "postal_code"];

    private readonly List<Guid> _customers = [];
    private readonly List<long> _contacts = [];
    private readonly Dictionary<(Guid, string), string> _here = [];
    private readonly Dictionary<(long, string), string> _there = [];
    private readonly Dictionary<Guid, int> _edits = [];
    private int _numberHere;
    private int _numberThere;

    /// <summary>What must be held in the end, by customer and column.</summary>
    public IReadOnlyDictionary<(Guid Id, string Field), string> Here => _here;

    /// <summary>What must be held in the end, by contact and column.</summary>
    public IReadOnlyDictionary<(long Id, string Field), string> There => _there;

    public int EditsOf(Guid customer) => _edits.GetValueOrDefault(customer);

    /// <summary>Customers that were here before HubSpot was connected, some of whom HubSpot has, too.</summary>
    public async Task SettleAsync(int count, int known)
    {
        var emails = LiveContacts().Select(contact => contact.Email).OfType<string>().Take(known).ToList();
        for (var i = 0; i < count; i++)
        {
            await CreateHereAsync(i < emails.Count ? emails[i] : null);
        }
    }

    /// <summary>From now on everybody who is here or in HubSpot may be edited.</summary>
    public async Task MeetAsync()
    {
        _contacts.AddRange(LiveContacts().Select(contact => contact.Id).Except(_contacts).ToList());
        var here = await Patience.AskAsync(tenant.Local.CustomersAsync);
        _customers.AddRange(here.Select(customer => customer.Id).Except(_customers).ToList());
    }

    public Task WorkAsync(int here, int there) => Task.WhenAll(
        Task.Run(() => WorkHereAsync(here, new Random(seed))),
        Task.Run(() => WorkThereAsync(there, new Random(~seed))));

    private async Task WorkHereAsync(int actions, Random random)
    {
        for (var i = 0; i < actions; i++)
        {
            if (_customers.Count == 0 || random.Next(3) == 0)
            {
                await CreateHereAsync(null);
            }
            else
            {
                await EditHereAsync(
                    _customers[random.Next(_customers.Count)], EditedHere[random.Next(EditedHere.Length)]);
            }

            await Task.Delay(random.Next(12)); // as fast as a few people and a script
        }
    }

    private async Task WorkThereAsync(int actions, Random random)
    {
        for (var i = 0; i < actions; i++)
        {
            if (random.Next(4) == 0)
            {
                await CreateThereAsync();
            }
            else
            {
                await EditThereAsync(
                    _contacts[random.Next(_contacts.Count)], EditedThere[random.Next(EditedThere.Length)]);
            }

            await Task.Delay(random.Next(24));
        }
    }

    /// <summary>
    /// The id is ours, so that a statement whose answer was lost may be repeated: it is there once, whatever happened.
    /// </summary>
    private async Task CreateHereAsync(string? email)
    {
        var (id, name, city) = (Guid.CreateVersion7(), $"Here {++_numberHere}", NewValue("here", _numberHere));
        email ??= string.Create(CultureInfo.InvariantCulture, $"here-{_numberHere}@round-{seed}.example");
        await Patience.AskAsync(() => tenant.Local.ScalarAsync<object>(
            """
            insert into customers (id, workspace_id, first_name, email, city)
              values ($1, app_workspace(), $2, $3, $4) on conflict (id) do nothing
            """,
            id,
            name,
            email,
            city));
        _customers.Add(id);
        _here[(id, "city")] = city;
    }

    private async Task EditHereAsync(Guid id, string field)
    {
        var value = NewValue("here", ++_numberHere);
        _edits[id] = EditsOf(id) + 1;
        await Patience.AskAsync(() => tenant.Local.ScalarAsync<object>(
            $"update customers set {field} = $2 where id = $1", id, value));
        _here[(id, field)] = value;
    }

    private async Task CreateThereAsync()
    {
        var number = ++_numberThere;
        var zip = NewValue("there", number);
        var made = await tenant.HubSpot.CreateAsync("contacts", new Dictionary<string, string?>
        {
            ["email"] = string.Create(CultureInfo.InvariantCulture, $"there-{number}@round-{seed}.example"),
            ["firstname"] = "There",
            ["zip"] = zip,
            ["lifecyclestage"] = "customer",
        });
        _contacts.Add(made!.Value.Id); // nobody else has the address
        _there[(made.Value.Id, "postal_code")] = zip;
    }

    private async Task EditThereAsync(long id, string field)
    {
        var value = NewValue("there", ++_numberThere);
        Assert.NotNull(await tenant.HubSpot.EditAsync("contacts", id, Fields.Properties[field], value));
        _there[(id, field)] = value;
    }

    private List<(long Id, string? Email)> LiveContacts() => tenant.HubSpot.Look(store => store.Records
        .Where(RoundChecks.IsInScope)
        .Select(record => (record.Id, record.Value("email")))
        .ToList());

    private static string NewValue(string side, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{side} {number}");
}
