/** An entry as Markdown with YAML front matter, and back; what is written comes back unchanged (blueprint §4.4). */
import { parse, stringify } from 'yaml';

import { fenceAfter } from '../asking/passages-of.ts';
import { careOf, type Entry, type EntryCare, plainCare } from '../entries/entry-content.ts';
import { type ImportRecord, readRecord, type SkipReason, skipBecause } from './import-record.ts';

/** @param attachments Where files beside the entry stand, seen from this file. */
export function writeMarkdown(entry: Entry, attachments: readonly string[] = []): string {
  const { title, type, tags, lang, status, createdAt, updatedAt, body } = entry;
  const front = {
    kuraId: entry.id,
    ...(entry.externalId === undefined ? {} : { id: entry.externalId }),
    title,
    type,
    tags,
    lang,
    status,
    created: createdAt,
    updated: updatedAt,
    ...careFields(entry),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${body}\n`;
}

/** Only what differs from an entry that everybody sees and nobody looks after. */
function careFields(entry: Entry): Partial<EntryCare> {
  const care = Object.entries(careOf(entry)).filter(([name, value]) => value !== plainValues.get(name));
  return Object.fromEntries(care);
}

const plainValues: ReadonlyMap<string, unknown> = new Map(Object.entries(plainCare));

/** What a file is called by when it does not say so itself. */
export interface MarkdownNames {
  readonly id: string;
  readonly title: string;
}

export function readMarkdown(text: string, names: MarkdownNames): ImportRecord | SkipReason {
  const { yaml, body } = splitFront(text.replaceAll(/\r\n?/g, '\n'));
  let front: Front;
  try {
    front = parseFront(yaml);
  } catch (error) {
    const [detail = ''] = String(error instanceof Error ? error.message : error).split('\n', 1);
    return skipBecause('knowledge.skip-front-matter', { detail });
  }
  return readRecord({
    title: firstHeading(body) ?? names.title,
    type: 'other',
    // Kura's own id is identity enough.
    ...(front['kuraId'] === undefined ? { id: names.id } : {}),
    ...front,
    body,
  });
}

type Front = Readonly<Record<string, unknown>>;

const frontMatter = /^---[ \t]*\n(?<yaml>(?:.*\n)*?)---[ \t]*(?:\n|$)/;

function splitFront(text: string): { readonly yaml: string; readonly body: string } {
  const match = frontMatter.exec(text);
  return match === null
    ? { yaml: '', body: text }
    : { yaml: match.groups?.['yaml'] ?? '', body: text.slice(match[0].length) };
}

/** A field without a value counts as absent; people write tags as a list or with commas, and titles that are numbers. */
function parseFront(yaml: string): Front {
  const value: unknown = parse(yaml, { logLevel: 'error' });
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('is no list of fields');
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      if (field === null) return [];
      if (name === 'tags' && typeof field === 'string') return [[name, field.split(/[,、]/).filter(isWritten)]];
      return [[name, name === 'title' && typeof field === 'number' ? String(field) : field]];
    }),
  );
}

function isWritten(text: string): boolean {
  return text.trim() !== '';
}

function firstHeading(body: string): string | undefined {
  return /^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/m.exec(withoutCode(body))?.[1]?.slice(0, 300);
}

/** Fenced blocks go; one that never ends goes to the end of the text, as CommonMark has it. */
function withoutCode(body: string): string {
  let fence: string | undefined;
  const lines = body.split('\n').filter((line) => {
    const before = fence;
    fence = fenceAfter(line, before);
    return before === undefined && fence === undefined;
  });
  return lines.join('\n');
}
