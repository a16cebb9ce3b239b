using System.Diagnostics;
using System.Globalization;
using HubSpotSync.FakeHubSpot.Faults;

namespace HubSpotSync.Tests.Schedules;

/// <summary>
/// What people, HubSpot and bad luck do to the records of one account, drawn from a seed, while the workers work. Each
/// thing that was done is told to the reference model with the time that the side's own clock gave it.
/// </summary>
internal sealed partial class Script(Lane lane, Tenant tenant, int seed)
{
    private Random _random = new(seed);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _tag = string.Create(CultureInfo.InvariantCulture, $"s{seed}");
    private int _values;

    public List<Person> People { get; } = [];

    /// <summary>HubSpot owns the fields: nothing is ever written there.</summary>
    public bool IsOneWay { get; init; }

    /// <summary>Companies in HubSpot and their newest names.</summary>
    public Dictionary<long, string> Companies { get; } = [];

    /// <summary>What was done, in order, for people who look for the cause.</summary>
    public List<string> History { get; } = [];

    /// <summary>How this schedule's world behaves: webhooks, search, latency.</summary>
    public async Task SetUpAsync()
    {
        lane.Settings.SearchLagMs = _random.Next(3) == 0 ? _random.Next(60_000) : 0;
        lane.Settings.LatencyMs = _random.Next(3) == 0 ? _random.Next(15) : 0;
        var (drop, duplicate) = (_random.Next(4) switch { 0 => 1.0, 1 => 0.3, _ => 0 }, _random.Next(3) == 0 ? 0.5 : 0);
        var delay = _random.Next(3) == 0 ? _random.Next(150) : 0;
        await lane.Webhooks.DeliverAsync(new
        {
            shuffle = _random.Next(2) == 0, dropShare = drop, duplicateShare = duplicate, delayMs = delay,
        });
        Say($"webhooks drop {drop} double {duplicate} delay {delay} ms, search {lane.Settings.SearchLagMs} ms late, "
            + $"latency {lane.Settings.LatencyMs} ms");
        for (var i = 0; i < 6; i++)
        {
            await (_random.Next(3) switch
            {
                0 => CreateHereAsync(),
                1 => CreateThereAsync(),
                _ => CreateOnBothAsync(),
            });
        }

        await CreateCompanyAsync();
    }

    /// <param name="number">Each step has dice of its own, so that one that finds nobody changes no other.</param>
    /// <param name="requestRun">Asks for a run; a full one where it is true.</param>
    /// <param name="beQuiet">Waits until the workers have nothing to do.</param>
    public async Task StepAsync(int number, Func<bool, Task> requestRun, Func<Task> beQuiet)
    {
        _random = new Random(unchecked((seed * 7919) + number));
        await (_random.Next(100) switch
        {
            < 24 => EditHereAsync(),
            < 48 => EditThereAsync(),
            < 54 => EditSameOnBothAsync(),
            < 57 => CreateHereAsync(),
            < 60 => CreateThereAsync(),
            < 64 => CreateOnBothAsync(),
            < 67 => ArchiveThereAsync(),
            < 70 => RestoreThereAsync(),
            < 71 => MergeThereAsync(),
            < 73 => EraseThereAsync(),
            < 75 => ArchiveHereAsync(),
            < 78 => ChangeStageAsync(),
            < 80 => LinkCompanyAsync(),
            < 81 => CreateCompanyAsync(),
            < 83 => RenameCompanyAsync(),
            < 89 => MeetFaultAsync(),
            < 92 => StealAsync(),
            < 94 => requestRun(_random.Next(3) == 0),
            < 96 => beQuiet(),
            _ => Task.Delay(_random.Next(40)), // a moment for the workers, so that they are caught at every point
        });
    }

    private async Task CreateHereAsync()
    {
        var person = NewPerson();
        var values = NewValues();
        var (id, at) = (await tenant.Local.CreateAsync(values))!.Value; // nobody else has the address
        person.LocalId = id;
        person.IsOnlyHere = IsOneWay;
        person.Create(Side.Local, at, values);
        Say($"{person} is created here: {Text(values)}");
    }

    private async Task CreateThereAsync()
    {
        var person = NewPerson();
        var values = NewValues();
        await CreateThereAsync(person, values);
        Say($"{person} is created in HubSpot as {person.HubSpotId}: {Text(values)}");
    }

    /// <summary>The same address on both sides within a moment, written differently.</summary>
    private async Task CreateOnBothAsync()
    {
        var person = NewPerson();
        person.IsOnOneSide = false;
        var (here, there) = (NewValues(), NewValues());
        here[Fields.Email] = _random.Next(2) == 0 ? there[Fields.Email]!.ToUpperInvariant() : $" {there[Fields.Email]}";
        if (_random.Next(2) == 0)
        {
            await HereAsync();
            await ThereAsync();
        }
        else
        {
            await ThereAsync();
            await HereAsync();
        }

        Say($"{person} is created on both sides, in HubSpot as {person.HubSpotId}: {Text(here)} | {Text(there)}");

        async Task HereAsync()
        {
            // Whoever was created in HubSpot may be here already, as below.
            person.IsOnOneSide |= !await CreateHereAsync(person, here);
        }

        async Task ThereAsync()
        {
            // Whoever was created here may be there already: then nobody can create them once more.
            person.IsOnOneSide |= !await CreateThereAsync(person, there);
        }
    }

    private async Task<bool> CreateHereAsync(Person person, Dictionary<string, string?> values)
    {
        if (await tenant.Local.CreateAsync(values) is not { } made)
        {
            return false;
        }

        person.LocalId = made.Id;
        person.Create(Side.Local, made.At, values);
        return true;
    }

