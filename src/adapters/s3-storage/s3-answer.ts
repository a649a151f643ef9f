/**
 * The few answers of an object store that are read. Their XML is flat and made by machines, and what is taken from it are
 * keys, numbers and codes; so the elements are looked for instead of parsed into a tree.
 */

/** Contents of every element of that name, in order, not decoded. */
export function elements(xml: string, name: string): readonly string[] {
  return Array.from(
    xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g')),
    ([, text]) => text ?? '',
  );
}

/** Text of the first element of that name. */
export function elementText(xml: string, name: string): string | undefined {
  const [text] = elements(xml, name);
  return text === undefined ? undefined : decoded(text);
}

/** The code of an error document, such as `NoSuchKey`; undefined when it is none. */
export function errorCode(body: Uint8Array): string | undefined {
  const xml = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return xml.includes('<Error>') ? elementText(xml, 'Code') : undefined;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|quot|apos|amp));/gi, (_all, decimal, hex, name) =>
    name === undefined
      ? String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal))
      : (named[name] ?? ''),
  );
}
