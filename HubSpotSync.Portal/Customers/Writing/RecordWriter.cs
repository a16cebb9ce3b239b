using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>
/// The one way by which pages, programs and files write customers and companies. What HubSpot owns is refused, what
/// somebody else saved meanwhile is not overwritten unseen, and every change is noted beside it. Who writes is the
/// context's actor. HubSpot is told by the database's trigger.
/// </summary>
internal sealed class RecordWriter(
    CrmDbContext db, RuleBook book, CompanyChoices companies, TimeProvider clock)
{
    private const int MostLooks = 5;

    /// <param name="id">Chosen by whoever asks, so that asking twice creates one.</param>
    public async Task<WriteAnswer> CreateAsync(
        RecordKind kind, Guid id, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(kind, cancellationToken);
        var check = new EditCheck(rules, HubSpotId: null);
        var record = New(kind, id);
        var changes = check.Read(record, values, was: null);
        if ((check.Answer(record, changes) ?? await companies.AnswerAsync(changes, cancellationToken)) is { } refused)
        {
            return refused;
        }

        Apply(record, changes);
        Note(record, "created", fields: null);
        db.Add(record);
        return await SaveAsync(record, changes, cancellationToken)
            ?? new WriteAnswer.Saved(record.Id, [.. changes.Keys]);
    }

    public async Task<WriteAnswer> UpdateAsync(
        RecordKind kind, RecordEdit edit, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            if (await FindAsync(kind, edit.Id, cancellationToken) is not { } record)
            {
                return new WriteAnswer.Gone();
            }

            var rules = await book.ReadAsync(kind, cancellationToken);
            var linked = await book.LinkedAsync(rules, [edit.Id], cancellationToken);
            var check = new EditCheck(rules, linked.TryGetValue(edit.Id, out var id) ? id : null);
            var hasMoved = edit.Version is { } version && version != record.Version;
            var changes = check.Read(record, edit.Values, edit.Was);
            if (hasMoved && EditCheck.Clashes(changes, edit.Was) is { Count: > 0 } clashes)
            {
                return new WriteAnswer.Clash(record, clashes);
            }

            if ((check.Answer(record, changes) ?? await companies.AnswerAsync(changes, cancellationToken))
                is { } refused)
            {
                return refused;
            }

            if (changes.Count == 0)
            {
                return new WriteAnswer.Saved(record.Id, [], hasMoved);
            }

            Apply(record, changes);
            Note(record, "edited", await companies.FieldsOfAsync(changes, cancellationToken));
            try
            {
                return await SaveAsync(record, changes, cancellationToken)
                    ?? new WriteAnswer.Saved(record.Id, [.. changes.Keys], hasMoved);
            }
            catch (DbUpdateConcurrencyException) when (look < MostLooks)
            {
                db.ChangeTracker.Clear(); // moved between our read and our write: look again
            }
        }
    }

    public Task<WriteAnswer> ArchiveAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        MoveAsync(kind, id, archive: true, cancellationToken);

    public Task<WriteAnswer> RestoreAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        MoveAsync(kind, id, archive: false, cancellationToken);

    private async Task<WriteAnswer> MoveAsync(
        RecordKind kind, Guid id, bool archive, CancellationToken cancellationToken)
    {
        if (await FindAsync(kind, id, cancellationToken) is not { } record)
        {
            return new WriteAnswer.Gone();
        }

        if ((record.ArchivedAt is not null) == archive)
        {
            return new WriteAnswer.Saved(id, []);
        }

        if (!archive && (record.MergedInto is not null || record is Customer { ErasedAt: not null }))
        {
            return WriteAnswer.No(record.MergedInto is not null
                ? "It was merged into another one and lives on there."
                : "It was erased for privacy: nothing is left that could be restored.");
        }

        record.ArchivedAt = archive ? clock.GetUtcNow() : null;
        Touch(record);
        Note(record, archive ? "archived" : "restored", fields: null);
        return await SaveAsync(record, new Dictionary<string, FieldEdit>(), cancellationToken)
            ?? new WriteAnswer.Saved(id, ["archived_at"]);
    }

    public async Task<CrmRecord?> FindAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        kind == RecordKind.Contact
            ? await db.Customers.FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            : await db.Companies.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <returns>What the database has against it; or <c>null</c>.</returns>
    private async Task<WriteAnswer?> SaveAsync(
        CrmRecord record, IReadOnlyDictionary<string, FieldEdit> changes, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException error) when (error.Violates("customers_pkey") || error.Violates("companies_pkey"))
        {
            db.ChangeTracker.Clear();
            return new WriteAnswer.Saved(record.Id, []); // the same wish, sent twice
        }
        catch (DbUpdateException error) when (error.Violates(Customer.EmailIndex))
        {
            db.ChangeTracker.Clear();
            var email = record.ValueOf(StandardFields.Email);
            var other = await db.Customers.Where(row => row.Email == email && row.ArchivedAt == null)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
            return WriteAnswer.No("Another customer has this e-mail already.", StandardFields.Email) with
            {
                OtherId = other,
            };
        }
        catch (DbUpdateException error) when (error.Violates(Company.TextIndex))
        {
            db.ChangeTracker.Clear();
            return WriteAnswer.No("Another company is called so already.", changes.ContainsKey("name") ? "name" : "");
        }
    }

    private CrmRecord New(RecordKind kind, Guid id)
    {
        var now = clock.GetUtcNow();
        return kind == RecordKind.Contact
            ? new Customer { Id = id, WorkspaceId = db.WorkspaceId, CreatedAt = now, UpdatedAt = now }
            : new Company { Id = id, WorkspaceId = db.WorkspaceId, CreatedAt = now, UpdatedAt = now };
    }

    private void Apply(CrmRecord record, IReadOnlyDictionary<string, FieldEdit> changes)
    {
        foreach (var (field, edit) in changes)
        {
            record.SetValue(field, edit.Mine);
        }

        Touch(record);
    }

    // The database dates customers itself.
    private void Touch(CrmRecord record)
    {
        if (record is Company)
        {
            record.UpdatedAt = clock.GetUtcNow();
        }
    }

    private void Note(CrmRecord record, string what, string? fields) =>
        db.Activities.Add(new Activity
        {
            WorkspaceId = db.WorkspaceId,
            CustomerId = record is Customer ? record.Id : null,
            CompanyId = record is Company ? record.Id : null,
            Kind = $"{(record is Customer ? "customer" : "company")}.{what}",
            Fields = fields,
            Params = ActivityLog.KeyOf(db),
            By = db.ActingUser,
            At = clock.GetUtcNow(),
        });
}
