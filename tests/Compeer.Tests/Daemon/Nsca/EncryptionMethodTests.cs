using System.Text;
using Compeer.Daemon.Nsca.Ciphers;

namespace Compeer.Tests.Daemon.Nsca;

/// <summary>Every method of encryption, beside what libmcrypt 2.5.8 made of the bytes 65 to 104 one after the other in its mode cfb,
/// with the bytes 0 to 127 as the server's random ones.</summary>
public sealed class EncryptionMethodTests
{
    private const string Short = "Pass word1";
    private const string Long = "a rather long passphrase of more than thirty-two bytes, even sixty-four";

    [Theory]
    [InlineData(2, Short, "a305779edd94212be3e5fb516b75e36811c936f236f2e2e9d1c2a9733c3ba50b6d697f0ff1eaed5f")]
    [InlineData(2, Long, "53be57351be613bf6be94404f65c3b2d84f23081c0226de2f0270715999797524c96f8a6e3f32533")]
    [InlineData(3, Short, "6b229cdafefc37926f013dd1f928d2ad650b3d62bf4c25e3486270c13bcf8b963e0dae2af016e12f")]
    [InlineData(3, Long, "c914896b751750c3e3aed4783595ad7fc40220b4b21a6c15e1498d35884df36d3761d8348fed79c2")]
    [InlineData(4, Short, "f47dadccaa24429a0749ac36712bc24fba5b2b36535a2a103bf0fa37df3b6b70571648f985f96d11")]
    [InlineData(4, Long, "731b85a0c6be8c9c9eb39559c00a9f2a2ad419beb03a6116d21c2bf13db3f319aae87fd12936b99d")]
    [InlineData(5, Short, "bc7e25bc34e5ff824bc68c79f7f95cf3341d523c160b9ebec35c52bc9d0fd41e5c48ea8cdc8bd081")]
    [InlineData(5, Long, "f68d2cb6edc94da66f690a3b3abf57c837e1a86b4047c44db7d98aa9f81f07189f7508b69640fd97")]
    [InlineData(6, Short, "7ec21a940574960d08123d666e69f30d71156560e79df9051ec57d556a67072ec66e6b81435bf9a9")]
    [InlineData(6, Long, "4fce3aed297b55ad6cb295ec752474d597342ddf93976c962b3ca2b3942fae034cc94f37db4a0ad6")]
    [InlineData(8, Short, "d670c8dbdd9b1a1a4494f574f8166e249c27f2277f3dc4860eb6440b5fcd40e14837e0bcdef8627e")]
    [InlineData(8, Long, "ce634edc35e4be1056076a3f1a9e18231c1c1d733ab2c5c858f6e073eab7abc43f66ba639b483fac")]
    [InlineData(9, Short, "db2e55324b69c2a31a304408e36409397ec1c8f6fed0a220a2acd0423273dc4eb23f20ea57983ebc")]
    [InlineData(9, Long, "18b7d9df7f3e2cb83ba096b4cbe2b101a499256af2e8dcdbb44411a4f390cf8a8d15338e477f6da8")]
    [InlineData(10, Short, "e8f07ad2e47889694f9d8e5038a78da364dda3522e112780c3ef2f8871bd77924065f686be7de036")]
    [InlineData(10, Long, "47c205a733186f0932c52b9da7485e9277ab684580084ffa547008cf88184fe71a0b1507c3ccfd0b")]
    [InlineData(11, Short, "bf087f2e55c78a51ec2f9b225462b6bcb152a691fe2d4030e202516280d85f288f5421a5fdf1b5fb")]
    [InlineData(11, Long, "880a9bd06fb0d8ab9c8b5752f5d21d1b20431ead5fedfb554189985cf9f0cecf08226aa1cb76ebfc")]
    [InlineData(14, Short, "3b410ddbae3f727be18ce8b4e0cb13a0f5b813d24dd0332b00db899386802a2b01cf73cb277d6aa3")]
    [InlineData(14, Long, "36f1000bd526f8f3c51d84aae15adbd9d533997822a1a4961c38daa64c062f20ea91660f6ad69da9")]
    [InlineData(15, Short, "3c48821c82ee7e0965508dc5d7092fe9579a07e5e88ab5cfb10d3a73e1a6183de2aede09df241ad3")]
    [InlineData(15, Long, "b82063567678ac87da41d8c81fe9c693fc940d3e69dbad9592744c7bb6da6b109aa5b38509668be3")]
    [InlineData(16, Short, "ea2855daba6f9c60215f41ab94dcf2df17a9e3f3b8d3be1b495394b6e100b8268c75508e5e549607")]
    [InlineData(16, Long, "8ace99055372c481d63744dd837d58f097bee9b6acbc5447b72b2b3e1a57384423ac9c1368dea872")]
    [InlineData(20, Short, "cc650f432e6c8c6fa876fc359733420518293ae84bdf5b209410436c8e14d4792458f169b5b78ca8")]
    [InlineData(20, Long, "5d3d36d974e427c892daa5d081d3797a313b33983252b161bc2b9d94912822e7c4da7816206640d3")]
    [InlineData(23, Short, "aa07944c3b3304ae762b5bc542691fc83bb253839ce1db32424dd8f1667b227c12d5596902c937e7")]
    [InlineData(23, Long, "f8b770092e6a5a82f63f8597427e8ff837e82a3dd506467c0a3da51823b5c4307fbe1c9ec2b07ed4")]
    [InlineData(26, Short, "13ae1a14db607b717dceb9b2e7705f1e1d59d7fbf54aa340af6626e5300b3bf7e5483cd47d790421")]
    [InlineData(26, Long, "924351b97dcc7a7137b3a37374a1480524047deeb0b1ab2ea41ed205aa0ddf993c05d4f1e64842e2")]
    public void Decrypt_WhatLibmcryptMade_GivesThePlainBytes(int number, string password, string made)
    {
        byte[] plain = [.. Enumerable.Range(65, 40).Select(value => (byte)value)];
        var coded = Convert.FromHexString(made);
        var cipher = Cipher(number, password);
        var found = new byte[plain.Length];
        cipher.Decrypt(coded.AsSpan(0, 7), found);
        Assert.Equal(plain[..7], found[..7]);

        // Not moved on: the same again, and more.
        cipher.Decrypt(coded.AsSpan(0, 19), found);
        cipher.Advance(coded.AsSpan(0, 19));
        cipher.Decrypt(coded.AsSpan(19), found.AsSpan(19));
        Assert.Equal(plain, found);
    }

    [Fact]
    public void Cipher_OfEachMethod_UndoesWhatItDid()
    {
        foreach (var method in EncryptionMethod.All)
        {
            var plain = Encoding.ASCII.GetBytes(method.Name + " is what this was encrypted with");
            var coded = TestPackets.Encrypt(Cipher(method.Number, Short), plain);
            var found = new byte[plain.Length];
            Cipher(method.Number, Short).Decrypt(coded, found);
            Assert.Equal(plain, found);
            Assert.Equal(method.Number == 0, coded.AsSpan().SequenceEqual(plain));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(22)]
    [InlineData(24)]
    [InlineData(-1)]
    public void Find_WhatNoSenderOfDebianCanUse_IsNone(int number) => Assert.Null(EncryptionMethod.Find(number));

    private static NscaCipher Cipher(int number, string password) => EncryptionMethod.Find(number)!.Cipher(
        Encoding.ASCII.GetBytes(password), [.. Enumerable.Range(0, 128).Select(value => (byte)value)]);
}
