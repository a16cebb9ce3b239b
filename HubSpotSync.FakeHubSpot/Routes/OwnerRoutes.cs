using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class OwnerRoutes
{
    private const string Scope = "crm.objects.owners.read";
    private static readonly string?[] IdProperties = [null, "id", "userId"];

    public static void MapOwners(this RouteGroupBuilder group)
    {
        group.MapGet("", List).Needs(Scope);
        group.MapGet("/{ownerId}", One).Needs(Scope);
    }

    private static IResult List(ApiCall call)
    {
        var limit = call.Limit(100, 500);
        var (email, archived) = (call.Query("email"), call.ReadFlag("archived") == true);
        var after = RecordAssociationRoutes.ReadAfter(call.Query("after"));
        lock (call.Account.Gate)
        {
            var owners = call.Account.Owners
                .Where(owner => owner.Archived == archived)
                .Where(owner => email is null || owner.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
                .SkipWhile(owner => long.Parse(owner.Id, CultureInfo.InvariantCulture) < after)
                .Take(limit + 1)
                .ToList();
            var paging = owners.Count > limit
                ? Paging.To(owners[limit].Id, call.Address($"{call.Path}?limit={limit}&after={owners[limit].Id}"))
                : null;
            return FakeJson.Ok(new PageBody<object>([.. owners.Take(limit).Select(Body)], paging));
        }
    }

    private static IResult One(ApiCall call, string ownerId)
    {
        var (idProperty, archived) = (call.Query("idProperty"), call.ReadFlag("archived") == true);
        if (!IdProperties.Contains(idProperty))
        {
            throw Refuse.Validation($"Invalid idProperty: {idProperty}. It must be id or userId.");
        }

        lock (call.Account.Gate)
        {
            var owner = call.Account.Owners.Find(candidate =>
                candidate.Archived == archived
                && (idProperty == "userId" ? Text(candidate.UserId) : candidate.Id) == ownerId);
            return owner is null ? throw Refuse.ObjectNotFound(ownerId) : FakeJson.Ok(Body(owner));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An archived owner has no user id any more, only the one that includes inactive users.</summary>
    private static object Body(Owner owner) => new
    {
        id = owner.Id,
        email = owner.Email,
        type = "PERSON",
        firstName = owner.FirstName,
        lastName = owner.LastName,
        userId = owner.Archived ? null : (int?)owner.UserId,
        userIdIncludingInactive = owner.UserId,
        teams = owner.Archived ? null : new[] { new { id = "1", name = "Sales", primary = true } },
        createdAt = WireTime.Format(owner.CreatedAt),
        updatedAt = WireTime.Format(owner.CreatedAt),
        archived = owner.Archived,
    };
}
