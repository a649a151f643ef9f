/** Until when the certificate of a storage holds, where an address names a server with one. */
import { s3Place } from '#adapters/s3-storage';
import { readCertificate } from '#platform/outbound';

/**
 * Milliseconds since 1970; undefined where there is none, or where it cannot be seen, as behind a proxy.
 * @param address that was reached just now, and so may be.
 */
export async function certificateEndOf(address: string, signal: AbortSignal): Promise<number | undefined> {
  if (!address.startsWith('s3:')) return undefined;
  const { protocol, hostname, port } = s3Place(address).endpoint;
  if (protocol !== 'https:') return undefined;
  try {
    const { endsAt } = await readCertificate(hostname, port === '' ? 443 : Number(port), signal);
    return Number.isFinite(endsAt) ? endsAt : undefined;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
