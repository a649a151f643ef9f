/** Until when the certificate of a storage holds, where an address names a server with one. */
import { s3Place } from '#adapters/s3-storage';
import { type Config, namesOf } from '#platform/config';
import { createStorageEgress, readCertificate } from '#platform/outbound';

/**
 * Milliseconds since 1970; undefined where there is none, or where it cannot be seen, as behind a proxy. Under the same
 * rule as the storage itself: its name may have come to mean another address since it was reached.
 */
export function certificateEnds(
  config: Pick<Config, 'backups'>,
): (address: string, signal: AbortSignal) => Promise<number | undefined> {
  const egress = createStorageEgress(namesOf(config.backups.hosts));
  return async (address, signal) => {
    if (!address.startsWith('s3:')) return undefined;
    const { protocol, hostname, port } = s3Place(address).endpoint;
    if (protocol !== 'https:') return undefined;
    try {
      const place = { host: hostname, port: port === '' ? 443 : Number(port), egress };
      const { endsAt } = await readCertificate(place, signal);
      return Number.isFinite(endsAt) ? endsAt : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  };
}
