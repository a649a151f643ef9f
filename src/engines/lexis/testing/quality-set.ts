/**
 * Texts and judged queries to measure search quality with: two sets, apart from each other. The texts of one are in
 * `texts-*.txt` of its folder, written first; the queries in `queries.txt`, judged by reading. A head line is `id|type|tags|title`, the lines up to the next head
 * the body. A query is `kind;query;judgements;filters`: a bare id is what one looks for, `~` related, `!` forbidden.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface QualityText {
  readonly id: string;
  readonly type: string;
  readonly tags: readonly string[];
  readonly title: string;
  readonly body: string;
}

export interface QualityQuery {
  readonly kind: string;
  readonly text: string;
  /** 2: what one looks for; 1: related. Anything else is not relevant. */
  readonly grades: ReadonlyMap<string, number>;
  /** What negation and filters exclude. */
  readonly forbidden: ReadonlySet<string>;
  readonly filter: { readonly type?: string; readonly tag?: string };
  /** Rules and weights are tuned on `dev` only. */
  readonly part: 'dev' | 'held-out';
}

/** `everyday` is short and written later, for ways of writing the first has few of: okurigana, numerals, camel case. */
export type QualitySet = 'first' | 'everyday';

const folders: Readonly<Record<QualitySet, string>> = {
  first: path.join(import.meta.dirname, 'quality'),
  everyday: path.join(import.meta.dirname, 'quality-everyday'),
};

export function readQualityTexts(set: QualitySet = 'first'): readonly QualityText[] {
  return readdirSync(folders[set])
    .filter((file) => file.startsWith('texts-'))
    .toSorted()
    .flatMap((file) => linesOf(set, file).reduce<QualityText[]>(withLine, []));
}

function withLine(texts: QualityText[], line: string): QualityText[] {
  const head = /^(?<id>[\da-z-]+)\|(?<type>[a-z]+)\|(?<tags>[^|]*)\|(?<title>.+)$/u.exec(line)?.groups;
  const last = texts.at(-1);
  if (head !== undefined) {
    const { id = '', type = '', tags = '', title = '' } = head;
    return [...texts, { id, type, tags: tags.split(','), title, body: '' }];
  }
  return last === undefined ? texts : [...texts.slice(0, -1), { ...last, body: `${last.body}${line}\n` }];
}

/** Three of five queries of each kind are for tuning, the other two are held out. */
export function readQualityQueries(set: QualitySet = 'first'): readonly QualityQuery[] {
  const seen = new Map<string, number>();
  return linesOf(set, 'queries.txt').map((line) => {
    const [kind = '', text = '', judgements = '', filters = ''] = line.split(';');
    const place = seen.get(kind) ?? 0;
    seen.set(kind, place + 1);
    return { kind, text, ...judged(judgements), filter: filterOf(filters), part: place % 5 < 3 ? 'dev' : 'held-out' };
  });
}

function judged(judgements: string): Pick<QualityQuery, 'grades' | 'forbidden'> {
  const grades = new Map<string, number>();
  const forbidden = new Set<string>();
  for (const judgement of judgements.split(',')) {
    if (judgement.startsWith('!')) forbidden.add(judgement.slice(1));
    else if (judgement.startsWith('~')) grades.set(judgement.slice(1), 1);
    else grades.set(judgement, 2);
  }
  return { grades, forbidden };
}

function filterOf(filters: string): QualityQuery['filter'] {
  const { type, tag } = Object.fromEntries(filters.split(' ').map((filter) => filter.split('=')));
  return { ...(type === undefined ? {} : { type }), ...(tag === undefined ? {} : { tag }) };
}

function linesOf(set: QualitySet, file: string): readonly string[] {
  return readFileSync(path.join(folders[set], file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
