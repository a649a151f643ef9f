/** Ways in which the site's answers could change one day: each bends a recorded page, and says how bad that is. */
import type { Impact, RecordedAnswer } from '#engines/civitai';

export type Json = Record<string, unknown>;

export interface Mutation {
  readonly name: string;
  readonly kind: string;
  readonly impact: Impact;
  /** What the page or the whole answer becomes. */
  readonly bend: (page: Json) => Json | { readonly answer: Partial<RecordedAnswer> };
}

type Edit = (target: Json) => void;

function itemsOf(page: Json): readonly Json[] {
  return page['items'] as readonly Json[];
}

function versionsOf(item: Json): readonly Json[] {
  return item['modelVersions'] as readonly Json[];
}

function filesOf(item: Json): readonly Json[] {
  return versionsOf(item).flatMap((version) => (version['files'] ?? []) as readonly Json[]);
}

function copyOf(page: Json): Json {
  return structuredClone(page);
}

function onPage(edit: Edit): Mutation['bend'] {
  return (page) => {
    const copy = copyOf(page);
    edit(copy);
    return copy;
  };
}

function onItems(edit: Edit): Mutation['bend'] {
  return onPage((page) => itemsOf(page).forEach((item) => edit(item)));
}

function onVersions(edit: Edit): Mutation['bend'] {
  return onItems((item) => versionsOf(item).forEach((version) => edit(version)));
}

function onFiles(edit: Edit): Mutation['bend'] {
  return onItems((item) => filesOf(item).forEach((file) => edit(file)));
}

function rename(from: string, to: string): Edit {
  return (target) => {
    if (!(from in target)) return;
    target[to] = target[from];
    delete target[from];
  };
}

function drop(name: string): Edit {
  return (target) => {
    delete target[name];
  };
}

function put(name: string, change: (old: unknown, target: Json) => unknown): Edit {
  return (target) => {
    target[name] = change(target[name], target);
  };
}

function instead(answer: (page: Json) => Partial<RecordedAnswer>): Mutation['bend'] {
  return (page) => ({ answer: answer(page) });
}

const html = '<!DOCTYPE html><html><head><title>Just a moment…</title></head><body></body></html>';

function metadataOf(page: Json): Json {
  return page['metadata'] as Json;
}

