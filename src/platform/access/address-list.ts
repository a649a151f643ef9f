/** Lists of IP networks in CIDR notation (P-037), on Node's own BlockList. */
import { BlockList, isIP } from 'node:net';

export interface AddressList {
  /** False for what is no address. */
  has(address: string): boolean;
}

/**
 * Entries are addresses or networks: `192.0.2.7`, `10.0.0.0/8`, `2001:db8::/32`.
 * @throws RangeError for an entry that is neither
 */
export function addressList(entries: readonly string[]): AddressList {
  const list = new BlockList();
  for (const entry of entries) add(list, entry);
  return {
    has: (address) => {
      const plain = withoutMapping(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, familyName(family));
    },
  };
}

function add(list: BlockList, entry: string): void {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  const widest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  const fits = rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)) && prefix <= widest;
  if (family === 0 || !fits) throw new RangeError(`not an address or network: ${entry}`);
  list.addSubnet(address, prefix, familyName(family));
}

/** An IPv4 client of a socket that listens on both families is written `::ffff:192.0.2.7`. */
export function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/**
 * What one customer of a provider has: an IPv4 address, of IPv6 a whole /64, from which one machine can take as many
 * addresses as it likes. Other text stays as it is.
 */
export function addressBlock(address: string): string {
  const plain = withoutMapping(address);
  return isIP(plain) === 6 ? `${firstGroups(plain).join(':')}::/64` : plain;
}

/** The first four groups of an IPv6 address, with what `::` and leading zeros leave out. */
function firstGroups(address: string): readonly string[] {
  const [left = '', right] = (address.split('%')[0] ?? '').split('::');
  const before = left === '' ? [] : left.split(':');
  const after = right === undefined || right === '' ? [] : right.split(':');
  // A dotted end stands for two groups.
  const length = before.length + after.length + (address.includes('.') ? 1 : 0);
  const zeros = right === undefined ? [] : Array.from({ length: 8 - length }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

function familyName(family: number): 'ipv4' | 'ipv6' {
  return family === 4 ? 'ipv4' : 'ipv6';
}
