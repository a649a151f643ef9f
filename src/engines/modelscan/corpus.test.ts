/** The generated corpus: every technique at least three ways, found; genuine files that look alarming, clean. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import type { ScanReport } from './report.ts';
import { type RuleId, rules } from './rules.ts';
import { scanBytes } from './scan-file.ts';
import { allTechniques } from './testing/corpus/all-techniques.ts';
import { cleanTraps } from './testing/corpus/clean-traps.ts';
import { ruleText } from './testing/corpus/rule-text.ts';
import { bytesOf, type Technique } from './testing/corpus/technique.ts';
import { writeTar } from './testing/model-writer.ts';
import { writeZip } from './testing/zip-writer.ts';

/** What no bytes alone bring about: the run of a scan, and files beside the one that is looked at. */
const notOfContent: ReadonlySet<RuleId> = new Set<RuleId>([
  'scan-time',
  'scan-memory',
  'scan-failed',
  'scan-unreadable',
  'file-changed',
  'onnx-external-missing',
  'hdf5-unread',
]);

const techniques = Object.values(allTechniques).flatMap((area) => Object.entries(area));

async function scan(name: string, content: Buffer, { limits = {} }: Partial<Technique> = {}): Promise<ScanReport> {
  return scanBytes(content, { names: [name], limits });
}

function found(report: ScanReport): string {
  return JSON.stringify(report.findings.slice(0, 5).map(({ rule, evidence }) => `${rule}: ${evidence}`));
}

describe('the corpus', () => {
  it('tries every technique at least three ways', () => {
    for (const [what, { samples }] of techniques) {
      const different = new Set(Object.values(samples).map((content) => bytesOf(content).toString('base64')));
      const ways = what === 'is nothing' || what === 'is the same under every name' ? 3 : different.size;
      assert.ok(ways >= 3 && Object.keys(samples).length >= 3, what);
    }
  });

  it('breaks every rule at least three ways', () => {
    for (const rule of Object.keys(rules).filter((id) => !notOfContent.has(id as RuleId))) {
      const ways = techniques.filter(([, technique]) => technique.rule === rule);
      const samples = ways.reduce((sum, [, technique]) => sum + Object.keys(technique.samples).length, 0);
      assert.ok(samples >= 3, `${rule}: ${samples} samples`);
    }
  });

  it('tries what every paragraph of the rules says', () => {
    const known = new Set(techniques.map(([what]) => what));
    for (const [paragraph, names] of Object.entries(ruleText)) {
      assert.ok(names.length > 0, paragraph);
      for (const name of names) assert.ok(known.has(name), `${paragraph}: ${name}`);
    }
  });
});

for (const [area, inArea] of Object.entries(allTechniques)) {
  describe(`${area}: a file that`, () => {
    for (const [what, technique] of Object.entries(inArea)) {
      it(`${what} is ${technique.verdict ?? rules[technique.rule]}`, async () => {
        for (const [name, content] of Object.entries(technique.samples)) {
          const report = await scan(name, bytesOf(content), technique);
          assert.equal(report.verdict, technique.verdict ?? rules[technique.rule], `${name} ${found(report)}`);
          assert.ok(
            report.findings.some(({ rule }) => rule === technique.rule),
            `${name} ${found(report)}`,
          );
        }
      });
    }
  });
}

describe('a dangerous file', () => {
  const dangerous = techniques.filter(([, { rule, verdict }]) => (verdict ?? rules[rule]) === 'dangerous');
  const wrapped: Readonly<Record<string, (name: string, content: Buffer) => readonly [string, Buffer]>> = {
    'a zip': (name, content) => ['a.zip', writeZip([{ name, content, deflate: true }])],
    'a tar': (name, content) => ['a.tar', writeTar([{ name, content }])],
    'a gzip stream': (name, content) => [`${name}.gz`, gzipSync(content)],
  };
  for (const [container, wrap] of Object.entries(wrapped)) {
    it(`stays one inside ${container}`, async () => {
      for (const [what, { samples }] of dangerous) {
        for (const [name, content] of Object.entries(samples)) {
          const report = await scan(...wrap(name === '' ? 'model' : name, bytesOf(content)));
          assert.equal(report.verdict, 'dangerous', `${what} ${name} ${found(report)}`);
        }
      }
    });
  }
});

describe('a clean file', () => {
  for (const [trap, samples] of Object.entries(cleanTraps)) {
    it(`with ${trap} raises nothing`, async () => {
      for (const [name, content] of Object.entries(samples)) {
        const report = await scan(name, bytesOf(content));
        assert.deepEqual([name, report.verdict, found(report)], [name, 'clean', '[]']);
      }
    });
  }

  it('is one inside a zip as well', async () => {
    for (const samples of Object.values(cleanTraps)) {
      for (const [name, content] of Object.entries(samples)) {
        const report = await scan('a.zip', writeZip([{ name: `m/${name}`, content: bytesOf(content) }]));
        assert.equal(report.verdict, 'clean', `${name} ${found(report)}`);
      }
    }
  });
});
