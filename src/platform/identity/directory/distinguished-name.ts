/** Distinguished names as they are compared: spaces, letter case and ways of escaping do not differ (RFC 4514). Pure. */

/** Good for comparing, not for sending. */
export function comparableName(dn: string): string {
  return partsOf(dn)
    .map((part) => withoutSpaces(part))
    .map((part) => plain(part).normalize('NFKC').toLowerCase())
    .join('\n');
}

function withoutSpaces(part: string): string {
  const [name = '', ...values] = part.split('=');
  return [name, values.join('=')]
    .slice(0, values.length + 1)
    .map((text) => text.trim())
    .join('=');
}

/** Split at commas that are not escaped. */
function partsOf(dn: string): readonly string[] {
  return dn.split(/(?<!(?<!\\)(?:\\\\)*\\),/);
}

/** `\2C` and `\,` are the same comma; bytes of one letter stand side by side. In one pass: what was escaped escapes nothing. */
function plain(part: string): string {
  return part.replaceAll(/((?:\\[0-9a-f]{2})+)|\\(.)/gi, (_, bytes: string | undefined, letter: string) =>
    bytes === undefined ? letter : Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
}
