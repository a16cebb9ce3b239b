using System.Globalization;

namespace HubSpotSync.Tests.Schedules;

/// <content>What happens to companies, which only HubSpot edits.</content>
internal sealed partial class Script
{
    private async Task CreateCompanyAsync()
    {
        var name = NewText();
        var made = await tenant.HubSpot.CreateAsync(
            "companies", new Dictionary<string, string?> { ["name"] = name, ["domain"] = $"{name}.example" });
        var id = made!.Value.Id; // names are never used twice
        Companies[id] = name;
        Say($"company {id} is created in HubSpot: {name}");
    }

    private async Task RenameCompanyAsync()
    {
        var id = Pick(Companies.Keys);
        var name = NewText();
        await tenant.HubSpot.EditAsync("companies", id, "name", name);
        Companies[id] = name;
        Say($"company {id} in HubSpot: name = {name}");
    }

    private async Task LinkCompanyAsync()
    {
        if (await PickThereAsync() is { IsMerged: false } person)
        {
            var company = person.Company ?? Pick(Companies.Keys);
            if (await tenant.HubSpot.LinkAsync(person.HubSpotId!.Value, company, person.Company is null)) // as above
            {
                person.Company = person.Company is null ? company : null;
                Say($"{person} in HubSpot: company = {person.Company?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
            }
        }
    }
}
