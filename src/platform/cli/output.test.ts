import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';

import { createOutput } from './index.ts';

/** What is left on the screen of a terminal after `text`, which knows \r, \n, erase line and cursor up. */
function screenAfter(text: string): readonly string[] {
  const lines = [''];
  let [row, column] = [0, 0];
  for (const [part] of text.replaceAll('\u001b[', '␛').matchAll(/␛2K|␛1A|[^]/g)) {
    if (part === '␛2K') lines[row] = '';
    else if (part === '␛1A') row -= 1;
    else if (part === '\r') column = 0;
    else if (part === '\n') [row, column] = [row + 1, 0];
    else {
      lines[row] = (lines[row] ?? '').slice(0, column) + part;
      column += 1;
    }
  }
  return lines.map((line) => line.trimEnd());
}

function openOutput(isTTY: boolean, columns = 20) {
  const printed = { text: '' };
  let now = 0;
  const stderr = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        printed.text += String(chunk);
        done();
      },
    }),
    { isTTY, columns },
  );
  const out = createOutput({ json: false, quiet: false, stdout: stderr, stderr, now: () => now });
  return { out, printed, pass: (ms: number) => (now += ms) };
}

describe('progress', () => {
  it('rewrites as many lines as it had, each cut to the width of the terminal', () => {
    const { out, printed } = openOutput(true);
    out.progress('whole 10 %\nfirst.safetensors 20 % and more\nsecond 5 %');
    out.progress('whole 60 %\nsecond 55 %');
    assert.deepEqual(screenAfter(printed.text).slice(0, 3), ['whole 60 %', 'second 55 %', '']);
    out.note('a file has ended');
    assert.deepEqual(screenAfter(printed.text).slice(0, 2), ['a file has ended', '']);
    out.progress('first.safetensors 20 % and more');
    assert.equal(screenAfter(printed.text)[1], 'first.safetensors …');
    out.progress(undefined);
    assert.equal(screenAfter(printed.text)[1], '');
  });

  it('is shown on a terminal that does not know its width', () => {
    const { out, printed } = openOutput(true, 0);
    out.progress('first.safetensors 20 % and more');
    assert.deepEqual(screenAfter(printed.text), ['first.safetensors 20 % and more']);
  });

  it('is put into words as often as somebody can read it', () => {
    const { out, printed, pass } = openOutput(true);
    let asked = 0;
    function line(): string {
      asked += 1;
      return `file ${asked}`;
    }

    for (let file = 0; file < 1000; file += 1) out.progress(line);
    assert.equal(asked, 1);
    pass(100);
    out.progress(line);
    assert.deepEqual(screenAfter(printed.text), ['file 2']);
  });

  it('is the first line now and then where lines cannot be rewritten', () => {
    const { out, printed, pass } = openOutput(false);
    out.progress('whole 10 %\nfirst 20 %');
    assert.equal(printed.text, '');
    pass(5000);
    out.progress('whole 60 %\nfirst 90 %');
    assert.equal(printed.text, 'whole 60 %\n');
  });
});
