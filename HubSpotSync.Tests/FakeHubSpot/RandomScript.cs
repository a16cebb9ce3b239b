using System.Globalization;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>
/// A seeded run of calls as programs and people make them, all kinds mixed, refused ones too. The same seed makes the
/// same calls.
/// </summary>
internal sealed class RandomScript(FakeHubSpotHost host, HubSpotCaller api, HubSpotCaller person, int seed)
{
    private static readonly string[] Cities = ["", "Graz", "Linz", "Wien", "Wels", "Enns"];
    private static readonly string[] Names = ["Ann", "Bo", "Cy", "Di", "Ed", "Flo"];
    private readonly Random _random = new(seed);
    private readonly List<string> _companies = [];
    private readonly Dictionary<string, HashSet<string>> _links = [];
    private int _lastAddress;

    public ScriptModel Contacts { get; } = new();

    public IReadOnlyList<string> Companies => _companies;

    /// <summary>The companies of each contact.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Links => _links;

    public async Task RunAsync(int operations)
    {
        for (var i = 0; i < 20; i++)
        {
            _companies.Add(await Sample.CompanyAsync(api));
        }

        for (var i = 0; i < operations; i++)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 50)));
            await StepAsync();
        }
    }

    private Task StepAsync() => _random.Next(100) switch
    {
        < 22 => CreateAsync(),
        < 45 => UpdateAsync(),
        < 52 => EditByPersonAsync(),
        < 60 => ArchiveAsync(),
        < 65 => RestoreAsync(),
        < 69 => MergeAsync(),
        < 71 => EraseAsync(),
        < 79 => LinkAsync(),
        < 83 => UnlinkAsync(),
        < 88 => CreateBatchAsync(),
        < 94 => UpdateBatchAsync(),
        < 96 => ArchiveBatchAsync(),
        _ => RefusedAsync(),
    };

    private async Task CreateAsync()
    {
        var values = NewContact();
        Contacts.Add(await Sample.CreateAsync(api, Sample.Contacts, new { properties = values }), values);
    }

    private Task UpdateAsync() => WithOneAsync(async id =>
    {
        var values = Change();
        Assert.Equal(200, (await api.PatchAsync($"{Sample.Contacts}/{id}", new { properties = values })).Status);
        Contacts.Set(id, values);
    });

    private Task EditByPersonAsync() => WithOneAsync(async id =>
    {
        var values = Change();
        Assert.Equal(200, (await person.PatchAsync(Person(id), new { properties = values })).Status);
        Contacts.Set(id, values);
    });

    private Task ArchiveAsync() => WithOneAsync(async id =>
    {
        Assert.Equal(204, (await api.DeleteAsync($"{Sample.Contacts}/{id}")).Status);
        Archived(id);
    });

    private async Task RestoreAsync()
    {
        if (Contacts.Archived.Keys.Order().FirstOrDefault() is { } id)
        {
            Assert.Equal(200, (await person.PostAsync($"{Person(id)}/restore", new { })).Status);
            Contacts.Restore(id);
        }
    }

    private Task MergeAsync() => WithOneAsync(async primary =>
    {
        if (Contacts.PickLive(_random) is { } loser && loser != primary)
        {
            var answer = await api.PostAsync(
                $"{Sample.Contacts}/merge", new { primaryObjectId = primary, objectIdToMerge = loser });
            Assert.Equal(200, answer.Status);
            var merged = answer.At("id")!; // a merge always answers with the contact
            Contacts.Merge(primary, loser, merged);
            _links[merged] = [.. LinksOf(primary), .. LinksOf(loser)];
            _links.Remove(primary);
            _links.Remove(loser);
        }
    });

    private Task EraseAsync() => WithOneAsync(async id =>
    {
        Assert.Equal(204, (await api.PostAsync($"{Sample.Contacts}/gdpr-delete", new { objectId = id })).Status);
        Contacts.Erase(id);
        _links.Remove(id);
    });

    private Task LinkAsync() => WithOneAsync(async id =>
    {
        var company = _companies[_random.Next(_companies.Count)];
        var path = $"{Sample.Contacts}/{id}/associations/default/companies/{company}";
        Assert.Equal(200, (await api.PutAsync(path, new { })).Status);
        LinksOf(id).Add(company);
    });

    private Task UnlinkAsync() => WithOneAsync(async id =>
    {
        if (LinksOf(id).Order().FirstOrDefault() is { } company)
        {
            var path = $"{Sample.Contacts}/{id}/associations/companies/{company}";
            Assert.Equal(204, (await api.DeleteAsync(path)).Status);
            LinksOf(id).Remove(company);
        }
    });

    private async Task CreateBatchAsync()
    {
        var contacts = Enumerable.Range(0, 5).Select(_ => NewContact()).ToDictionary(values => values["email"]);
        var inputs = contacts.Values.Select(values => new { properties = values });
        var answer = await api.PostAsync($"{Sample.Contacts}/batch/create", new { inputs });
        Assert.Equal(201, answer.Status);
        foreach (var made in answer.Results)
        {
            var email = made.GetProperty("properties").GetProperty("email").GetString()!; // each was made with one
            Contacts.Add(made.GetProperty("id").GetString()!, contacts[email]); // every record has an id
        }
    }

    private async Task UpdateBatchAsync()
    {
        var changes = Some().ToDictionary(id => id, _ => Change());
        if (changes.Count > 0)
        {
            var inputs = changes.Select(change => new { id = change.Key, properties = change.Value });
            Assert.Equal(200, (await api.PostAsync($"{Sample.Contacts}/batch/update", new { inputs })).Status);
            foreach (var (id, values) in changes)
            {
                Contacts.Set(id, values);
            }
        }
    }

    private async Task ArchiveBatchAsync()
    {
        var ids = Some();
        if (ids.Count > 0)
        {
            var inputs = ids.Select(id => new { id });
            Assert.Equal(204, (await api.PostAsync($"{Sample.Contacts}/batch/archive", new { inputs })).Status);
            foreach (var id in ids)
            {
                Archived(id);
            }
        }
    }

    /// <summary>What is refused changes nothing, not even the good half of it.</summary>
    private Task RefusedAsync() => WithOneAsync(async id =>
    {
        var wrong = new { properties = new { city = "Nowhere", no_such_property = "x" } };
        Assert.Equal(400, (await api.PatchAsync($"{Sample.Contacts}/{id}", wrong)).Status);
        if (Contacts.Live[id]["email"] is { Length: > 0 } email)
        {
            Assert.Equal(409, (await api.PostAsync(Sample.Contacts, new { properties = new { email } })).Status);
        }
    });

    private async Task WithOneAsync(Func<string, Task> act)
    {
        if (Contacts.PickLive(_random) is { } id)
        {
            await act(id);
        }
    }

    private HashSet<string> Some() =>
        [.. Enumerable.Range(0, 4).Select(_ => Contacts.PickLive(_random)).OfType<string>()];

    private void Archived(string id)
    {
        Contacts.Archive(id);
        _links.Remove(id);
    }

    private HashSet<string> LinksOf(string id) => _links.TryGetValue(id, out var links) ? links : _links[id] = [];

    private Dictionary<string, string> NewContact() => new()
    {
        ["email"] = string.Create(
            CultureInfo.InvariantCulture, $"person{++_lastAddress}.of.run{seed}@script.example"),
        ["firstname"] = Names[_random.Next(Names.Length)],
        ["city"] = Cities[_random.Next(Cities.Length)],
    };

    private Dictionary<string, string> Change() => _random.Next(3) switch
    {
        0 => new() { ["city"] = Cities[_random.Next(Cities.Length)] },
        1 => new() { ["firstname"] = Names[_random.Next(Names.Length)] },
        _ => new()
        {
            ["firstname"] = Names[_random.Next(Names.Length)],
            ["city"] = Cities[_random.Next(Cities.Length)],
        },
    };

    private string Person(string id) => $"/_fake/accounts/{host.Accounts.Main.PortalId}/objects/contacts/{id}";
}
