import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Wait } from '#engines/civitai';
import { createOutput } from '#platform/cli';
import { createTranslators } from '#platform/i18n';

import { catalogues } from './catalogues.ts';
import { tellWaits } from './tell-waits.ts';

describe('tellWaits', () => {
  it('counts down on one line of a terminal, with the reason, in both languages', () => {
    const translators = createTranslators(catalogues);
    const waits: readonly Wait[] = [
      { host: 'civitai.com', cause: 'asked', ms: 11_400 },
      { host: 'civitai.com', cause: 'retry', ms: 2000, next: { attempt: 2, of: 4 } },
      { host: 'civitai.com', cause: 'pace', ms: 1500 },
    ];
    const expected = {
      en: [/12 s: civitai\.com asked us to slow down/, /again in 2 s, try 2 of 4/, /2 s: keeping a polite pace/],
      ja: [/あと 12 秒.*速度を落とす/, /2 秒後に問い合わせ直します（4 回中 2 回目）/, /あと 2 秒.*間隔/],
    };
    for (const language of ['en', 'ja'] as const) {
      const lines: (string | undefined)[] = [];
      const out = createOutput({
        json: false,
        quiet: false,
        stdout: process.stdout,
        stderr: process.stderr,
        now: () => 0,
      });
      const tell = tellWaits(
        { ...out, progress: (text) => lines.push(typeof text === 'function' ? text() : text) },
        translators[language],
      );
      for (const wait of waits) tell(wait);
      assert.equal(lines.length, 3);
      for (const [index, pattern] of expected[language].entries()) assert.match(lines[index] ?? '', pattern);
    }
  });
});
