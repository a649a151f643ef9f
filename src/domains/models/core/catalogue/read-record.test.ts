import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { readRecord } from './read-record.ts';

const version = { id: 20, modelId: 10, name: 'v1', files: [{ id: 30, name: 'a.safetensors' }] };
const model = { id: 10, name: '蔵', type: 'LORA', modelVersions: [{ ...version, modelId: undefined }] };

/** By which answers, side-cars and lists are told apart. */
const tellingKeys = [
  'id name files modelId model items modelVersions error type tags creator url width air vault hash',
  'versionId versionName pageUrl stats license ModelId VersionId RemoteFileId Hashes FileMetadata',
  'file_name sha256 civitai file raw extensions ModelType username link vaultItem modelVersionId',
].flatMap((keys) => keys.split(' '));

describe('readRecord', () => {
  function facts(value: unknown) {
    const { models, versions, faults } = readRecord(value);
    return {
      models: models.map((one) => [one.modelId, one.versions.map((each) => each.versionId)]),
      versions: versions.map((one) => [one.versionId, one.modelId]),
      faults: faults.map(({ code }) => code.replace('models.import-', '')),
    };
  }
  const nothing = { models: [], versions: [], faults: [] };

  it('takes a model, a version, a page of models, and a list of versions', () => {
    assert.deepEqual(facts(model), { ...nothing, models: [[10, [20]]] });
    assert.deepEqual(facts(version), { ...nothing, versions: [[20, 10]] });
    assert.deepEqual(facts({ items: [model, model], metadata: {} }).models.length, 2);
    assert.deepEqual(facts([version, null]), { ...nothing, versions: [[20, 10]] });
  });

  const leftOut: readonly (readonly [string, unknown, string])[] = [
    ['an error answer', { error: 'No model with id 0' }, 'error-answer'],
    ['an empty page', { items: [], metadata: {} }, 'empty'],
    ['a look-up that found nothing', [null], 'empty'],
    ['a list of creators', { items: [{ username: 'a', modelCount: 1 }] }, 'not-a-model'],
    ['an entry of the vault', { ...version, name: 'x', modelVersionId: 20 }, 'not-a-model'],
    ['a picture', { id: 1, url: 'https://x', modelVersionIds: [20] }, 'not-a-model'],
    ['a bare text', 'hello', 'not-a-model'],
    ['creators of the site', { items: [{ username: 'a', link: 'https://x' }] }, 'is-creator'],
    ['a short form', { air: 'urn:air:sd1:lora:civitai:10@20', fileName: 'a' }, 'is-mini'],
    ['ids found by hash', [{ modelVersionId: 20, hash: 'ab'.repeat(32) }], 'is-hash-match'],
    ['settings of A1111', { 'activation text': 'x', 'sd version': 'SDXL' }, 'settings-only'],
    ['settings of SwarmUI', { 'modelspec.title': 'x' }, 'settings-only'],
    [
      'a skeleton of Civitai Helper',
      { id: '', extensions: { sd_civitai_helper: { skeleton_file: true } } },
      'no-site-record',
    ],
    ['a file LoRA Manager did not find', { file_name: 'a', sha256: 'ab', civitai: {} }, 'no-site-record'],
    ['a file Stability Matrix imported itself', { ModelId: null, VersionId: null, Source: 'Local' }, 'no-site-record'],
    ['a file rgthree did not find', { file: 'a.pt', raw: { metadata: {} } }, 'no-site-record'],
    ['a model without an id', { ...model, id: 'ten' }, 'no-id'],
    ['a version of nobody', { ...version, modelId: null }, 'no-model-id'],
  ];
  for (const [name, value, code] of leftOut) {
    it(`names the reason for ${name}`, () => {
      assert.deepEqual(facts(value), { ...nothing, faults: [code] });
    });
  }

  it('takes what it can of a page and of a model, and says what it left', () => {
    const damaged = { ...model, modelVersions: [...model.modelVersions, { name: 'no id' }, 7] };
    assert.deepEqual(facts({ items: [damaged, { error: 'x' }] }), {
      models: [[10, [20]]],
      versions: [],
      faults: ['no-id', 'not-an-object', 'error-answer'],
    });
  });

  it('never throws, and never takes without an id', () => {
    const keys = fc.constantFrom(...tellingKeys);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const { models, versions, enums, faults } = readRecord(value);
        assert.ok(models.length + versions.length + enums.length + faults.length > 0);
        assert.ok([...models, ...versions].every(({ modelId }) => Number.isSafeInteger(modelId)));
      }),
    );
  });
});
