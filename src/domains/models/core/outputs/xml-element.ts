/** A value of JSON as XML 1.0: properties are elements, items of a list are `item`; what is null or absent is left out. */
import { escapeHtml } from '#kernel/escape-html';

/** Letters that no XML 1.0 document can hold, not even by number; a lone half of a pair is one of them. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** Names of elements begin with a letter; of the rest of what XML allows we use as much as our own keys need. */
const elementName = /^[A-Za-z_][\w.-]*$/;

/** Keys that are no names of elements stand in an attribute: `<entry key="…">`. */
export function xmlElement(name: string, value: unknown): string {
  const isName = elementName.test(name);
  const tag = isName ? name : 'entry';
  const start = isName ? tag : `${tag} key="${xmlText(name)}"`;
  return `<${start}>${xmlContent(value)}</${tag}>`;
}

function xmlContent(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => xmlElement('item', item)).join('');
  if (typeof value === 'object' && value !== null) {
    const known = Object.entries(value).filter(([, field]) => field !== null && field !== undefined);
    return known.map(([key, field]) => xmlElement(key, field)).join('');
  }
  return xmlText(String(value));
}

function xmlText(text: string): string {
  // A reader turns a bare carriage return, and in attributes any white space, into something else.
  return escapeHtml(text.replaceAll(unwritable, '\u{FFFD}')).replaceAll(
    /[\t\n\r]/g,
    (space) => `&#${space.codePointAt(0)};`,
  );
}
