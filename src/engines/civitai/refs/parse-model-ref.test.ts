import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { isKuraError } from '#kernel/errors';

import { parseModelRef } from './parse-model-ref.ts';

const none = { fileId: null, type: null, format: null, size: null, fp: null, quantType: null };
const hash = 'a5f58eb1c33616c4f06bca55af39876a7b817913cd829caa8acb111b770c85cc';
const version456 = { kind: 'version', versionId: 456, modelId: null, file: none };
const version456of123 = { kind: 'version', versionId: 456, modelId: 123, file: none };

const understood: readonly (readonly [string, unknown])[] = [
  ['123', { kind: 'model', modelId: 123 }],
  [' 123 ', { kind: 'model', modelId: 123 }],
  ['123@456', version456of123],
  ['@456', version456],
  ['https://civitai.com/models/123', { kind: 'model', modelId: 123 }],
  ['https://civitai.com/models/123/some-slug?modelVersionId=', { kind: 'model', modelId: 123 }],
  ['https://www.civitai.com/models/123/日本語?modelVersionId=456#files', version456of123],
  ['civitai.red/models/123?modelVersionId=456', version456of123],
  ['http://civitai.green/model-versions/456', version456],
  ['https://civitai.com/api/v1/models/123', { kind: 'model', modelId: 123 }],
  ['https://civitai.com/api/v1/model-versions/456', version456],
  ['https://civitai.com/api/v1/model-versions/mini/456', version456],
  [
    `https://civitai.com/api/v1/model-versions/by-hash/${hash.toUpperCase()}`,
    { kind: 'hash', algorithm: 'sha256', digest: hash },
  ],
  [
    'https://civitai.com/api/v1/model-versions/by-hash/A5F58EB1C3',
    { kind: 'hash', algorithm: 'autov2', digest: 'a5f58eb1c3' },
  ],
  ['https://civitai.com/api/download/models/456', version456],
  ['https://api.civitai.com/download/models/456?token=secret', version456],
  ['https://civitaired.com/api/download/models/456?fileId=7&type=VAE', { ...version456, file: { ...none, fileId: 7 } }],
  [
    'https://civitai.com/api/download/models/456?type=Training%20Data&format=Other&size=full&fp=fp16&quantType=Q8_0',
    {
      ...version456,
      file: { fileId: null, type: 'Training Data', format: 'Other', size: 'full', fp: 'fp16', quantType: 'Q8_0' },
    },
  ],
  ['http://127.0.0.1:8123/models/123', { kind: 'model', modelId: 123 }],
  ['827184@2514310', { ...version456, versionId: 2_514_310, modelId: 827_184 }],
  ['https://civitai.blue/models/123/slug/?utm=1&modelVersionId=456', version456of123],
  ['https://www.civitai.red/api/download/models/456', version456],
  ['https://civitai.com/api/download/training/456', { ...version456, file: { ...none, type: 'Training Data' } }],
  ['https://civitai.com/api/v1/models?ids=123', { kind: 'model', modelId: 123 }],
  ['https://civitai.com/api/v1/models?modelVersionIds=456&limit=1', version456],
  ['https://civitai.com/api/v1/model-versions/mini/456?modelFileId=7', { ...version456, file: { ...none, fileId: 7 } }],
  [
    'https://civitai.com/api/v1/model-versions/by-hash/4748A7F6',
    { kind: 'hash', algorithm: 'autov1', digest: '4748a7f6' },
  ],
  ['urn:air:sdxl:checkpoint:civitai:123@456', version456of123],
  ['urn:air:sd1:lora:civitai:123', { kind: 'model', modelId: 123 }],
  ['air:sdxl:checkpoint:civitai:123@456', version456of123],
  ['sdxl:lora:civitai:123@456', version456of123],
  ['civitai:123@456', version456of123],
  ['URN:AIR:SDXL:LORA:CIVITAI:123@456', version456of123],
  [
    'urn:air:sdxl:checkpoint:civitai:123@456.safetensors',
    { ...version456of123, file: { ...none, format: 'SafeTensor' } },
  ],
  [
    'urn:air:sdxl:checkpoint:civitai:123@456+7.gguf',
    { ...version456of123, file: { ...none, fileId: 7, format: 'GGUF' } },
  ],
  ['urn:air:sdxl:checkpoint:civitai:123@456+7', { ...version456of123, file: { ...none, fileId: 7 } }],
  [`sha256:${hash}`, { kind: 'hash', algorithm: 'sha256', digest: hash }],
  [`SHA256:${hash.toUpperCase()}`, { kind: 'hash', algorithm: 'sha256', digest: hash }],
  [`blake3:${hash}`, { kind: 'hash', algorithm: 'blake3', digest: hash }],
  ['autov1:4748A7F6', { kind: 'hash', algorithm: 'autov1', digest: '4748a7f6' }],
  ['autov2:A5F58EB1C3', { kind: 'hash', algorithm: 'autov2', digest: 'a5f58eb1c3' }],
  ['autov3:22D8CB95B807', { kind: 'hash', algorithm: 'autov3', digest: '22d8cb95b807' }],
  [`autov3:${hash}`, { kind: 'hash', algorithm: 'autov3', digest: 'a5f58eb1c336' }],
  ['crc32:DAEE95B7', { kind: 'hash', algorithm: 'crc32', digest: 'daee95b7' }],
];

