using HubSpotSync.HubSpotApi;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>Tokens that a test hands out, one after the other; the last one for ever.</summary>
internal sealed class TestTokens(params string[] tokens) : IAccessTokens
{
    private readonly Queue<string> _tokens = new(tokens);

    public List<string> Replaced { get; } = [];

    public Task<string> GetAsync(CancellationToken cancellationToken) => Task.FromResult(_tokens.Peek());

    public Task<string> ReplaceAsync(string refused, CancellationToken cancellationToken)
    {
        Replaced.Add(refused);
        if (_tokens.Count > 1)
        {
            _tokens.Dequeue();
        }

        return Task.FromResult(_tokens.Peek());
    }
}
