/** No text becomes a program: neither on the server nor in the pages is anything evaluated (ASVS 1.3.2); and other things that no file may do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, it } from 'node:test';

/** `client.eval` of Redis runs Lua there; code of strangers that the scanner reads stands in tests only. */
const evaluation =
  /(?<![\w.'"`])eval\(|\bnew Function\(|['"]node:vm['"]|\bset(?:Timeout|Interval)\(\s*['"`]|\bdangerouslySetInnerHTML\b/;

/** Where patterns are put together, and why what goes into them is no pattern of somebody else's (ASVS 1.2.9). */
const madePatterns: Readonly<Record<string, string>> = {
  'src/adapters/s3-storage/s3-answer.ts': 'names of elements, literals of the caller',
  'src/domains/models/core/features/count-features.ts': 'fields of the table of features',
  'src/domains/models/core/search/search-plan.ts': 'names of parameters that Kura sends',
  'src/engines/civitai/calls/error-detail.ts': 'names of elements, literals of the caller',
  'src/engines/lexis/analyse.ts': 'constants of the file',
  'src/engines/lexis/word-pattern.ts': 'words, escaped, or letters from a table',
  'src/engines/modelscan/text/chat-template.ts': '`set` or `macro`, compared before',
  'src/engines/vault/keys/key-slot.ts': 'a number',
  'src/kernel/csv.ts': 'constants of the file',
  'src/platform/log/redact.ts': 'constants of the file',
};

/** Who writes to the streams of the process: the log itself, questions at the terminal, answers of commands (ASVS 16.2.3). */
const writers = ['src/app/run.ts', 'src/platform/log/logger.ts', 'src/platform/passphrases/read-passphrase.ts'];
const streams = /(?<![\w.'"`])console\.\w|\bprocess\.std(?:out|err)\b/;

/** Stand-ins and fixtures of tests (ASVS 15.2.3). */
const testCode = /(?:from|import)\s*\(?['"](?:#stand-ins|[^'"\n]*(?:\/testing(?:\/|['"])|\.test\.tsx?['"]|\/test\/))/;

async function ownFiles(): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'])) files.push(file);
  const own = files.filter((file) => !/\.test\.tsx?$|\/testing\//.test(file));
  assert.ok(own.length > 1000, `only ${own.length} files found`);
  return own;
}

describe('the program and its pages', () => {
  it('evaluate no text', async () => {
    const guilty = (await ownFiles()).filter((file) => evaluation.test(readFileSync(file, 'utf8')));
    assert.deepEqual(guilty, []);
  });

  it('make patterns only where it was looked at what goes into them', async () => {
    const making = (await ownFiles()).filter((file) =>
      /\bnew RegExp\(|(?<![\w.])RegExp\(/.test(readFileSync(file, 'utf8')),
    );
    assert.deepEqual(making.toSorted(), Object.keys(madePatterns));
  });

  it('write logs nowhere but through the logger', async () => {
    const writing = (await ownFiles()).filter((file) => {
      if (!file.startsWith('src/')) return false;
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.some((line) => !/^\s*(?:\*|\/[*/])/.test(line) && streams.test(line));
    });
    assert.deepEqual(writing.toSorted(), writers);
  });

  it('take nothing from the code of tests', async () => {
    const guilty = (await ownFiles()).filter((file) => testCode.test(readFileSync(file, 'utf8')));
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
    for (const line of ['console.log(key)', 'process.stderr.write(key)']) assert.match(line, streams);
    for (const from of [
      "'#stand-ins/databases'",
      "'../http/testing/index.ts'",
      "'#platform/http/testing'",
      "'./a.test.ts'",
    ]) {
      assert.match(`import { a } from ${from};`, testCode);
    }
    assert.doesNotMatch("import { a } from './testing-ground.ts';", testCode);
  });
});
