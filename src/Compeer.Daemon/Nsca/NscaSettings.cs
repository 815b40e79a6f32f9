using System.Net;
using Compeer.Daemon.Nsca.Ciphers;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nsca;

/// <summary>What <c>nsca.cfg</c> says.</summary>
/// <param name="EndPoint">Address and port on which is listened (<c>server_address</c>, 127.0.0.1 when it is not set;
/// <c>server_port</c>, 5667).</param>
/// <param name="Method">How packets are decrypted (<c>decryption_method</c>).</param>
/// <param name="Password">By what (<c>password</c>).</param>
/// <param name="MaxPacketAge">How old, or how far ahead, a packet's time may be (<c>max_packet_age</c>, 30 s); nought lets all
/// pass.</param>
/// <param name="AllowedHosts">Who may connect (<c>allowed_hosts</c>, which is ours).</param>
/// <param name="TellsEach">Whether the log has each result (<c>debug</c>).</param>
/// <param name="ChecksNames">Whether the address of whoever sends must be one of the host's whose result it is
/// (<c>strict_mode_spoofing</c>).</param>
internal sealed record NscaSettings(
    IPEndPoint EndPoint,
    EncryptionMethod Method,
    byte[] Password,
    TimeSpan MaxPacketAge,
    AddressList AllowedHosts,
    bool TellsEach,
    bool ChecksNames);
