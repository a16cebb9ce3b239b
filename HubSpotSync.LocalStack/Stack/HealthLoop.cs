namespace HubSpotSync.LocalStack.Stack;

/// <summary>Asks often until the first yes, then now and then.</summary>
internal sealed class HealthLoop(ResourceInstance instance, TimeProvider time)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var announced = false;
        while (true)
        {
            var healthy = await instance.Driver.IsHealthyAsync(cancellationToken);
            if (healthy && !announced)
            {
                await instance.Driver.BecameHealthyAsync(cancellationToken);
                announced = true;
            }

            instance.SetHealth(healthy);
            await Task.Delay(announced ? NowAndThen : Often, time, cancellationToken);
        }
    }
}
