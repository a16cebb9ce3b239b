namespace HubSpotSync.FakeHubSpot.Webhooks;

internal sealed record DeliverySettingsBody(
    bool? Paused,
    bool? Shuffle,
    double? DuplicateShare,
    double? DropShare,
    int? DelayMs,
    int? BatchWindowMs,
    int? MaxBatchSize,
    int? TimeoutMs,
    int? MostWaiting)
{
    public static DeliverySettingsBody Of(DeliverySettings settings) => new(
        settings.Paused, settings.Shuffle, settings.DuplicateShare, settings.DropShare, settings.DelayMs,
        settings.BatchWindowMs, settings.MaxBatchSize, settings.TimeoutMs, settings.MostWaiting);

    public string? Problem()
    {
        int?[] times = [DelayMs, BatchWindowMs, TimeoutMs];
        return this switch
        {
            _ when times.Any(time => time is < 0 or > FakeOptionsValidation.LongestDelayMs) =>
                $"delayMs, batchWindowMs and timeoutMs must be from 0 to {FakeOptionsValidation.LongestDelayMs}.",
            { DuplicateShare: < 0 or > 1 } or { DropShare: < 0 or > 1 } =>
                "duplicateShare and dropShare must be from 0 to 1.",
            { MaxBatchSize: < 1 or > DeliverySettings.MostEventsACall } =>
                $"maxBatchSize must be from 1 to {DeliverySettings.MostEventsACall}.",
            { MostWaiting: < 1 or > 1_000_000 } => "mostWaiting must be from 1 to 1000000.",
            _ => null,
        };
    }

    public void ApplyTo(DeliverySettings settings)
    {
        settings.Paused = Paused ?? settings.Paused;
        settings.Shuffle = Shuffle ?? settings.Shuffle;
        settings.DuplicateShare = DuplicateShare ?? settings.DuplicateShare;
        settings.DropShare = DropShare ?? settings.DropShare;
        settings.DelayMs = DelayMs ?? settings.DelayMs;
        settings.BatchWindowMs = BatchWindowMs ?? settings.BatchWindowMs;
        settings.MaxBatchSize = MaxBatchSize ?? settings.MaxBatchSize;
        settings.TimeoutMs = TimeoutMs ?? settings.TimeoutMs;
        settings.MostWaiting = MostWaiting ?? settings.MostWaiting;
    }
}
