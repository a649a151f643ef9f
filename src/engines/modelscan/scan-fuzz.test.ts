import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { MIB } from '#kernel/units';

import type { ScanReport } from './report.ts';
import { scanBytes } from './scan-file.ts';
import { goodFiles, type Mutation, meaningfulBytes, mutate } from './testing/fuzz-corpus.ts';

const names = [
  '',
  'a',
  'a.pt',
  'a.safetensors',
  'a.gguf',
  'a.onnx',
  'a.npy',
  'a.zip',
  'a.json',
  'a.yaml',
  'a.jinja',
  'a.txt',
];

/** What must hold of any bytes: a report, no stumbling, and nothing clean that imports what nobody allowed. */
function assertSound(report: ScanReport): void {
  assert.equal(
    report.findings.find(({ rule }) => rule === 'scan-failed'),
    undefined,
  );
  if (report.verdict === 'clean') assert.ok(report.imports.every(({ verdict }) => verdict === 'allowed'));
  else assert.ok(report.findings.length > 0);
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(20_000),
  bytes: fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.constantFrom(...meaningfulBytes)),
  remove: fc.nat(12),
});

describe('hostile bytes', () => {
  it('of any kind and name end in a sound report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(...names), async (content, name) => {
        assertSound(await scanBytes(content, { names: [name] }));
      }),
      { numRuns: 1500 },
    );
  });

  for (const [name, content] of goodFiles) {
    it(`made of a good ${name} (${content.length} bytes) end in a sound report`, async () => {
      assert.equal((await scanBytes(content, { names: [name] })).verdict, 'clean');
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
          assertSound(await scanBytes(mutate(content, mutations), { names: [name], limits: { inflatedMember: MIB } }));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('that once named an import never lose it to a cut behind it', async () => {
    const payload = Buffer.from('cos\nsystem\n', 'latin1');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (tail) => {
        const report = await scanBytes(Buffer.concat([payload, tail]), { names: ['a.pkl'] });
        assert.equal(report.verdict, 'dangerous');
      }),
    );
  });
});
