using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Data.Protection;

/// <summary>AES-256-GCM under a key derived from <see cref="KeyRingOptions.Secret"/>.</summary>
internal sealed class KeyRingXmlEncryptor(string secret) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var cipher = new byte[plain.Length];
        using var aes = new AesGcm(KeyRingKey.Derive(secret), tag.Length);
        aes.Encrypt(nonce, plain, cipher, tag);
        var element = new XElement("encryptedKey", Convert.ToBase64String([.. nonce, .. tag, .. cipher]));
        return new EncryptedXmlInfo(element, typeof(KeyRingXmlDecryptor));
    }
}

/// <summary>Reads what <see cref="KeyRingXmlEncryptor"/> wrote; made by Data Protection itself.</summary>
internal sealed class KeyRingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        ReadOnlySpan<byte> all = Convert.FromBase64String(encryptedElement.Value);
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[all.Length - nonce - tag];
        var secret = services.GetRequiredService<IOptions<KeyRingOptions>>().Value.Secret;
        using var aes = new AesGcm(KeyRingKey.Derive(secret), tag);
        aes.Decrypt(all[..nonce], all[(nonce + tag)..], all.Slice(nonce, tag), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

internal static class KeyRingKey
{
    public static byte[] Derive(string secret) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(secret),
        32,
        info: "HubSpotSync.KeyRing"u8.ToArray());
}
