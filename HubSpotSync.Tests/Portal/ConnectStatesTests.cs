using HubSpotSync.Core.Planning;
using HubSpotSync.Portal.Connect;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Tests.Portal;

public sealed class ConnectStatesTests
{
    private static readonly Guid User = Guid.NewGuid();
    private static readonly Guid Workspace = Guid.NewGuid();

    private readonly FixedClock _clock = new();
    private readonly ConnectStates _states;

    public ConnectStatesTests() => _states = new ConnectStates(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void A_state_comes_back_with_what_was_chosen()
    {
        var (state, nonce) = _states.Create(User, Workspace, SyncMode.HubSpotIsSource);

        var problem = _states.Read(state, new ConnectVisitor(User, Workspace, nonce), out var read);

        Assert.Equal(StateProblem.None, problem);
        Assert.Equal(SyncMode.HubSpotIsSource, read?.Mode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("made up")]
    public void What_is_not_ours_is_unreadable(string? text) =>
        Assert.Equal(StateProblem.Unreadable, _states.Read(text, new ConnectVisitor(User, Workspace, "n"), out _));

    [Fact]
    public void A_changed_state_is_unreadable()
    {
        var (state, nonce) = _states.Create(User, Workspace, SyncMode.TwoWay);
        var changed = state[..^2] + (state[^2] == 'A' ? 'B' : 'A') + state[^1];

        Assert.Equal(StateProblem.Unreadable, _states.Read(changed, new ConnectVisitor(User, Workspace, nonce), out _));
    }

    [Fact]
    public void A_state_ends_after_ten_minutes()
    {
        var (state, nonce) = _states.Create(User, Workspace, SyncMode.TwoWay);
        _clock.Now += ConnectStates.Lifetime;

        Assert.Equal(StateProblem.Expired, _states.Read(state, new ConnectVisitor(User, Workspace, nonce), out _));
    }

    [Fact]
    public void Another_user_another_workspace_or_another_browser_is_foreign()
    {
        var (state, nonce) = _states.Create(User, Workspace, SyncMode.TwoWay);

        var otherUser = new ConnectVisitor(Guid.NewGuid(), Workspace, nonce);
        var otherWorkspace = new ConnectVisitor(User, Guid.NewGuid(), nonce);
        var otherBrowser = new ConnectVisitor(User, Workspace, "other");
        Assert.Equal(StateProblem.Foreign, _states.Read(state, otherUser, out _));
        Assert.Equal(StateProblem.Foreign, _states.Read(state, otherWorkspace, out _));
        Assert.Equal(StateProblem.Foreign, _states.Read(state, otherBrowser, out _));
    }

    [Fact]
    public void A_state_is_taken_once_even_when_its_cookie_stays()
    {
        var (state, nonce) = _states.Create(User, Workspace, SyncMode.TwoWay);
        _states.Read(state, new ConnectVisitor(User, Workspace, nonce), out _);

        Assert.Equal(StateProblem.Used, _states.Read(state, new ConnectVisitor(User, Workspace, nonce), out _));
        Assert.Equal(StateProblem.Used, _states.Read(state, new ConnectVisitor(User, Workspace, null), out _));
    }
}
