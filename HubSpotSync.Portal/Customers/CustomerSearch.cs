using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

/// <summary>
/// Finds customers by a part of their name, e-mail, company or phone. Where few have it they are looked up in an index;
/// where many have it each row is asked as it is come to, for so many ids would take longer to bring together.
/// </summary>
internal static class CustomerSearch
{
    private const int Few = 2_000;

    public static async Task<IQueryable<Customer>> WithTextAsync(
        this IQueryable<Customer> customers, CrmDbContext db, string text, CancellationToken cancellationToken)
    {
        var ids = await db.Database
            .SqlQuery<Guid>($"""select id as "Value" from search_customers({text}, {Few + 1})""")
            .ToArrayAsync(cancellationToken);
        if (ids.Length <= Few)
        {
            return customers.Where(customer => ids.Contains(customer.Id));
        }

        // Lowered by who lowered what it is compared with; .NET does it otherwise for some letters.
        var lowered = await db.Database.SqlQuery<string>($"""select lower({text}) as "Value" """)
            .SingleAsync(cancellationToken);

        // Not LIKE, which is what Contains becomes: of that Postgres expects to find next to nothing behind row-level
        // security, and reads and sorts all of them for a page. This it takes for a third, and goes along the list's
        // order until the page is full.
        return customers.Where(customer => customer.SearchText!.IndexOf(lowered) > -1); // null is no match
    }
}
