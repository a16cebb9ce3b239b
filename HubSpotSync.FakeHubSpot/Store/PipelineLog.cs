using System.Globalization;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>What became of an account's pipelines: who was changed when, and those that were deleted.</summary>
public sealed class PipelineLog
{
    private readonly List<PipelineAudit> _entries = [];
    private long _nextId = 880_001;

    public List<Pipeline> Archived { get; } = [];

    /// <summary>Ids HubSpot gives to pipelines and stages that bring none are numbers.</summary>
    public string NextId() => (_nextId++).ToString(CultureInfo.InvariantCulture);

    public void Add(PipelineAudit entry) => _entries.Add(entry);

    /// <summary>Newest first, as HubSpot lists them.</summary>
    public IEnumerable<PipelineAudit> Of(string pipelineId, string? stageId) => Enumerable.Reverse(_entries)
        .Where(entry => entry.PipelineId == pipelineId && entry.StageId == stageId);

    public PipelineLog Copy()
    {
        var copy = new PipelineLog { _nextId = _nextId };
        copy._entries.AddRange(_entries);
        copy.Archived.AddRange(Archived);
        return copy;
    }
}
