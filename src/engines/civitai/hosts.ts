/** Which hosts are CivitAI, which are this machine, and where the API lives below a base URL (civitai-api.md §1.1). */
import { KuraError } from '#kernel/errors';

const siteHosts: ReadonlySet<string> = new Set([
  'civitai.com',
  'api.civitai.com',
  'civitai.red',
  'civitaired.com',
  'civitai.green',
  'civitai.blue',
]);

export interface ApiBase {
  /** `https://civitai.com/api/v1`, without a slash at the end. */
  readonly apiUrl: string;
  /** `https://civitai.com`, or with the folder a proxy puts in front. */
  readonly siteUrl: string;
  /** Host and port, the key of the pace. */
  readonly host: string;
  /** Whether a token may travel: https, or http that does not leave this machine. */
  readonly safeForToken: boolean;
}

export function isCivitaiHost(hostname: string): boolean {
  return siteHosts.has(hostname.toLowerCase().replace(/^www\./, ''));
}

/** Where pictures lie; their addresses name no model. */
export function isImageHost(hostname: string): boolean {
  return /^(?:image(?:-b2)?|imagecache)\.civitai\.(?:com|red)$/i.test(hostname);
}

/** Where files lie behind signed addresses that expire. */
export function isStorageHost(hostname: string): boolean {
  return /^b2\.civitai\.com$|\.r2\.cloudflarestorage\.com$/i.test(hostname);
}

/** True for `localhost`, 127.0.0.0/8 and `[::1]`, with or without a port. */
export function isLoopback(host: string): boolean {
  const hostname = host.toLowerCase().replace(/:\d+$/, '');
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Accepts `https://civitai.com`, `https://civitai.com/api/v1` and `http://127.0.0.1:1234`.
 * @throws KuraError `civitai.base-url-invalid`.
 */
export function readApiBase(baseUrl: string): ApiBase {
  const url = URL.parse(baseUrl);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new KuraError('invalid', 'civitai.base-url-invalid', { params: { url: baseUrl.slice(0, 200) } });
  }
  const folder = url.pathname.replace(/\/+$/, '').replace(/\/api(\/v1)?$/, '');
  const siteUrl = `${url.origin}${folder}`;
  return {
    apiUrl: `${siteUrl}/api/v1`,
    siteUrl,
    host: url.host,
    safeForToken: url.protocol === 'https:' || isLoopback(url.host),
  };
}
