/** Where clamd listens, as people write it. */
import type { NetConnectOpts } from 'node:net';

const CLAMD_PORT = 3310;

/** `/run/clamav/clamd.ctl`, `unix:/run/…`, `localhost`, `127.0.0.1:3310` or `[::1]:3310`. */
export function clamdPlace(address: string): NetConnectOpts {
  const path = /^(?:unix:(?:\/\/(?=\/))?)?(\/.+)$/.exec(address)?.[1];
  if (path !== undefined) return { path };
  const [, bracketed, plain, port] = /^(?:tcp:(?:\/\/)?)?(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(address) ?? [];
  return { host: bracketed ?? plain ?? address, port: port === undefined ? CLAMD_PORT : Number(port) };
}
