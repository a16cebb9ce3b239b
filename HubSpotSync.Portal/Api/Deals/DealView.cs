using System.ComponentModel;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Api.Records;

namespace HubSpotSync.Portal.Api.Deals;

/// <summary>How a deal stands.</summary>
internal enum DealState
{
    Open,
    Won,
    Lost,
}

/// <summary>A deal. Deals are HubSpot's: they are read here and edited there.</summary>
internal sealed record DealView
{
    public required Guid Id { get; init; }
    public string? Name { get; init; }
    public decimal? Amount { get; init; }

    [Description("ISO 4217.")]
    public string? Currency { get; init; }
    public string? PipelineId { get; init; }
    public string? StageId { get; init; }

    [Description("The stage as people call it.")]
    public string? Stage { get; init; }
    public required DealState State { get; init; }
    public DateTimeOffset? CloseDate { get; init; }

    [Description("HubSpot's id of the owner.")]
    public string? OwnerId { get; init; }
    public Guid? CompanyId { get; init; }
    public required IReadOnlyList<Guid> CustomerIds { get; init; }
    public HubSpotRecord? HubSpot { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }

    public static DealView Of(Deal deal, Stage? stage, IEnumerable<Guid> customers, HubSpotRecord? hubSpot) => new()
    {
        Id = deal.Id,
        Name = deal.Name,
        Amount = deal.Amount,
        Currency = deal.Currency,
        PipelineId = deal.PipelineId,
        StageId = deal.StageId,
        Stage = stage?.Label,
        State = stage switch
        {
            { IsClosed: true, Probability: >= 1 } => DealState.Won,
            { IsClosed: true } => DealState.Lost,
            _ => DealState.Open,
        },
        CloseDate = deal.CloseDate,
        OwnerId = deal.HubspotOwnerId,
        CompanyId = deal.CompanyId,
        CustomerIds = [.. customers],
        HubSpot = hubSpot,
        CreatedAt = deal.CreatedAt,
        UpdatedAt = deal.UpdatedAt,
        ArchivedAt = deal.ArchivedAt,
    };
}
