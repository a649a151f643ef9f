/**
 * The acceptance probes of the knowledge base, one line each, with the test that runs it; the last one is run here. A test
 * that is renamed or gone is missed at once.
 */
import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

const routes = 'test/integration/knowledge-routes.test.ts';
const probes: Readonly<Record<string, readonly (readonly [file: string, test: string])[]>> = {
  'created, followed, found by two characters, edited away, removed: nowhere left': [
    [routes, 'find a two-character word from its writing on until it is edited away, and nothing of what is removed'],
  ],
  'hostile and long queries are answered': [
    [routes, 'answer whatever is asked, down to one character and up to a pasted log'],
  ],
  'a viewer writes nothing, a wrong bearer reads nothing, on any route': [
    [routes, 'refuse a reader every route that writes, and a stranger everything'],
    ['test/system/mcp.test.ts', 'is refused what its key may not, is not offered it, and the refusal is on record'],
  ],
  'an empty LDAP password logs nobody in': [
    ['test/contract/ldap.test.ts', 'is never asked with an empty password, with which it says yes to anybody'],
  ],
  'killed while writing: index and content agree': [
    [
      'test/integration/knowledge-import-killed.test.ts',
      'leaves whole batches that agree with the index, and is finished by importing again',
    ],
    [
      'test/system/killed-import.test.ts',
      'is finished by importing again: every record once, found, and the database sound',
    ],
  ],
  'restored into an empty machine by one command': [
    [
      'test/integration/own-recovery.test.ts',
      'comes back on an empty machine with the recovery kit, and goes on there',
    ],
  ],
  'the same in other words is warned of, another subject is not': [
    [routes, 'name the entry that says the same in other words, and none for another subject'],
  ],
  'no network, no keys: found, asked, written and read in a real browser': [
    [
      'test/integration/knowledge-advice.test.ts',
      'all that matters works with every connection refused and without a key',
    ],
    ['test/browser/knowledge.test.ts', 'finds while one types and marks what was searched for'],
    ['test/browser/knowledge.test.ts', 'holds a conversation that other tabs follow, and hands it over'],
    [
      'test/browser/knowledge.test.ts',
      'takes a new entry, which search finds at once, then a change, then its removal',
    ],
  ],
};

async function filesIn(folder: string, pattern: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const file of glob(pattern, { cwd: path.join(root, folder) }))
    texts.set(path.join(folder, file), await readFile(path.join(root, folder, file), 'utf8'));
  return texts;
}

/** Names given to the registry (`src/platform/metrics`), in the product's sources. */
async function exportedMetrics(): Promise<ReadonlySet<string>> {
  const sources = [...(await filesIn('src', '**/*.ts'))].filter(([file]) => !file.endsWith('.test.ts'));
  const registered = /\.(?:counter|gauge|histogram|labelledGauge)\(\s*'(kura_[a-z0-9_]+)'/g;
  return new Set(sources.flatMap(([, source]) => [...source.matchAll(registered)].map(([, name = '']) => name)));
}

/** What a histogram is asked for by; `kura_drill_…` and `kura_jobs` are names in databases. */
function unknownMetrics(text: string, exported: ReadonlySet<string>): readonly string[] {
  const named = [...text.matchAll(/\bkura_[a-z0-9_]*[a-z0-9](?![a-z0-9_…])/g)].map(([name]) => name);
  return named.filter((name) => !exported.has(name) && !exported.has(name.replace(/_(?:bucket|sum|count)$/, '')));
}

describe('an acceptance probe', () => {
  for (const [probe, tests] of Object.entries(probes)) {
    it(`is run: ${probe}`, async () => {
      for (const [file, name] of tests) {
        const source = await readFile(path.join(root, file), 'utf8');
        assert.ok(source.includes(`it('${name}'`), `${file} has no test “${name}”`);
      }
    });
  }

  it('holds: alert rules and guides name metrics that are exported, and no others', async () => {
    const exported = await exportedMetrics();
    assert.ok(exported.size >= 20, `only ${exported.size} metrics were read`);
    const planted = 'alert: X\nexpr: rate(kura_http_request_seconds_sum[5m]) > 1 and kura_made_up_total > 0';
    assert.deepEqual(unknownMetrics(planted, exported), ['kura_made_up_total']);
    const rules = await filesIn('deploy', '**/*.{yml,yaml,json,rules,conf}');
    const guides = await filesIn('docs', '{en,ja,security}/*.md');
    assert.ok(guides.size > 50, `only ${guides.size} guides were read`);
    const unknown = [...rules, ...guides].flatMap(([file, text]) =>
      unknownMetrics(text, exported).map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(unknown, []);
    const named = new Set([...guides.values()].flatMap((text) => [...exported].filter((name) => text.includes(name))));
    assert.ok(named.size >= 10, `only ${named.size} metrics are named in guides`);
  });
});
