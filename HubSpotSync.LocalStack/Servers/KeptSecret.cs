namespace HubSpotSync.LocalStack.Servers;

internal static class KeptSecret
{
    public static string ReadOrCreate(string file, Func<string> create)
    {
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "/");
        var secret = create();
        ServerFolder.WriteSecret(file, secret, user: null);
        return secret;
    }
}
