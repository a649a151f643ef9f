/** Until when the certificate holds under which browsers see this installation (K-187): a proxy has it, people forget it. */
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { DAY, SECOND } from '#kernel/units';
import type { Probe } from '#platform/health';
import type { Metrics } from '#platform/metrics';
import { openEgress, readCertificate } from '#platform/outbound';

/** Most authorities renew at a third of ninety days; less than three weeks left means that nothing renewed it. */
const endsSoonMs = 21 * DAY;

export interface SiteCertificateDeps {
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** `access.publicUrl`. */
  readonly publicUrl?: string | undefined;
}

/** None where the public address is not known or has no TLS. */
export function siteCertificateProbes({ clock, metrics, publicUrl }: SiteCertificateDeps): readonly Probe[] {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  if (url?.protocol !== 'https:') return [];
  const { hostname } = url;
  // What the owner wrote into the configuration, and that may well be this machine.
  const place = { host: hostname, port: url.port === '' ? 443 : Number(url.port), egress: openEgress };
  let endsAt: number | undefined;
  metrics.labelledGauge(
    'kura_site_certificate_expires_timestamp_seconds',
    'End of the TLS certificate at access.publicUrl as last seen, in seconds since 1970; absent while unknown',
    ['host'],
    () => (endsAt === undefined ? [] : [{ labels: { host: hostname }, value: endsAt / SECOND }]),
  );
  async function run(signal: AbortSignal) {
    try {
      const seen = await readCertificate(place, signal);
      endsAt = Number.isFinite(seen.endsAt) ? seen.endsAt : undefined;
      return verdictOf(hostname, seen, clock.now());
    } catch (error) {
      endsAt = undefined;
      signal.throwIfAborted();
      // Some networks do not let a server reach itself by its outer name; that is no fault of the certificate.
      return { state: 'ok', detail: `${hostname}: not known, ${toKuraError(error).code}` } as const;
    }
  }
  // Never failed: the server behind the proxy is well, and starting it anew would mend nothing.
  return [{ name: 'site-certificate', run }];
}

function verdictOf(host: string, { endsAt, isForHost }: Awaited<ReturnType<typeof readCertificate>>, now: number) {
  const day = Number.isFinite(endsAt) ? new Date(endsAt).toISOString().slice(0, 10) : '?';
  if (!isForHost)
    return { state: 'degraded', detail: `${host}: the certificate is for another name, until ${day}` } as const;
  const isGood = endsAt - now >= endsSoonMs;
  return { state: isGood ? 'ok' : 'degraded', detail: `${host}: certificate until ${day}` } as const;
}
