using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>How much of an account's limit a day is used, as HubSpot last said.</summary>
internal sealed record DailyLimit(int Limit, int Used, DateTimeOffset LearntAt)
{
    private const int WarnsAt = 80;

    public int Percent => (int)(100L * Used / Limit);

    public bool IsNearlyUsed => Percent >= WarnsAt;

    /// <summary>"12,300 of 650,000 requests used today".</summary>
    public string Text => $"{Numbers.Count(Used)} of {Numbers.Of(Limit, "request")} used today";

    /// <summary>
    /// HubSpot counts anew at midnight where the account is: what it said before then says nothing now.
    /// </summary>
    public bool IsOfToday(HubSpotConnection connection, DateTimeOffset now)
    {
        var zone = WorkspaceZone.Of(connection.TimeZone ?? "UTC");
        return TimeZoneInfo.ConvertTime(LearntAt, zone).Date == TimeZoneInfo.ConvertTime(now, zone).Date;
    }

    /// <summary>What there is to say as long as HubSpot has said nothing today.</summary>
    public static string Unknown(HubSpotConnection connection) => connection switch
    {
        { DailyLimit: { } limit } =>
            $"HubSpot allows {Numbers.Of(limit, "request")} a day and has not told yet how many are used today.",
        { Access: ConnectionAccess.OAuth } =>
            "HubSpot has told of no limit a day. It sets none for connections by consent.",
        _ => "HubSpot has not told yet how many requests a day it allows.",
    };
}
