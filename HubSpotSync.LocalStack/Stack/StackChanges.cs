namespace HubSpotSync.LocalStack.Stack;

/// <summary>Wakes whoever waits for a state of the stack, whenever any state changed.</summary>
internal sealed class StackChanges
{
    private TaskCompletionSource _next = New();

    public void Notify() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look: a change between the look and the wait is not missed.
            var change = Volatile.Read(ref _next).Task;
            if (condition())
            {
                return;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
