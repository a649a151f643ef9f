/** Nothing of an answer is lost by reading it: each leaf stands in a field of the record or in its `extra` (models.md M-065). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { type AnswerEntry, createCivitaiClient, readAnswer } from '#engines/civitai';
import { systemClock, systemRandom } from '#kernel/clock';

import { leavesLost, withoutRaw } from '../../src/engines/civitai/testing/leaves.ts';
import { mutatedJson } from '../../src/engines/civitai/testing/mutated-json.ts';
import { loadRecordings, type Recording } from './civitai-recordings.ts';

const { skip, all: recordings } = loadRecordings();
const never = new AbortController().signal;

const answers = recordings
  .filter(({ file }) => /\.(?:json|info)$/.test(file) && !/^(?:downloads|layouts)\//.test(file))
  .map(({ file, body }) => ({ file, json: JSON.parse(body) as unknown }));

/** By the folders of the recordings. */
const kinds: Readonly<Record<string, readonly AnswerEntry['kind'][]>> = {
  collections: ['collection'],
  creators: ['creator'],
  enums: ['enums'],
  errors: ['error'],
  images: ['image'],
  me: ['account'],
  'model-versions': ['version', 'unknown', 'hash-match', 'mini'],
  models: ['model'],
  permissions: ['permissions'],
  sidecars: ['version', 'unknown'],
  tags: ['tag'],
  vault: ['vault', 'vault-entry'],
};

describe('a recorded answer', { skip }, () => {
  it('is recognised by its shape alone', () => {
    assert.ok(answers.length > 70, `only ${answers.length} recorded`);
    for (const { file, json } of answers) {
      const expected = kinds[file.split('/')[0] ?? ''];
      for (const { kind } of readAnswer(json).entries) assert.ok(expected?.includes(kind), `${file} read as ${kind}`);
    }
  });

  it('is found again leaf by leaf in the record or its extra', () => {
    for (const { file, json } of answers) {
      assert.deepEqual(leavesLost(json, withoutRaw(readAnswer(json))), [], file);
    }
  });

  it('is found again however it is bent, and reading it never fails', () => {
    const bent = fc.constantFrom(...answers).chain(({ json }) => mutatedJson(json));
    fc.assert(
      fc.property(bent, (json) => {
        assert.deepEqual(leavesLost(json, withoutRaw(readAnswer(json))), []);
      }),
      { numRuns: 1500 },
    );
  });

  it('of a list is found again in the page a client reads, with what stands around the items', async () => {
    for (const { file, json } of answers.filter(({ file: name }) =>
      /^models\/page-|collections-docs|vault-all/.test(name),
    )) {
      const page = await pageOf(file, JSON.stringify(json));
      assert.deepEqual(leavesLost(json, withoutRaw(page)), [], file);
    }
  });
});

async function pageOf(file: string, body: string): Promise<unknown> {
  const answer: Recording = { file, status: 200, headers: {}, body };
  const client = createCivitaiClient({
    baseUrl: 'http://127.0.0.1:1',
    token: 'test',
    clock: systemClock,
    random: systemRandom,
    transport: { send: async () => answer },
  });
  if (file.startsWith('collections/')) return client.collections({}, never);
  return file.startsWith('vault/') ? client.vaultEntries({}, never) : client.searchModels({}, never);
}
