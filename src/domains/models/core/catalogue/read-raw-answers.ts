/** What the site sent about a model, word for word: for what no field of Kura's holds (models.md M-066). */
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { RawAnswer } from '../../contract/index.ts';
import { readAnswers } from '../../store/catalogue-answers.ts';
import { readCatalogueModel } from '../../store/catalogue-reader.ts';
import { modelOfVersion } from '../../store/gallery-store.ts';
import { rateModel } from '../search/content-rating.ts';

export interface RawAnswersOf {
  readonly model?: number | undefined;
  readonly version?: number | undefined;
}

/**
 * @throws KuraError `models.raw-of-what`, `models.raw-unknown`; `models.excluded`, because the site's own words carry
 * pictures that must not be shown
 */
export async function readRawAnswers(
  { database }: { readonly database: Database },
  { model, version }: RawAnswersOf,
): Promise<readonly RawAnswer[]> {
  if (model === undefined && version === undefined) throw new KuraError('invalid', 'models.raw-of-what');
  const owner = version === undefined ? model : ((await modelOfVersion(database, version)) ?? model);
  await refuseExcluded(database, owner);
  const answers = [
    ...(version === undefined ? [] : await answersOf(database, 'version', version)),
    ...(owner === undefined ? [] : await answersOf(database, 'model', owner)),
  ];
  if (answers.length === 0) throw new KuraError('not-found', 'models.raw-unknown');
  return answers;
}

async function refuseExcluded(database: Database, owner: number | undefined): Promise<void> {
  const known = owner === undefined ? undefined : await readCatalogueModel(database, owner);
  if (known === undefined || rateModel(known.model) !== 'excluded') return;
  throw new KuraError('forbidden', 'models.excluded', { params: { name: known.model.name } });
}

async function answersOf(database: Database, subject: RawAnswer['subject'], id: number): Promise<readonly RawAnswer[]> {
  return (await readAnswers(database, subject, id)).map((answer) => ({ subject, id, ...answer }));
}
