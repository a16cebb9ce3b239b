using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Notes;

internal enum NoteAnswer
{
    Done,
    Gone,

    /// <summary>Nothing is written, or more than fits.</summary>
    Unfit,

    /// <summary>Somebody else wrote it.</summary>
    NotYours,

    /// <summary>It was changed since it was read.</summary>
    Moved,
}

/// <summary>Keeps what people write about a record. HubSpot never sees it.</summary>
internal sealed class NoteBook(CrmDbContext db, TimeProvider clock)
{
    /// <param name="noteId">Chosen by whoever writes, so that sending twice makes one note.</param>
    public async Task<NoteAnswer> AddAsync(
        RecordKind kind, Guid recordId, Guid noteId, string? text, Guid by, CancellationToken cancellationToken)
    {
        if (!await HasRecordAsync(kind, recordId, cancellationToken))
        {
            return NoteAnswer.Gone;
        }

        if (Fit(text) is not { } fit)
        {
            return NoteAnswer.Unfit;
        }

        db.Notes.Add(new Note
        {
            Id = noteId,
            WorkspaceId = db.WorkspaceId,
            CustomerId = kind == RecordKind.Contact ? recordId : null,
            CompanyId = kind == RecordKind.Company ? recordId : null,
            Text = fit,
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.Violates(Note.PrimaryKey))
        {
            db.ChangeTracker.Clear(); // the same note, sent twice
        }

        return NoteAnswer.Done;
    }

    /// <summary>Whether what the notes are about is there.</summary>
    public Task<bool> HasRecordAsync(RecordKind kind, Guid recordId, CancellationToken cancellationToken) =>
        kind == RecordKind.Contact
            ? db.Customers.AnyAsync(row => row.Id == recordId && row.ErasedAt == null, cancellationToken)
            : db.Companies.AnyAsync(row => row.Id == recordId, cancellationToken);

    public async Task<NoteAnswer> EditAsync(
        Guid noteId, uint version, string? text, Writer writer, CancellationToken cancellationToken)
    {
        var note = await FindAsync(noteId, cancellationToken);
        if (note is null || !writer.May(note))
        {
            return note is null ? NoteAnswer.Gone : NoteAnswer.NotYours;
        }

        if (Fit(text) is not { } fit)
        {
            return NoteAnswer.Unfit;
        }

        if (note.Version != version)
        {
            return note.Text == fit ? NoteAnswer.Done : NoteAnswer.Moved;
        }

        (note.Text, note.EditedAt) = (fit, clock.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return NoteAnswer.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return NoteAnswer.Moved;
        }
    }

    /// <summary>Gone already is what was wanted.</summary>
    public async Task<NoteAnswer> DeleteAsync(Guid noteId, Writer writer, CancellationToken cancellationToken)
    {
        var note = await FindAsync(noteId, cancellationToken);
        if (note is null || !writer.May(note))
        {
            return note is null ? NoteAnswer.Done : NoteAnswer.NotYours;
        }

        await db.Notes.Where(row => row.Id == noteId).ExecuteDeleteAsync(cancellationToken);
        return NoteAnswer.Done;
    }

    public Task<Note?> FindAsync(Guid noteId, CancellationToken cancellationToken) =>
        db.Notes.FirstOrDefaultAsync(note => note.Id == noteId, cancellationToken);

    private static string? Fit(string? text) =>
        text?.ReplaceLineEndings("\n").Trim() is { Length: > 0 and <= Note.Longest } fit ? fit : null;
}

/// <summary>Whoever wrote a note may change it, and an admin.</summary>
internal sealed record Writer(Guid Id, bool IsAdmin)
{
    public bool May(Note note) => IsAdmin || note.CreatedBy == Id;
}