    private async Task<bool> CreateThereAsync(Person person, Dictionary<string, string?> values)
    {
        if (await tenant.HubSpot.CreateAsync("contacts", ToHubSpot(values)) is not { } made)
        {
            return false;
        }

        person.HubSpotId = made.Id;
        person.Create(Side.HubSpot, made.At, values);
        return true;
    }

    private async Task EditHereAsync()
    {
        if (await PickHereAsync() is { } person)
        {
            var field = AnyField();
            await EditHereAsync(person, field, await NewValueAsync(person, field));
        }
    }

    private async Task EditThereAsync()
    {
        if (await PickThereAsync() is { } person)
        {
            var field = AnyField();
            await EditThereAsync(person, field, await NewValueAsync(person, field));
        }
    }

    private async Task EditSameOnBothAsync()
    {
        if (await PickHereAsync() is { IsArchivedThere: false } person && await HubSpotIdOfAsync(person) is not null)
        {
            var field = AnyField();
            var value = await NewValueAsync(person, field);
            await EditHereAsync(person, field, value);
            await EditThereAsync(person, field, value);
        }
    }

    private async Task EditHereAsync(Person person, string field, string? value)
    {
        if ((field != Fields.Email || await IsLinkedAsync(person))
            && await tenant.Local.EditAsync(person.LocalId!.Value, field, value) is { } at) // picked for having one
        {
            person.Add(field, new Edit(Side.Local, at, value));
            Say($"{person} here: {field} = {value ?? "-"}");
        }
    }

    private async Task EditThereAsync(Person person, string field, string? value)
    {
        var id = person.HubSpotId!.Value; // picked for having one
        if ((field != Fields.Email || await IsLinkedAsync(person))
            && await tenant.HubSpot.EditAsync("contacts", id, Fields.Properties[field], value) is { } at)
        {
            person.Add(field, new Edit(Side.HubSpot, at, value));
            Say($"{person} in HubSpot: {field} = {value ?? "-"}");
        }
    }

    private Task MeetFaultAsync()
    {
        var fault = Trouble.Draw(_random);
        lane.Faults.Plan(new PlannedFault(
            new FaultMatch(fault.Method, "/crm/", fault.Path, tenant.HubSpot.Account.PortalId),
            fault.Fault,
            fault.Times));
        Say($"fault: {fault.Name} on {fault.Method} {fault.Path}, {fault.Times} times");
        return Task.CompletedTask;
    }

    /// <summary>
    /// Somebody else has the work all at once: what happens to a worker that was frozen for too long.
    /// </summary>
    private async Task StealAsync()
    {
        var (name, act) = Trouble.Steal(_random);
        Say(name);
        await act(lane, tenant);
    }

    /// <summary>
    /// Whether the two sides of a person know of each other. Before, nobody could: what makes them one must stay.
    /// </summary>
    private async Task<bool> IsLinkedAsync(Person person) =>
        person.IsOnOneSide || (person.HubSpotId is { } id && await tenant.Local.LocalIdOfAsync(id) is not null);

    private async Task<Person?> PickHereAsync()
    {
        var person = Pick(People.Where(one => one is { IsLive: true, IsArchivedHere: false }));
        return person is not null && await LocalIdOfAsync(person) is not null ? person : null;
    }

    private async Task<Person?> PickThereAsync()
    {
        var person = Pick(People.Where(one => one is { IsLive: true, IsArchivedThere: false }));
        return person is not null && await HubSpotIdOfAsync(person) is not null ? person : null;
    }

    private async Task<Guid?> LocalIdOfAsync(Person person) =>
        person.LocalId ??= await tenant.Local.LocalIdOfAsync(person.HubSpotId!.Value); // it was created somewhere

    private async Task<long?> HubSpotIdOfAsync(Person person) =>
        person.HubSpotId ??= await tenant.Local.HubSpotIdOfAsync(person.LocalId!.Value); // as above

    private Person NewPerson()
    {
        var person = new Person(People.Count + 1) { IsOneWay = IsOneWay };
        People.Add(person);
        return person;
    }

    private Dictionary<string, string?> NewValues()
    {
        var values = new Dictionary<string, string?> { [Fields.Email] = NewEmail() };
        foreach (var field in Fields.Edited.Where(field => field != Fields.Email && _random.Next(5) > 0))
        {
            values[field] = NewText();
        }

        return values;
    }

    /// <summary>Before the first sync a blank is no edit, so nothing is cleared then.</summary>
    private async Task<string?> NewValueAsync(Person person, string field)
    {
        if (field == Fields.Email)
        {
            return NewEmail();
        }

        return _random.Next(8) == 0 && !person.WasEverBlank(field)
            && person.HubSpotId is { } id && await tenant.Local.LocalIdOfAsync(id) is not null
                ? null
                : NewText();
    }

    private string NewEmail() => $"{NewText()}@{_tag}.example".ToLowerInvariant();

    /// <summary>Nobody ever wrote it before, so where it turns up says where it came from.</summary>
    private string NewText() => string.Create(CultureInfo.InvariantCulture, $"{_tag}-{++_values}");

    private static Dictionary<string, string?> ToHubSpot(Dictionary<string, string?> values)
    {
        var properties = values.ToDictionary(value => Fields.Properties[value.Key], value => value.Value);
        properties["lifecyclestage"] = "customer";
        return properties;
    }

    private string AnyField() => Fields.Edited[_random.Next(Fields.Edited.Length)];

    private T? Pick<T>(IEnumerable<T> among)
    {
        var all = among.ToList();
        return all.Count == 0 ? default : all[_random.Next(all.Count)];
    }

    public void Say(string what) => History.Add(string.Create(
        CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_started).TotalMilliseconds,7:0} ms  {what}"));

    private static string Text(Dictionary<string, string?> values) =>
        string.Join(", ", values.Select(value => $"{value.Key} {value.Value}"));
}
