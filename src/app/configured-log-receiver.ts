/** The syslog server of the configuration, if there is one. */
import { createSyslogReceiver, type SyslogAddress } from '#adapters/syslog';
import type { LogReceiver } from '#platform/audit';
import type { Config } from '#platform/config';
import { readAuthorities } from '#platform/outbound';

/** @throws KuraError invalid `outbound.ca-unreadable` */
export function configuredLogReceiver({ audit }: Config): LogReceiver | undefined {
  const { syslog, syslogCaFile } = audit;
  if (syslog === undefined) return undefined;
  const ca = syslogCaFile === undefined ? undefined : readAuthorities(syslogCaFile);
  return createSyslogReceiver({ ...addressOf(syslog), ca });
}

/** The schema of the setting has seen to its form. */
function addressOf(text: string): SyslogAddress {
  const { protocol, hostname, port } = new URL(text);
  const host = hostname.replace(/^\[|\]$/g, '');
  return { protocol: protocol.slice(0, -1) as SyslogAddress['protocol'], host, port: Number(port) };
}
