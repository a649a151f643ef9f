/** The documents on security and on faults name the test of each promise; here it is seen that they exist. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const documents = [
  'docs/security/asvs-5-level-2.md',
  'docs/security/threat-model.md',
  'docs/security/threat-model.ja.md',
  'docs/security/ways-in-and-out.md',
  'docs/en/download-faults.md',
  'docs/ja/download-faults.md',
] as const;
/** Requirements of levels 1 and 2 of ASVS 5.0.0, by chapter. */
const requirements = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];
/** Makes a policy of outgoing connections, or does without one. */
const choosesEgress = /\bcreate\w*Egress(?:Policy)?\(|\bcheckHost\(|[:(?=] ?openEgress\b/;

async function read(file: string): Promise<string> {
  return readFile(path.join(root, file), 'utf8');
}

/** `file` › “name of a test, of a row that a test goes through, or of a heading”. */
function claimsIn(text: string): readonly { readonly file: string; readonly name: string }[] {
  const claim = /`([\w./-]+(?:\.test\.ts|-rows\.ts|\.md))` › “([^”\n]+)”/g;
  return [...text.matchAll(claim)].map(([, file = '', name = '']) => ({ file, name }));
}

/** @returns what is wrong with it, if anything */
async function faultOf({ file, name }: { readonly file: string; readonly name: string }): Promise<string | undefined> {
  const text = await read(file).catch(() => undefined);
  if (text === undefined) return `${file} does not exist`;
  const opening = file.endsWith('-rows.ts') ? '\\bname:' : '\\b(?:it|describe|test)\\(';
  const isThere = file.endsWith('.md') ? hasHeading(text, name) : hasName(text, opening, name);
  return isThere ? undefined : `${file} has nothing named “${name}”`;
}

function hasHeading(text: string, name: string): boolean {
  return text.split('\n').some((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === name);
}

function hasName(text: string, opening: string, name: string): boolean {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`${opening}\\s*['"\`]${literal}['"\`]`).test(text);
}

describe('the documents on security and faults', () => {
  for (const document of documents) {
    it(`name tests and headings that exist: ${document}`, async () => {
      const claims = claimsIn(await read(document));
      assert.ok(claims.length > 30, `only ${claims.length} were read`);
      const faults = await Promise.all(claims.map(faultOf));
      assert.deepEqual(
        faults.filter((fault) => fault !== undefined),
        [],
      );
    });
  }

  it('name every place that chooses what may be reached, and no other', async () => {
    const page = await read('docs/security/ways-in-and-out.md');
    const named = [...page.matchAll(/^\| `(src\/[\w./-]+\.ts)` \|/gm)].map(([, file = '']) => file);
    const found: string[] = [];
    for (const file of (await readdir(path.join(root, 'src'), { recursive: true })).map((one) => `src/${one}`)) {
      const isProgram = file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testing/');
      if (!isProgram || /^src\/(?:platform\/outbound|engines\/transfer)\//.test(file)) continue;
      if (choosesEgress.test(await read(file))) found.push(file);
    }
    assert.deepEqual(named.toSorted(), found.toSorted());
  });

  it('name every requirement of ASVS 5.0.0, levels 1 and 2, once, each with a state', async () => {
    const lines = (await read('docs/security/asvs-5-level-2.md')).split('\n').filter((line) => /^\| \d/.test(line));
    const rows = lines.map((line) => line.split('|').map((part) => part.trim()));
    const numbers = rows.map(([, number = '']) => number);
    assert.deepEqual(new Set(numbers).size, numbers.length, 'a number stands twice');
    const counts = requirements.map((_, index) => numbers.filter((one) => one.startsWith(`${index + 1}.`)).length);
    assert.deepEqual(counts, requirements);
    for (const [, number = '', , state = ''] of rows) {
      assert.match(state, /^(?:held: `.+` › “.+”|not met: .|n\/a: .)/, `${number}: ${state}`);
    }
  });

  it('would be found out', async () => {
    const claim = { file: 'test/arch/security-mapping.test.ts', name: 'no test of this name' };
    assert.match((await faultOf(claim)) ?? '', /nothing named/);
    assert.match((await faultOf({ ...claim, file: 'test/none.test.ts' })) ?? '', /does not exist/);
    assert.equal(await faultOf({ ...claim, name: 'would be found out' }), undefined);
    for (const line of [
      'createStorageEgress([])',
      'client(openEgress)',
      'egress: openEgress',
      'checkHost(egress, x)',
    ]) {
      assert.match(line, choosesEgress);
    }
    assert.deepEqual(claimsIn('| x | held: `a.test.ts` › “one; two”; `b.md` › “Three” |').length, 2);
  });
});
