using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AssociationBatchRoutes
{
    private const int MostReads = 1_000;
    private const int MostLinksOfOne = 500;

    public static void MapAssociationBatches(this RouteGroupBuilder group, int archiveStatus)
    {
        group.MapPost("/batch/read", ReadAsync).ReadsObjects();
        group.MapPost("/batch/create", AssociationBatchWrites.LinkAsync).WritesObjects();
        group.MapPost("/batch/associate/default", AssociationBatchWrites.LinkByDefaultAsync).WritesObjects();
        group.MapPost("/batch/archive", (ApiCall call) => AssociationBatchWrites.UnlinkAsync(call, archiveStatus))
            .WritesObjects();
        group.MapPost(
            "/batch/labels/archive", (ApiCall call) => AssociationBatchWrites.UnlinkLabelsAsync(call, archiveStatus))
            .WritesObjects();
        group.MapLabels();
    }

    public static ErrorBody NoLinks(ApiCall call, IReadOnlyList<string> ids) =>
        new(
            $"No {call.ToType.Singular()} is associated with {call.Type.Plural()} {string.Join(", ", ids)}.",
            "OBJECT_NOT_FOUND")
        {
            SubCategory = "crm.associations.NO_ASSOCIATIONS_FOUND",
            Context = Refuse.Context("fromObjectId", ids),
        };

    private static async Task<IResult> ReadAsync(ApiCall call)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostReads)
            .Select(input => (
                Id: input.Text("id") ?? "", After: RecordAssociationRoutes.ReadAfter(input.Text("after"))))
            .ToList();
        lock (call.Account.Gate)
        {
            var view = new AssociationView(call);
            var results = new List<object>();
            var missing = new List<string>();
            foreach (var (id, after) in inputs)
            {
                var links = Links(call, id, after);
                if (links.Count == 0)
                {
                    missing.Add(id);
                    continue;
                }

                results.Add(new
                {
                    from = new { id },
                    to = links.Take(MostLinksOfOne).Select(link => view.Link(link.ToId, link.TypeIds)).ToList(),
                    paging = links.Count > MostLinksOfOne
                        ? Paging.To(links[MostLinksOfOne].ToId.ToString(CultureInfo.InvariantCulture))
                        : null,
                });
            }

            return BatchBody<object>.Answer(
                call.Clock.Now, results, missing.Count == 0 ? [] : [NoLinks(call, missing)]);
        }
    }

    private static List<(long ToId, IReadOnlyList<int> TypeIds)> Links(ApiCall call, string id, long after) =>
        RecordLookup.Find(call.Account, call.Type, null, id, followMerges: false) is { } record
            ? [.. call.Account.Associations.Of(call.Type, record.Id, call.ToType).SkipWhile(link => link.ToId < after)]
            : [];
}
