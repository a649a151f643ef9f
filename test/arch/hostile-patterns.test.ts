/** No pattern of the product takes more than linear time, or nearly: one long hostile text must not stop the server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createContext, Script } from 'node:vm';
import { parseFile } from '@swc/core';

/** A quadratic pattern needs minutes for such a text, a linear one a millisecond. */
const LENGTH = 100_000;
const PATIENCE_MS = 3000;
/** For those that were slow once: a busy machine stops a linear one, too, but not for so long. */
const LAST_PATIENCE_MS = 30_000;

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

/** What no attacker writes, or what is cut to a length first, with the reason. */
const exempt: Readonly<Record<string, string>> = {
  '\\d+\\.\\d+(?:\\.\\d+)?': 'the version that a program of this machine prints',
  '=+$': 'base64 that was just made',
  '\\/+$': 'addresses that Kura itself asked for',
  '^-+|-+$|\\ufffd': 'a title that was cut to 40 characters',
};

describe('the patterns of the product', () => {
  it('answer hostile texts at once', async () => {
    const patterns = await allPatterns();
    assert.ok(patterns.length > 300, `only ${patterns.length} patterns found`);
    const suspects = patterns.filter(
      (pattern) => exempt[pattern.source] === undefined && !answersWithin(PATIENCE_MS, pattern),
    );
    const slow = suspects.filter((pattern) => !answersWithin(LAST_PATIENCE_MS, pattern));
    assert.deepEqual(
      slow.map(({ file, source, flags }) => `${file}: /${source}/${flags}`),
      [],
    );
  });

  it('would be found out', () => {
    // A tenth of the patience: these take minutes, so that waiting longer would tell nothing more.
    for (const source of ['^(a+)+$', '\\s+$', '(?:x|x)*y', '^(\\w+\\s?)*$', 'a.*b.*c']) {
      assert.ok(!answersWithin(PATIENCE_MS / 10, { source, flags: '', file: '' }), source);
    }
  });
});

function answersWithin(patienceMs: number, { source, flags }: Pattern): boolean {
  const pattern = new RegExp(source, flags.replace('g', ''));
  const script = new Script('for (const text of texts) { pattern.lastIndex = 0; pattern.test(text); }');
  try {
    script.runInContext(createContext({ pattern, texts: hostileTexts(source) }), { timeout: patienceMs });
    return true;
  } catch {
    return false;
  }
}

/** Long repetitions of what the pattern may take, each ending in what it does not. */
function hostileTexts(source: string): readonly string[] {
  const literal = source.replaceAll(/\\[bBAZdDwWsSpP]|\(\?[:=!<]+|[\\^$.*+?()[\]{}|]/g, ' ').split(/\s+/);
  const words = literal.filter((word) => word !== '');
  const pumps = new Set([
    ' ',
    'a',
    'A',
    '0',
    '-',
    '.',
    '/',
    '"',
    "'",
    '\\',
    '\n',
    '\t',
    '_',
    ':',
    ',',
    '=',
    '&',
    '%',
    '<',
    '(',
    '[',
    '{',
    'a.',
    'a ',
    '0,',
    'あ',
    ...words,
  ]);
  return [...pumps].flatMap((pump) => {
    const long = pump.repeat(Math.ceil(LENGTH / pump.length));
    return [`${long}\u0001`, `x${long}\u0001`, ...words.slice(0, 3).map((word) => `${word}${long}\u0001`)];
  });
}

async function allPatterns(): Promise<readonly Pattern[]> {
  const found = new Map<string, Pattern>();
  for await (const file of glob('src/**/*.ts')) {
    if (/\.test\.ts$|\/testing\/|\/messages\//.test(file)) continue;
    if (!readFileSync(file, 'utf8').includes('/')) continue;
    const tree = await parseFile(file, { syntax: 'typescript', target: 'es2024' });
    walk(tree, (node) => {
      if (node['type'] !== 'RegExpLiteral') return;
      const pattern = { source: String(node['pattern']), flags: String(node['flags']), file };
      found.set(`${pattern.source}/${pattern.flags}`, pattern);
    });
  }
  return [...found.values()];
}

type Node = Readonly<Record<string, unknown>>;

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (typeof value === 'object' && value !== null) {
    visit(value as Node);
    for (const inner of Object.values(value)) walk(inner, visit);
  }
}
