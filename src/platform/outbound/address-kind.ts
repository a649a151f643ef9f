/** What an IP address leads to, by the registries of special addresses of IANA (RFC 6890) and of cloud providers. */
import { BlockList, isIP } from 'node:net';

/**
 * `never`: no server that Kura has business with; link-local addresses and those of metadata services, which hand their
 * machine's credentials to whoever asks.
 */
export type AddressKind = 'public' | 'house' | 'this-machine' | 'never';

const thisMachine = blocks('127.0.0.0/8 ::1/128');
const house = blocks('10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10');
const never = blocks(
  // Unspecified, link-local, for protocols, for documents, for benchmarks, relays, multicast and reserved.
  '0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24',
  '224.0.0.0/3 ::/128 64:ff9b:1::/48 100::/64 2001::/32 2001:2::/48 2001:db8::/32 3fff::/20 5f00::/16 fe80::/10 ff00::/8',
  // Metadata services outside of those: Amazon, Alibaba, Azure.
  'fd00:ec2::/32 100.100.100.200/32 168.63.129.16/32',
);

/** `never` for what is no address. */
export function addressKind(address: string): AddressKind {
  const plain = address.split('%')[0] ?? '';
  const family = isIP(plain);
  if (family === 0 || holds(never, plain)) return 'never';
  if (holds(thisMachine, plain)) return 'this-machine';
  if (holds(house, plain)) return 'house';
  const inner = family === 6 ? embeddedIpv4(plain) : undefined;
  return inner === undefined ? 'public' : addressKind(inner);
}

/** The IPv4 address that a gateway takes out of an IPv6 address and sends on to: NAT64, 6to4, compatible, translated. */
function embeddedIpv4(address: string): string | undefined {
  const groups = groupsOf(address);
  const start = groups.slice(0, 6).join(':');
  const last = groups.slice(6);
  if (groups[0] === 0x2002) return dotted(groups.slice(1, 3));
  // 64:ff9b::/96, ::/96, ::ffff:0:0/96 and ::ffff:0:0:0/96.
  const gateways = ['100:65435:0:0:0:0', '0:0:0:0:0:0', '0:0:0:0:0:65535', '0:0:0:0:65535:0'];
  return gateways.includes(start) ? dotted(last) : undefined;
}

function groupsOf(address: string): readonly number[] {
  // The parser of addresses in URLs writes all groups as hexadecimal numbers, dotted ends too.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right] = text.split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  const zeros = right === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}

function dotted([high = 0, low = 0]: readonly number[]): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blocks(...lines: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of lines.flatMap((line) => line.split(' '))) {
    const [network = '', prefix] = block.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
