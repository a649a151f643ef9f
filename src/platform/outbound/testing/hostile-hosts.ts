/** Hosts no outgoing request may be talked into, as attackers write them; the parser of URLs makes plain addresses of most. */

/** This machine, private networks, reserved ranges. */
const inside = words(`
  127.0.0.1 127.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 127.0.0.1. ①②⑦.0.0.1 127。0。0。1 0 0.0.0.0
  10.0.0.1 100.64.0.1 172.16.5.4 172.31.255.255 192.168.1.1 192.0.0.192 198.18.0.1 224.0.0.1 255.255.255.255 240.0.0.1
  [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:a00:1] [::127.0.0.1] [::7f00:1]
  [fc00::1] [fe80::1] [fec0::1] [ff02::1] [64:ff9b::10.0.0.1] [64:ff9b:1::1]
  [2002:7f00:1::] [2001::1] [::ffff:0:127.0.0.1] [100::1]
  localhost LOCALHOST localhost. a.localhost metadata router nas.local printer.lan metadata.google.internal
`);

/** Metadata services, which no policy may let through, whatever the configuration names. */
const metadata = words(`
  169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.16689662 168.63.129.16 100.100.100.200
  [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::169.254.169.254] [::ffff:0:169.254.169.254] [64:ff9b::a9fe:a9fe]
  [2002:a9fe:a9fe::1] [fd00:ec2::254] [fd00:0ec2:0::0254] [::ffff:100.100.100.200] [64:ff9b::168.63.129.16]
`);

export const hostileHosts: readonly string[] = [...inside, ...metadata];

/** As they reach a socket, and as URLs. */
export const metadataAddresses: readonly string[] = metadata.map((host) =>
  new URL(`https://${host}/`).hostname.replaceAll(/[[\]]/g, ''),
);
export const metadataUrls: readonly URL[] = metadata.map((host) => new URL(`https://${host}/latest/meta-data/`));

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
