namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>What becomes of the answer to a call that meets a fault.</summary>
public enum FaultAnswer
{
    /// <summary>The connection is dropped, nothing is said.</summary>
    Drop,

    /// <summary>A refusal in HubSpot's words.</summary>
    Status,

    /// <summary>A page for people, as proxies before HubSpot answer.</summary>
    Html,

    /// <summary>The true answer.</summary>
    AsItIs,

    /// <summary>The true answer's first half, ended as if that were all.</summary>
    Half,

    /// <summary>The true answer, a few bytes at a time.</summary>
    Slowly,

    /// <summary>The true answer of a batch, without the chosen rows, which failed: a 207.</summary>
    PartOfBatch,
}
