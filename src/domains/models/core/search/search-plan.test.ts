import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';

import { type SearchQuery, searchQuerySchema } from '../../contract/index.ts';
import { createVocabulary } from '../vocabulary/vocabulary.ts';
import { planSearch, refusedParameter } from './search-plan.ts';

const vocabulary = createVocabulary();
const otherFields =
  'publishedAfter updatedBefore minDownloads maxLikes minLikeRatio minSizeBytes nsfw checkpointType mine query sort sortBy direction source strategy refresh limit cursor';
const now = Date.parse('2026-11-22T00:00:00Z');

function query(fields: object): SearchQuery {
  return searchQuerySchema.parse(fields);
}

function plan(fields: object, dropped: readonly string[] = []) {
  return planSearch(query(fields), dropped, { now, vocabulary });
}

function sentTag(fields: object): string | undefined {
  return plan(fields).questions[0]?.query.tag;
}

function orderOf(fields: object) {
  const { by, used, siteSort } = plan(fields).order;
  return [by, used, siteSort];
}

function refusal(detail: string, code = 'civitai.request-refused'): KuraError {
  return new KuraError('invalid', code, { params: { detail } });
}

describe('the plan of a search', () => {
  it('has a condition or a place at the site for everything that can be asked', () => {
    const asked: Readonly<Record<string, object>> = {
      type: { type: ['lora'] },
      base: { base: ['pony'] },
      tag: { tag: ['style'] },
      anyTag: { anyTag: ['a', 'b'] },
      notTag: { notTag: ['a'] },
      category: { category: ['style'] },
      creator: { creator: 'x' },
      license: { license: ['sell'] },
      period: { period: 'Week' },
      since: { since: '30d' },
      published: { publishedBefore: '2026-01-01' },
      updated: { updatedAfter: '1y' },
      downloads: { maxDownloads: 0 },
      likes: { minLikes: 1 },
      likeRatio: { maxLikeRatio: 0.5 },
      interactions: { minInteractions: 1 },
      format: { format: ['gguf'] },
      size: { maxSizeBytes: 1 },
      access: { access: 'open' },
    };
    for (const [name, fields] of Object.entries(asked)) {
      assert.deepEqual(
        plan({ nsfw: 'all', ...fields }).nodes.map((node) => node.name),
        ['protected', name],
      );
    }
    const known = new Set([
      ...Object.values(asked).flatMap((fields) => Object.keys(fields)),
      ...otherFields.split(' '),
    ]);
    // A new field of the contract has to be given a meaning here.
    assert.deepEqual(
      Object.keys(searchQuerySchema.shape).filter((name) => !known.has(name)),
      [],
    );
    assert.equal(plan({ checkpointType: 'Merge' }).questions[0]?.query.checkpointType, 'Merge');
    assert.equal(plan({ mine: 'hidden' }).questions[0]?.query.hidden, true);
  });

  it('asks the site for all base models of a family', () => {
    const bases = plan({ base: ['family:sdxl'] }).questions[0]?.query.baseModels ?? [];
    assert.ok(bases.includes('SDXL 1.0') && bases.length > 2, bases.join(', '));
  });

  it('does not ask by base model when all versions decide', () => {
    const whole = { base: ['pony'], updatedAfter: '30d' };
    assert.equal(plan(whole).questions[0]?.query.baseModels, undefined);
    assert.ok(!plan(whole).sharedStages.has('base') && plan(whole).nodes.some(({ name }) => name === 'base'));
    assert.deepEqual(plan({ base: ['pony'] }).questions[0]?.query.baseModels, ['Pony']);
  });

  it('sends one tag, and none where any of several may match', () => {
    assert.equal(sentTag({ tag: ['a', 'b'], category: ['style'] }), 'a');
    assert.equal(sentTag({ category: ['style'] }), 'style');
    assert.equal(sentTag({ anyTag: ['a', 'b'] }), undefined);
    assert.deepEqual([...plan({ category: ['style'], nsfw: 'all' }).sharedStages], ['category']);
  });

  it('leaves out of each dual question what narrows the others', () => {
    const { questions, order } = plan({ tag: ['a'], base: ['pony'], creator: 'x', strategy: 'dual' });
    assert.deepEqual(
      questions.map(({ name, query: asked }) => [name, asked.tag, asked.baseModels, asked.username]),
      [
        ['tag', 'a', undefined, undefined],
        ['base', undefined, ['Pony'], undefined],
        ['creator', undefined, undefined, 'x'],
      ],
    );
    assert.equal(order.by, 'kura');
    assert.equal(plan({ tag: ['a'], strategy: 'dual' }).questions.length, 1);
  });

  it('lets the site sort where it does exactly that, and sorts itself everywhere else', () => {
    assert.deepEqual(orderOf({}), ['site', 'Highest Rated', undefined]);
    assert.deepEqual(orderOf({ sort: 'newest' }), ['site', 'Newest', 'Newest']);
    assert.deepEqual(orderOf({ sortBy: 'downloads' }), ['site', 'Most Downloaded', 'Most Downloaded']);
    assert.deepEqual(orderOf({ sortBy: 'downloads', direction: 'asc' }), ['kura', 'downloads asc', undefined]);
    assert.deepEqual(orderOf({ sort: 'Most Buzz' }), ['kura', 'Most Buzz', undefined]);
    assert.deepEqual(orderOf({ query: 'x' }), ['site', 'Relevancy', undefined]);
    assert.deepEqual(orderOf({ query: 'x', sort: 'newest' }), ['kura', 'Newest', undefined]);
    assert.throws(() => plan({ query: 'x', sort: 'Most Images' }), { code: 'models.sort-needs-browsing' });
  });
});

describe('a refusal of the site', () => {
  const asked = { type: ['HoloLattice'], sort: 'newest', period: 'Week' };

  it('leaves out the parameter it names, else the least telling one, and sorts itself then', () => {
    assert.equal(refusedParameter(plan(asked), refusal('✖ Invalid option → at types[0]')), 'types');
    assert.equal(refusedParameter(plan(asked), refusal('')), 'sort');
    assert.equal(refusedParameter(plan(asked, ['sort']), refusal('')), 'period');
    const { order, questions, warnings, sharedStages } = plan(asked, ['sort', 'types']);
    assert.deepEqual([order.by, order.used], ['kura', 'Newest']);
    assert.deepEqual(Object.keys(questions[0]?.query ?? {}).toSorted(), ['limit', 'nsfw', 'period']);
    assert.ok(!sharedStages.has('type'));
    assert.deepEqual(
      warnings.map(({ code }) => code.replace(/-near$/, '')),
      ['models.unknown-type', 'models.parameter-refused', 'models.parameter-refused'],
    );
  });

  it('stands when nothing of it can be done here', () => {
    assert.equal(refusedParameter(plan(asked), refusal('bad cursor')), undefined);
    assert.equal(refusedParameter(plan(asked), refusal('', 'civitai.not-found')), undefined);
    assert.equal(refusedParameter(plan({ creator: 'x' }), refusal('')), undefined);
  });
});
