using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Mapping;

/// <summary>An owner in HubSpot, who that is here, and how many customers are theirs.</summary>
internal sealed record OwnerMatch(
    [property: Column("name")] string Name,
    [property: Column("email")] string? Email,
    [property: Column("user_name")] string? UserName,
    [property: Column("customers")] int Customers);

/// <summary>HubSpot's owners beside our users: the same e-mail is the same person.</summary>
internal sealed class OwnerMatches(CrmDbContext db)
{
    private const int Most = 200;

    public Task<List<OwnerMatch>> ReadAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<OwnerMatch>(
            $"""
            with owned as (
              select hubspot_owner_id as id, count(*)::int as customers from customers
                where archived_at is null and hubspot_owner_id is not null group by 1)
            select coalesce(nullif(btrim(concat_ws(' ', o.first_name, o.last_name)), ''), o.email, o.id) as name,
                o.email, u.display_name as user_name, coalesce(w.customers, 0) as customers
              from owners o
              left join users u on u.normalized_email = upper(o.email)
                and (u.lockout_end is null or u.lockout_end < now())
              left join owned w on w.id = o.id
              where o.connection_id = {connectionId} and (not o.is_archived or w.customers > 0)
              order by u.id is not null, w.customers desc nulls last, name limit {Most}
            """).ToListAsync(cancellationToken);
}
