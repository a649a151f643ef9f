/** No text becomes a program: neither on the server nor in the pages is anything evaluated (ASVS 1.3.2). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, it } from 'node:test';

/** `client.eval` of Redis runs Lua there; code of strangers that the scanner reads stands in tests only. */
const evaluation =
  /(?<![\w.'"`])eval\(|\bnew Function\(|['"]node:vm['"]|\bset(?:Timeout|Interval)\(\s*['"`]|\bdangerouslySetInnerHTML\b/;

describe('the program and its pages', () => {
  it('evaluate no text', async () => {
    const files: string[] = [];
    for await (const file of glob(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'])) files.push(file);
    const own = files.filter((file) => !/\.test\.tsx?$|\/testing\//.test(file));
    assert.ok(own.length > 1000, `only ${own.length} files found`);
    const guilty = own.filter((file) => evaluation.test(readFileSync(file, 'utf8')));
    assert.deepEqual(guilty, []);
  });

  it('would be found out', () => {
    for (const line of [
      'eval(x)',
      'new Function(a)',
      "from 'node:vm'",
      "setTimeout('x', 1)",
      '<p dangerouslySetInnerHTML={x} />',
    ]) {
      assert.match(line, evaluation);
    }
    assert.doesNotMatch('client.eval(script)', evaluation);
  });
});
