namespace HubSpotSync.Portal.Ask;

/// <summary>What somebody who typed a line wants.</summary>
internal abstract record Wish
{
    private Wish()
    {
    }

    /// <summary>Is all well?</summary>
    internal sealed record Status : Wish;

    internal sealed record SyncNow : Wish;

    internal sealed record Stop : Wish;

    /// <summary>How far is the run that is on?</summary>
    internal sealed record HowFar : Wish;

    /// <param name="Subject">An e-mail, a name, or a part of one.</param>
    internal sealed record Why(string Subject) : Wish;

    /// <summary>What needs somebody?</summary>
    internal sealed record Failing : Wish;

    internal sealed record LeftOut : Wish;

    internal sealed record Duplicates : Wish;

    /// <summary>What came with the last sync?</summary>
    internal sealed record Imported : Wish;

    internal sealed record Help : Wish;

    internal sealed record Unclear : Wish;
}

/// <summary>
/// Makes a wish of what somebody typed. The one that is built in knows some plain words; a language model could stand
/// in its place.
/// </summary>
internal interface IUnderstanding
{
    Task<Wish> UnderstandAsync(string text, CancellationToken cancellationToken);
}
