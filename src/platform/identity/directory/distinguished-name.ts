/** Distinguished names as they are compared: spaces, letter case and ways of escaping do not differ (RFC 4514). Pure. */

/** Good for comparing, not for sending. */
export function comparableName(dn: string): string {
  return partsOf(dn)
    .map((part) => part.replace(/^\s*([^=]*?)\s*=\s*/, '$1=').trim())
    .map((part) => plain(part).normalize('NFKC').toLowerCase())
    .join('\n');
}

/** Split at commas that are not escaped. */
function partsOf(dn: string): readonly string[] {
  return dn.split(/(?<!(?<!\\)(?:\\\\)*\\),/);
}

/** `\2C` and `\,` are the same comma; bytes of one letter stand side by side. */
function plain(part: string): string {
  return part
    .replaceAll(/(?:\\[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'))
    .replaceAll(/\\(.)/g, '$1');
}
