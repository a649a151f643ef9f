/** The whole search over the labelled set, entry by entry as people would see it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { testActor } from '#platform/unit-of-work/testing';
import { type Quality, qualityOf } from '../../../engines/lexis/testing/quality-measure.ts';
import {
  type QualityQuery,
  type QualitySet,
  readQualityQueries,
  readQualityTexts,
} from '../../../engines/lexis/testing/quality-set.ts';
import { entryTypeSchema } from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { everyReader } from './open-knowledge.ts';

export interface MeasuredQuery {
  readonly query: QualityQuery;
  /** The first ten. */
  readonly found: readonly string[];
  readonly quality: Quality;
}

export async function importQualityTexts(knowledge: Knowledge, set: QualitySet = 'first'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-quality-'));
  try {
    const file = join(folder, 'texts.jsonl');
    await writeFile(
      file,
      readQualityTexts(set)
        .map((text) => `${JSON.stringify(text)}\n`)
        .join(''),
    );
    await knowledge.importFiles(testActor, [file], { signal: new AbortController().signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function measureSearch(
  knowledge: Knowledge,
  set: QualitySet = 'first',
): Promise<readonly MeasuredQuery[]> {
  const measured: MeasuredQuery[] = [];
  for (const query of readQualityQueries(set)) {
    const { type, tag } = query.filter;
    const { hits } = await knowledge.search(everyReader, {
      q: query.text,
      limit: 10,
      ...(type === undefined ? {} : { type: [entryTypeSchema.parse(type)] }),
      ...(tag === undefined ? {} : { tag: [tag] }),
    });
    const found = hits.map((hit) => hit.externalId ?? hit.id);
    measured.push({ query, found, quality: qualityOf(query, found) });
  }
  return measured;
}
