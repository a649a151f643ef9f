/** Whether a server is the one of this data directory: only then is the directory's own admin token any business of it. */
import type { Config } from '#platform/config';

export function isOwnServer(
  server: URL,
  { host, access }: { readonly host: Config['host']; readonly access: Pick<Config['access'], 'publicUrl'> },
): boolean {
  const name = server.hostname.replace(/^\[|\]$/g, '');
  const isThisMachine = name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
  return isThisMachine || name === host || server.origin === originOf(access.publicUrl);
}

function originOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : URL.parse(url)?.origin;
}
