import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { executableCommands } from './executable-commands.ts';
import { runGuide } from './run-guide.ts';
import { shownOutputs } from './shown-output.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const fence = '```';

function page(...lines: readonly string[]): string {
  return [`# Title`, `${fence}sh`, 'never run', fence, `${fence}sh test`, ...lines, fence, 'end'].join('\n');
}

describe('executable commands', () => {
  it('are those of marked blocks, without comments and with the exit code a comment promises', () => {
    assert.deepEqual(executableCommands(page('# first', 'ls -l   # shows files', '', 'false # refused: exit 1')), [
      { line: 7, text: 'ls -l', exitCode: 0 },
      { line: 9, text: 'false', exitCode: 1 },
    ]);
  });

  it('may take several lines, and hold a whole document', () => {
    const commands = executableCommands(page('echo a \\', '  b', "cat > x <<'END'", 'key: 1 # kept', '', 'END', 'ls'));
    assert.deepEqual(
      commands.map(({ text }) => text),
      ['echo a \\\n  b', "cat > x <<'END'\nkey: 1 # kept\n\nEND", 'ls'],
    );
  });

  it('in a block that is never closed are an error', () => {
    assert.throws(() => executableCommands(`${fence}sh test\nls\n`), /not closed/);
  });
});

describe('running a page', () => {
  async function run(...lines: readonly string[]) {
    const commands = executableCommands(page(...lines));
    return runGuide({ root, commands, outputs: [], civitaiUrl: 'http://127.0.0.1:9', language: 'en' });
  }

  it('finds output that looks otherwise than shown, but for ids, times, sizes and versions', async () => {
    async function runShown(shown: string) {
      const said = 'echo "snapshot 8fcf7bf4 of $HOME, 26.6 KiB, 2/3 kept, until 11/24/2026, 07:05 AM UTC"';
      const markdown = `${page('true', said)}\n${page(said)}\n\n${fence}text\n${shown}\n${fence}\n`.replaceAll(
        '\nend',
        '',
      );
      const [commands, outputs] = [executableCommands(markdown), shownOutputs(markdown)];
      assert.equal(outputs.length, 1);
      return runGuide({ root, commands, outputs, civitaiUrl: 'http://127.0.0.1:9', language: 'en' });
    }
    assert.equal(await runShown('snapshot 0123abcd of ~,  1 MiB, 2/3 kept, until 1/2/2027, 11:05 PM UTC'), undefined);
    assert.match(
      (await runShown('snapshot 0123abcd of ~,  1 MiB, 3/3 kept, until 1/2/2027, 11:05 PM UTC')) ?? '',
      /line \d+: printed is/,
    );
  });

  it('keeps what earlier commands set, and is silent when all ends as written', async () => {
    assert.equal(await run('word=kept', 'test "$word" = kept', 'test -x bin/kura', 'false # exit 1'), undefined);
  });

  it('names the first line that ends otherwise', async () => {
    assert.match((await run('true', 'false', 'echo unreached')) ?? '', /line 7: exit code 1 instead of 0/);
    assert.match((await run('true # exit 4')) ?? '', /exit code 0 instead of 4/);
    assert.doesNotMatch((await run('false', 'echo unreached')) ?? '', /unreached/);
  });
});
