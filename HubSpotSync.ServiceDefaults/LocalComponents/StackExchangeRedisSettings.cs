namespace Aspire.StackExchange.Redis;

/// <summary>The part of Aspire's settings of this name that the product uses.</summary>
public sealed class StackExchangeRedisSettings
{
    public string? ConnectionString { get; set; }
    public bool DisableHealthChecks { get; set; }
}
