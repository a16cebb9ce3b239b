using System.Globalization;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>An unprivileged user of the machine. Postgres refuses to run as root, and nothing else has to.</summary>
public sealed record SystemUser(string Name, uint Id, uint GroupId)
{
    private static readonly string[] Preferred = ["postgres", "redis", "nobody"];

    /// <summary>The user servers run as: null unless this process is root.</summary>
    public static SystemUser? ForServers() => ProcessEnvironment.IsRoot ? Unprivileged() : null;

    internal static SystemUser? Parse(IEnumerable<string> passwd, string name) =>
        passwd.Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3 && fields[0] == name)
            .Select(fields => new SystemUser(name, Number(fields[2]), Number(fields[3])))
            .FirstOrDefault();

    private static SystemUser Unprivileged()
    {
        var passwd = File.ReadAllLines("/etc/passwd");
        return Preferred.Select(name => Parse(passwd, name)).FirstOrDefault(user => user is not null)
            ?? throw new InvalidOperationException(
                "Postgres does not run as root and there is no user postgres, redis or nobody. "
                + "Run as an ordinary user.");
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
