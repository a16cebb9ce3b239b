using System.ComponentModel;
using System.Text.Json.Serialization;
using HubSpotSync.Core.Records;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HubSpotSync.Portal.Api.Records;

/// <summary>What a list of customers or companies can be narrowed by; without any of it, all that are active.</summary>
internal sealed record RecordFilter
{
    [JsonPropertyName("q")]
    [Description("As in the list's `q`.")]
    public string? Search { get; init; }

    [Description("Customers only: a lifecycle stage by its internal name, or none.")]
    public string? Stage { get; init; }

    [Description("Id of a tag.")]
    public string? Tag { get; init; }

    [Description("Where they were first known.")]
    public string? Source { get; init; }

    [Description("HubSpot's id of the owner, or none.")]
    public string? Owner { get; init; }

    [Description("active (without it) or archived.")]
    public string? Status { get; init; }

    [Description("How they stand with HubSpot: in-sync, on-its-way, needs-you, not-synced, detached or only-here.")]
    public string? Sync { get; init; }

    private bool IsArchived => Status == "archived";

    private Guid? TagId => Tag is null ? null : Guid.Parse(Tag);

    /// <returns>What is wrong with it; <c>null</c>: nothing.</returns>
    /// <param name="within">What its fields are named after: <c>filter.</c>.</param>
    public ProblemHttpResult? Check(RecordKind kind, string within = "") => this switch
    {
        { Search: { } text } when kind == RecordKind.Contact && text.Trim().Length < CustomerQuery.ShortestSearch =>
            ApiProblem.Unreadable($"{within}q", "Give two letters or more."),
        { Stage: not null } when kind == RecordKind.Company =>
            ApiProblem.Unreadable($"{within}stage", "Companies have no stage."),
        { Status: not (null or "active" or "archived") } =>
            ApiProblem.Unreadable($"{within}status", "This is neither active nor archived."),
        { Sync: { } sync } when SyncStandings.Parse(sync) is null =>
            ApiProblem.Unreadable($"{within}sync", $"This is none of {SyncStandings.Codes}."),
        { Source: not (null or "local" or "hubspot") } when kind == RecordKind.Contact =>
            ApiProblem.Unreadable($"{within}source", "This is neither local nor hubspot."),
        { Source: { } source } when !CompanyQuery.Sources.Contains(source) =>
            ApiProblem.Unreadable($"{within}source", "This is none of local, hubspot and contact."),
        { Tag: { } tag } when !Guid.TryParse(tag, out _) => ApiProblem.Unreadable($"{within}tag", "This is no id."),
        _ => null,
    };

    /// <summary>Of one that was checked.</summary>
    public CustomerQuery Customers(CustomerSort sort) => new(Search?.Trim(), Stage, sort)
    {
        Tag = TagId,
        Source = Source,
        Owner = Owner,
        IsArchived = IsArchived,
        Sync = SyncStandings.Parse(Sync),
    };

    /// <summary>Likewise.</summary>
    public CompanyQuery Companies() => new(Search?.Trim() is { Length: > 0 } wanted ? wanted : null)
    {
        Tag = TagId,
        Source = Source,
        Owner = Owner,
        IsArchived = IsArchived,
        Sync = SyncStandings.Parse(Sync),
    };

    public string QueryString(RecordKind kind) =>
        kind == RecordKind.Contact ? Customers(CustomerSort.Name).QueryString() : Companies().QueryString();
}
