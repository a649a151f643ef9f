/** The file name a server proposes: Content-Disposition by RFC 6266, with the extended notation of RFC 8187. */

/**
 * The proposed name as sent, or undefined. `filename*` wins over `filename` (RFC 6266 §4.3). The result is a stranger's
 * text: pass it through `safeFileName` before it touches a disk.
 */
export function parseContentDisposition(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const params = parseParams(header);
  const extended = params.get('filename*');
  const name = (extended === undefined ? undefined : decodeExtended(extended)) ?? plainName(params.get('filename'));
  return name === '' ? undefined : name;
}

/** `;`-separated `name=value` pairs, values as tokens or quoted strings with backslash escapes. The first one counts. */
function parseParams(header: string): Map<string, string> {
  const params = new Map<string, string>();
  const pattern = /;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"?|([^;]*))/g;
  for (const [, name = '', quoted, token] of `;${header.replace(/^[^;="]*(?:;|$)/, '')}`.matchAll(pattern)) {
    const key = name.toLowerCase();
    if (!params.has(key)) params.set(key, quoted?.replaceAll(/\\([\s\S])/g, '$1') ?? (token ?? '').trim());
  }
  return params;
}

/** `charset'language'percent-encoded` (RFC 8187 §3.2.1); undefined when malformed, so that `filename` is used. */
function decodeExtended(value: string): string | undefined {
  const match = /^([^']*)'[^']*'(.*)$/s.exec(value);
  const [, charset = '', encoded = ''] = match ?? [];
  try {
    if (charset.toLowerCase() === 'utf-8') return decodeURIComponent(encoded);
    if (charset.toLowerCase() === 'iso-8859-1') {
      return encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) =>
        String.fromCodePoint(Number.parseInt(digits, 16)),
      );
    }
  } catch {
    // Not valid UTF-8: as good as absent.
  }
  return undefined;
}

/** Header bytes arrive as Latin-1; many servers put bare UTF-8 there, which is what they mean when it decodes as such. */
function plainName(value: string | undefined): string | undefined {
  if (value === undefined || !/[\u0080-\u00ff]/.test(value) || /[\u0100-\uffff]/.test(value)) return value;
  const text = Buffer.from(value, 'latin1').toString('utf8');
  return text.includes('\ufffd') ? value : text;
}
