import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startCivitaiSimulator } from '../index.ts';
import { randomModels } from './random-models.ts';

const today = Date.UTC(2026, 10, 22);

describe('random models', () => {
  it('are the same for the same seed and others for another', () => {
    const [once, again, other] = ['a', 'a', 'b'].map((seed) => JSON.stringify(randomModels(20, { seed, today })));
    assert.equal(once, again);
    assert.notEqual(once, other);
  });

  it('have all that the contract note warns of', () => {
    const models = randomModels(400, { seed: 'variety', today });
    const versions = models.flatMap((model) => model.versions);
    for (const [what, isThere] of [
      ['minors', models.some(({ minor }) => minor)],
      ['real people', models.some(({ poi }) => poi)],
      ['nobody as creator', models.some(({ creator }) => creator === null)],
      ['hidden counters', models.some(({ spelling }) => (spelling?.hidden ?? []).length > 0)],
      ['rights of all years', new Set(models.map(({ spelling }) => spelling?.rightsAs)).size === 4],
      ['unrated ones', models.some(({ nsfwLevel }) => nsfwLevel === 0)],
      ['no files', versions.some(({ files }) => files.length === 0)],
      ['gates to come', versions.some(({ paidAccess }) => Date.parse(paidAccess?.endsAt ?? '') > today)],
      ['gates that opened', versions.some(({ paidAccess }) => Date.parse(paidAccess?.endsAt ?? '') < today)],
      ['several bases', models.some((model) => new Set(model.versions.map(({ baseModel }) => baseModel)).size > 2)],
      ['missing fields', versions.some(({ spelling }) => (spelling?.without ?? []).length > 0)],
    ] as const) {
      assert.ok(isThere, what);
    }
    for (const ids of [
      models.map(({ id }) => id),
      versions.map(({ id }) => id),
      versions.flatMap(({ files }) => files.map(({ id }) => id)),
    ]) {
      assert.equal(new Set(ids).size, ids.length);
    }
  });

  it('are written as other years wrote them', async () => {
    await using simulator = await startCivitaiSimulator({ randomModels: 300, seed: 'years' });
    const shown: Record<string, unknown>[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const at = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await fetch(`${simulator.apiUrl}/models?nsfw=true&limit=100${at}`);
      const body: { items: Record<string, unknown>[]; metadata: { nextCursor?: string } } = JSON.parse(
        await answer.text(),
      );
      shown.push(...body.items);
      cursor = body.metadata.nextCursor;
    }
    const rights = shown.map((model) => model['allowCommercialUse']);
    assert.ok(rights.some((one) => typeof one === 'string' && one.startsWith('{')));
    assert.ok(rights.includes('Sell') && rights.includes('None') && rights.includes(null));
    assert.ok(shown.some((model) => !('nsfwLevel' in model)) && shown.some((model) => model['minor'] === true));
    assert.match(JSON.stringify(shown), /"publishedAt":"[^"]*\d"/, 'dates without a zone');
    assert.match(JSON.stringify(shown), /"downloadCount":null,"thumbsUpCount":\d/);
  });
});