export const mutations: readonly Mutation[] = [
  { name: 'items gone', kind: 'field-missing', impact: 'critical', bend: onPage(drop('items')) },
  { name: 'items renamed', kind: 'field-renamed', impact: 'critical', bend: onPage(rename('items', 'results')) },
  {
    name: 'a new wrapper around everything',
    kind: 'field-moved',
    impact: 'critical',
    bend: (page) => ({ data: copyOf(page) }),
  },
  {
    name: 'a bare list instead of a page',
    kind: 'type-changed',
    impact: 'critical',
    bend: instead((page) => ({ body: JSON.stringify(page['items']) })),
  },
  {
    name: 'items as an object by id',
    kind: 'type-changed',
    impact: 'critical',
    bend: onPage(
      put('items', (items) => Object.fromEntries((items as Json[]).map((item) => [`m${String(item['id'])}`, item]))),
    ),
  },
  { name: 'items null', kind: 'null-appeared', impact: 'critical', bend: onPage(put('items', () => null)) },
  { name: 'items of ids only', kind: 'type-changed', impact: 'critical', bend: onPage(put('items', () => [1, 2, 3])) },
  {
    name: 'cursor renamed',
    kind: 'field-renamed',
    impact: 'critical',
    bend: onPage((page) => {
      rename('nextCursor', 'next_cursor')(metadataOf(page));
      drop('nextPage')(metadataOf(page));
    }),
  },
  {
    name: 'cursor moved to the top',
    kind: 'field-moved',
    impact: 'critical',
    bend: onPage((page) => {
      page['nextCursor'] = metadataOf(page)['nextCursor'];
      page['metadata'] = {};
    }),
  },
  { name: 'metadata gone', kind: 'field-missing', impact: 'critical', bend: onPage(drop('metadata')) },
  {
    name: 'cursor as an object',
    kind: 'type-changed',
    impact: 'critical',
    bend: onPage((page) => put('nextCursor', (id) => ({ id }))(metadataOf(page))),
  },
  {
    name: 'the cursor that was sent comes back',
    kind: 'cursor-repeated',
    impact: 'high',
    bend: instead((page) => ({
      body: JSON.stringify(page),
      sentCursor: String(metadataOf(page)['nextCursor']),
    })),
  },
  { name: 'model ids gone', kind: 'field-missing', impact: 'critical', bend: onItems(drop('id')) },
  { name: 'model ids null', kind: 'null-appeared', impact: 'critical', bend: onItems(put('id', () => null)) },
  {
    name: 'model ids as text',
    kind: 'type-changed',
    impact: 'critical',
    bend: onItems(put('id', (id) => `m-${String(id)}`)),
  },
  { name: 'model ids beyond 32 bits', kind: 'range-changed', impact: 'high', bend: onItems(put('id', () => 2 ** 40)) },
  { name: 'versions gone', kind: 'field-missing', impact: 'critical', bend: onItems(drop('modelVersions')) },
  {
    name: 'versions renamed',
    kind: 'field-renamed',
    impact: 'critical',
    bend: onItems(rename('modelVersions', 'versions')),
  },
  { name: 'files gone', kind: 'field-missing', impact: 'critical', bend: onVersions(drop('files')) },
  {
    name: 'files as an object',
    kind: 'type-changed',
    impact: 'critical',
    bend: onVersions(put('files', (files) => ({ list: files }))),
  },
  {
    name: 'files moved into an assets object',
    kind: 'field-moved',
    impact: 'critical',
    bend: onVersions((version) => {
      version['assets'] = { files: version['files'] };
      delete version['files'];
    }),
  },
  { name: 'download addresses gone', kind: 'field-missing', impact: 'high', bend: onFiles(drop('downloadUrl')) },
  {
    name: 'download addresses without a host',
    kind: 'form-changed',
    impact: 'high',
    bend: onFiles(put('downloadUrl', () => '/download/models/1')),
  },
  { name: 'hashes gone', kind: 'field-missing', impact: 'high', bend: onFiles(drop('hashes')) },
  {
    name: 'hashes as a list',
    kind: 'type-changed',
    impact: 'high',
    bend: onFiles(put('hashes', (hashes) => Object.entries(hashes as Json))),
  },
  { name: 'sizes as text', kind: 'type-changed', impact: 'medium', bend: onFiles(put('sizeKB', String)) },
  {
    name: 'a new scan result',
    kind: 'value-added',
    impact: 'medium',
    bend: onFiles(put('virusScanResult', () => 'Skipped')),
  },
  { name: 'a new model type', kind: 'value-added', impact: 'low', bend: onItems(put('type', () => 'HoloModel')) },
  {
    name: 'a new state of models',
    kind: 'value-added',
    impact: 'medium',
    bend: onItems(put('availability', () => 'Rental')),
  },
  { name: 'a new field', kind: 'field-added', impact: 'low', bend: onItems(put('carbonFootprint', () => 1.5)) },
  { name: 'statistics gone', kind: 'field-missing', impact: 'medium', bend: onItems(drop('stats')) },
  {
    name: 'names as an object',
    kind: 'type-changed',
    impact: 'high',
    bend: onItems(put('name', (name) => ({ en: name }))),
  },
  {
    name: 'flags as words',
    kind: 'type-changed',
    impact: 'high',
    bend: onItems(put('nsfw', (flag) => (flag === true ? 'yes' : 'no'))),
  },
  {
    name: 'another notation of dates',
    kind: 'form-changed',
    impact: 'medium',
    bend: onVersions(put('publishedAt', () => '22/11/2026 10:00')),
  },
  {
    name: 'dates as seconds',
    kind: 'type-changed',
    impact: 'medium',
    bend: onVersions(put('publishedAt', () => 1_790_000_000)),
  },
  {
    name: 'negative counters',
    kind: 'range-changed',
    impact: 'low',
    bend: onItems((item) => put('downloadCount', () => -1)((item['stats'] ?? {}) as Json)),
  },
  {
    name: 'more models than asked for',
    kind: 'page-size-changed',
    impact: 'medium',
    bend: instead((page) => ({ body: JSON.stringify(page), sentLimit: 1 })),
  },
  {
    name: 'nothing at all where there was always something',
    kind: 'page-empty',
    impact: 'medium',
    bend: () => ({ items: [], metadata: {} }),
  },
  { name: 'a web page', kind: 'body-html', impact: 'critical', bend: instead(() => ({ body: html })) },
  {
    name: 'XML',
    kind: 'body-xml',
    impact: 'critical',
    bend: instead(() => ({ body: '<?xml version="1.0"?><Error/>' })),
  },
  {
    name: 'JSON cut off',
    kind: 'body-truncated',
    impact: 'critical',
    bend: instead((page) => ({ body: JSON.stringify(page).slice(0, -200) })),
  },
  {
    name: 'JSON inside JSON',
    kind: 'body-double-encoded',
    impact: 'critical',
    bend: instead((page) => ({ body: JSON.stringify(JSON.stringify(page)) })),
  },
  { name: 'an empty body', kind: 'body-empty', impact: 'critical', bend: instead(() => ({ body: '' })) },
  { name: 'plain text', kind: 'body-not-json', impact: 'critical', bend: instead(() => ({ body: 'Moved to v2' })) },
  {
    name: 'a huge body',
    kind: 'body-huge',
    impact: 'medium',
    bend: onPage((page) => {
      page['padding'] = 'x'.repeat(4_000_000);
    }),
  },
  {
    name: 'JSON called text',
    kind: 'content-type-changed',
    impact: 'medium',
    bend: instead((page) => ({ body: JSON.stringify(page), headers: { 'content-type': 'text/plain' } })),
  },
  {
    name: 'the end announced',
    kind: 'header-added',
    impact: 'high',
    bend: instead((page) => ({
      body: JSON.stringify(page),
      headers: { 'content-type': 'application/json', sunset: 'Sat, 31 Jul 2027 00:00:00 GMT' },
    })),
  },
  {
    name: 'the endpoint gone',
    kind: 'status-changed',
    impact: 'critical',
    bend: instead(() => ({ status: 410, body: '{"error":"Gone"}' })),
  },
  {
    name: 'a token asked of everybody',
    kind: 'status-changed',
    impact: 'high',
    bend: instead(() => ({ status: 401, body: '{"error":"Unauthorized"}' })),
  },
];
