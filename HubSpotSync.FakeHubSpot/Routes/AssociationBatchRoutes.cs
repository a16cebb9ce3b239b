using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AssociationBatchRoutes
{
    private const int MostReads = 1_000;
    private const int MostWrites = 2_000;
    private const int MostLinksOfOne = 500;

    public static void MapAssociationBatches(this RouteGroupBuilder group, int archiveStatus)
    {
        group.MapPost("/batch/read", ReadAsync).ReadsObjects();
        group.MapPost("/batch/create", (ApiCall call) => LinkAsync(call, byDefault: false)).WritesObjects();
        group.MapPost("/batch/associate/default", (ApiCall call) => LinkAsync(call, byDefault: true)).WritesObjects();
        group.MapPost("/batch/archive", (ApiCall call) => UnlinkAsync(call, archiveStatus)).WritesObjects();
        group.MapPost("/batch/labels/archive", (ApiCall call) => UnlinkLabelsAsync(call, archiveStatus))
            .WritesObjects();
        group.MapGet("/labels", Labels).ReadsObjects();
    }

    private static async Task<IResult> ReadAsync(ApiCall call)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostReads)
            .Select(input => (Id: input.Text("id") ?? "", After: ReadAfter(input.Text("after"))))
            .ToList();
        lock (call.Account.Gate)
        {
            var view = new AssociationView(call.Type, call.ToType, call.IsDated);
            var results = new List<object>();
            var missing = new List<string>();
            foreach (var (id, after) in inputs)
            {
                var record = RecordLookup.Find(call.Account, call.Type, null, id, followMerges: false);
                var links = record is null
                    ? []
                    : call.Account.Associations.Of(call.Type, record.Id, call.ToType)
                        .SkipWhile(link => link.ToId < after)
                        .ToList();
                if (links.Count == 0)
                {
                    missing.Add(id);
                    continue;
                }

                results.Add(new
                {
                    from = new { id },
                    to = links.Take(MostLinksOfOne).Select(link => view.Link(link.ToId, link.TypeIds)),
                    paging = links.Count > MostLinksOfOne
                        ? Paging.To(links[MostLinksOfOne].ToId.ToString(CultureInfo.InvariantCulture))
                        : null,
                });
            }

            return BatchBody<object>.Answer(
                call.Clock.Now, results, missing.Count == 0 ? [] : [NoLinks(call, missing)]);
        }
    }

    private static async Task<IResult> LinkAsync(ApiCall call, bool byDefault)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostWrites);
        lock (call.Account.Gate)
        {
            var pairs = inputs.Select(input =>
            {
                var pair = AssociationPair.Read(call, input);
                var kinds = byDefault
                    ? [AssociationKind.Default(call.Type, call.ToType)]
                    : AssociationKinds.Require(call.Type, call.ToType, RecordInputReader.TypeIds(input));
                return (pair.From, pair.To, Kinds: kinds);
            }).ToList();
            foreach (var (from, to, kinds) in pairs)
            {
                foreach (var kind in kinds)
                {
                    call.Links().Link(kind, from.Id, to.Id);
                }
            }

            return byDefault
                ? BatchBody<object>.Answer(
                    call.Clock.Now,
                    [.. pairs.Select(pair => AssociationView.Default(pair.Kinds[0], pair.From.Id, pair.To.Id))],
                    [])
                : BatchBody<object>.Answer(
                    call.Clock.Now,
                    [.. pairs.Select(pair => AssociationView.Created(call, pair.From.Id, pair.To.Id))],
                    [],
                    201);
        }
    }

    private static async Task<IResult> UnlinkAsync(ApiCall call, int status)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostWrites);
        lock (call.Account.Gate)
        {
            foreach (var input in inputs)
            {
                foreach (var (from, to) in AssociationPair.ReadMany(call, input))
                {
                    call.Links().Unlink(call.Type, from.Id, call.ToType, to.Id);
                }
            }

            return Done(call, status);
        }
    }

    private static async Task<IResult> UnlinkLabelsAsync(ApiCall call, int status)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostWrites);
        lock (call.Account.Gate)
        {
            foreach (var input in inputs)
            {
                var (from, to) = AssociationPair.Read(call, input);
                foreach (var kind in AssociationKinds.Require(call.Type, call.ToType, RecordInputReader.TypeIds(input)))
                {
                    call.Links().UnlinkLabel(kind, from.Id, to.Id);
                }
            }

            return Done(call, status);
        }
    }

    private static IResult Labels(ApiCall call) => FakeJson.Ok(new PageBody<LabelBody>(
    [
        .. AssociationKind.All.Where(kind => kind.From == call.Type && kind.To == call.ToType)
            .Select(kind => new LabelBody("HUBSPOT_DEFINED", kind.TypeId, kind.Label)),
    ]));

    private static long ReadAfter(string? text) =>
        long.TryParse(text ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after
            : throw Refuse.Validation($"Invalid after: {text}");

    private static IResult Done(ApiCall call, int status) =>
        status == 204 ? FakeJson.NoContent : BatchBody<object>.Answer(call.Clock.Now, [], []);

    private static ErrorBody NoLinks(ApiCall call, IReadOnlyList<string> ids) =>
        new(
            $"No {call.ToType.Singular()} is associated with {call.Type.Plural()} {string.Join(", ", ids)}.",
            "OBJECT_NOT_FOUND")
        {
            SubCategory = "crm.associations.NO_ASSOCIATIONS_FOUND",
            Context = Refuse.Context("fromObjectId", ids),
        };
}
