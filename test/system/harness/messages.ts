/** One clear message: what it must say in each language, with its exit code. */
import assert from 'node:assert/strict';

import type { KuraHome } from './kura-home.ts';
import { describe, type KuraOptions } from './kura-process.ts';

export interface ExpectedMessage {
  readonly code: number;
  readonly en: RegExp;
  readonly ja: RegExp;
}

/** Runs the command in both languages and looks at what people read. */
export async function assertTold(
  home: KuraHome,
  args: readonly string[],
  expected: ExpectedMessage,
  options: KuraOptions = {},
): Promise<void> {
  for (const language of ['en', 'ja'] as const) {
    const result = await home.run([...args, '--lang', language], options);
    const told = result.stderr + result.stdout;
    assert.equal(result.code, expected.code, describe(result));
    assert.match(told, expected[language], describe(result));
    assert.equal(told.match(/✖/g)?.length, 1, `not one message but several: ${describe(result)}`);
    assert.doesNotMatch(told, /^\s+at .+:\d+:\d+\)?$|kernel\.unexpected|undefined|\[object/m, describe(result));
    if (language === 'ja') assert.match(told, /[ぁ-ん]/, describe(result));
  }
}