const refused = [
  '',
  '@',
  '0',
  '-1',
  '1.5',
  '2147483648',
  '123@0',
  '123@',
  '0@456',
  '123@456@789',
  '日本語',
  'https://example.com/models/123',
  'https://civitai.com.example.com/models/123',
  'https://civitai.com/models/abc',
  'https://civitai.com/models/123?modelVersionId=abc',
  'https://civitai.com/api/download/models/456?fileId=x',
  'ftp://civitai.com/models/123',
  'file:///models/123',
  'urn:air:sdxl:checkpoint:civitai:123@main',
  'urn:air:sdxl:checkpoint:civitai:123+7',
  'sha256:abc',
  `md5:${'a'.repeat(32)}`,
  hash,
  `https://civitai.com/models/123?${'x'.repeat(3000)}`,
];

const elsewhere: readonly (readonly [string, string])[] = [
  ['https://image.civitai.com/xG1nkqKTMzGDvpLrqFT7WA/uuid/original=true/1.jpeg', 'civitai.ref-is-image'],
  ['imagecache.civitai.com/x/1.jpeg', 'civitai.ref-is-image'],
  ['https://civitai.com/images/9173928', 'civitai.ref-is-image'],
  ['https://b2.civitai.com/file/civitai-modelfiles/model/a.safetensors?Authorization=x', 'civitai.ref-is-storage'],
  [
    'https://civitai-delivery-worker-prod.5ac0.r2.cloudflarestorage.com/1/model/a.zip?X-Amz=1',
    'civitai.ref-is-storage',
  ],
  ['https://civitai.com/user/somebody', 'civitai.ref-other-page'],
  ['https://civitai.com/articles/5', 'civitai.ref-other-page'],
  ['https://civitai.com', 'civitai.ref-other-page'],
  ['https://civitai.com/models?tag=style', 'civitai.ref-other-page'],
  ['https://civitai.com/api/download/vault/5', 'civitai.ref-other-page'],
  ['https://civitai.com/api/download/attachments/5', 'civitai.ref-other-page'],
  ['urn:air:sdxl:checkpoint:huggingface:org/name@main', 'civitai.ref-other-source'],
  ['urn:air:other:other:orchestrator:blob@x', 'civitai.ref-other-source'],
  ['urn:air:oci:image:registry:repo@tag', 'civitai.ref-other-source'],
  ['civitai-r2:bucket@file', 'civitai.ref-other-source'],
];

const ids = fc.integer({ min: 1, max: 2_147_483_647 });

describe('parseModelRef', () => {
  for (const [text, ref] of understood) {
    it(`understands ${text}`, () => assert.deepEqual(parseModelRef(text), ref));
  }

  for (const text of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 80))} with civitai.ref-invalid`, () => {
      assert.throws(() => parseModelRef(text), { kind: 'invalid', code: 'civitai.ref-invalid' });
    });
  }

  for (const [text, code] of elsewhere) {
    it(`says what ${text} is instead, without what follows the path`, () => {
      assert.throws(
        () => parseModelRef(text),
        (error) => isKuraError(error) && error.code === code && !String(error.params['ref']).includes('?'),
      );
    });
  }

  it('takes the host of a mirror only when told so', () => {
    const url = 'https://mirror.example:8443/models/123';
    assert.throws(() => parseModelRef(url), { code: 'civitai.ref-invalid' });
    assert.deepEqual(parseModelRef(url, { hosts: ['mirror.example:8443'] }), { kind: 'model', modelId: 123 });
  });

  it('gives the same ids back from every way to write model and version', () => {
    fc.assert(
      fc.property(ids, ids, (model, version) => {
        const ways = [
          `${model}@${version}`,
          `https://civitai.com/models/${model}?modelVersionId=${version}`,
          `https://civitai.red/models/${model}/a-slug?foo=1&modelVersionId=${version}`,
          `urn:air:sdxl:lora:civitai:${model}@${version}`,
          `civitai:${model}@${version}.safetensors`,
        ];
        for (const way of ways) {
          const ref = parseModelRef(way);
          assert.equal(ref.kind, 'version');
          assert.deepEqual(
            [ref.kind === 'version' && ref.modelId, ref.kind === 'version' && ref.versionId],
            [model, version],
          );
        }
      }),
    );
  });

  it('answers any text with a ref or with a KuraError, nothing else', () => {
    const pieces = fc.constantFrom(
      'urn:air:',
      'civitai:',
      '@',
      '+',
      '.',
      ':',
      '/',
      '?modelVersionId=',
      'https://civitai.com/',
      'models/',
      '%',
      '12',
      '%00',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 }))).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (input) => {
        try {
          assert.ok(['model', 'version', 'hash'].includes(parseModelRef(input).kind));
        } catch (error) {
          assert.ok(isKuraError(error) && error.code.startsWith('civitai.ref-'), String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
