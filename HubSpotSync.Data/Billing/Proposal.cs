using HubSpotSync.Core.Billing;

namespace HubSpotSync.Data.Billing;

public sealed class Proposal : Paper
{
    public const string PrimaryKey = "proposals_pkey";

    public ProposalState State { get; set; }
    public DateOnly? ValidUntil { get; set; }

    /// <summary>The name that whoever answered gave.</summary>
    public string? AnsweredBy { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public string? AnswerNote { get; set; }
    public List<ProposalLine> Lines { get; init; } = [];

    public override IReadOnlyList<LineRow> InOrder() => [.. Lines.OrderBy(line => line.Position)];

    protected override void Resize(int count)
    {
        Lines.RemoveAll(line => line.Position >= count);
        for (var at = Lines.Count; at < count; at++)
        {
            Lines.Add(new ProposalLine { WorkspaceId = WorkspaceId, ProposalId = Id, Position = at });
        }
    }
}
