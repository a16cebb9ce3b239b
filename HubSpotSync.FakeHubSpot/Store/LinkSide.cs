namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>One record, and the type of those it is linked to. Packed, since there may be millions.</summary>
internal readonly record struct LinkSide
{
    private readonly long _packed;

    public LinkSide(ObjectType from, long id, ObjectType to) => _packed = (id << 4) | ((long)from << 2) | (long)to;

    public ObjectType From => (ObjectType)((_packed >> 2) & 3);
    public long Id => _packed >> 4;
    public ObjectType To => (ObjectType)(_packed & 3);
}
