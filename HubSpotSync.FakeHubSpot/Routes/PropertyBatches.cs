using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PropertyBatches
{
    private const int MostInputs = 100;

    public static async Task<IResult> ReadAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        var names = body.Inputs(MostInputs).Select(input => input.Required("name")).Distinct().ToList();
        var archived = body.Flag("archived") ?? false;
        var shown = PropertyRoutes.ShowsOrdinary(body.Text("dataSensitivity"));
        lock (call.Account.Gate)
        {
            var found = names.Select(call.Schema().FindEvenArchived)
                .Where(property => shown && property is not null && property.ArchivedAt is not null == archived)
                .ToDictionary(property => property!.Name); // just asked
            var missing = names.Where(name => !found.ContainsKey(name)).ToList();
            return BatchBody<PropertyBody>.Answer(
                call.Clock.Now,
                [.. found.Values.Select(property => new PropertyBody(property!))], // just asked
                missing.Count == 0 ? [] : [Refuse.NotFound(missing)]);
        }
    }

    /// <summary>Each input stands for itself; what fails is told in a 207.</summary>
    public static async Task<IResult> CreateAsync(ApiCall call)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostInputs);
        var (results, errors) = (new List<PropertyBody>(), new List<ErrorBody>());
        lock (call.Account.Gate)
        {
            foreach (var input in inputs)
            {
                try
                {
                    results.Add(new PropertyBody(PropertyRoutes.Create(call, input)));
                }
                catch (RefusalException refusal) when (refusal.Error is { } error)
                {
                    errors.Add(error with { Context = error.Context ?? Named(input.Text("name")) });
                }
            }

            return BatchBody<PropertyBody>.Answer(call.Clock.Now, results, errors, 201);
        }
    }

    /// <summary>Says nothing about names that are archived already or never were.</summary>
    public static async Task<IResult> ArchiveAsync(ApiCall call)
    {
        var names = (await call.ReadBodyAsync()).Inputs(MostInputs).Select(input => input.Required("name")).ToList();
        lock (call.Account.Gate)
        {
            var found = names.Distinct().Select(call.Schema().Find).OfType<Schema.PropertyDefinition>().ToList();
            found.ForEach(property => PropertyUses.RefuseArchiving(call.Account, call.Type, property));
            found.ForEach(property => call.Schema().Put(property with { ArchivedAt = call.Clock.Now }));
            return FakeJson.NoContent;
        }
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>>? Named(string? name) =>
        name is null ? null : Refuse.Context("name", name);
}
