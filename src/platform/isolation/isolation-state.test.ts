import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTranslators } from '#platform/i18n';
import { type IsolationState, isolationMessages, isolationProbe, presentIsolation } from './index.ts';

import { aspectsOf } from './isolation-state.ts';

const never = new AbortController().signal;
const bubblewrap: IsolationState = {
  level: 'bubblewrap',
  version: 'bubblewrap 0.8.0',
  reason: null,
  ...aspectsOf('bubblewrap', { isRoot: false, hasLimits: true }),
  isAllowed: true,
};
const refused: IsolationState = {
  ...bubblewrap,
  ...aspectsOf('limited', { isRoot: false, hasLimits: true }),
  level: 'limited',
  version: null,
  reason: { code: 'isolation.bubblewrap-missing', params: {} },
  isAllowed: false,
};

describe('the state of isolation', () => {
  it('puts each aspect on one side, and never claims what no level holds', () => {
    for (const level of ['bubblewrap', 'limited'] as const) {
      for (const isRoot of [true, false]) {
        for (const hasLimits of [true, false]) {
          const { isolated, open } = aspectsOf(level, { isRoot, hasLimits });
          assert.equal(new Set([...isolated, ...open]).size, 11);
          assert.equal(isolated.length + open.length, 11);
          assert.ok(open.includes('total-memory') && open.includes('system-calls'));
          if (level === 'limited') assert.ok(open.includes('network') && open.includes('files'));
        }
      }
    }
  });

  it('has words for all of it in both languages', () => {
    const translators = createTranslators([isolationMessages]);
    for (const translator of Object.values(translators)) {
      for (const isRoot of [true, false]) {
        for (const hasLimits of [true, false]) {
          for (const level of ['bubblewrap', 'limited'] as const) {
            const { isolated, open } = aspectsOf(level, { isRoot, hasLimits });
            for (const aspect of isolated) assert.ok(translator.has(`isolation.isolated.${aspect}`), aspect);
            for (const aspect of open) assert.ok(translator.has(`isolation.open.${aspect}`), aspect);
          }
        }
      }
    }
    const { summary, reason } = presentIsolation(refused, translators.en);
    assert.match(summary, /are not run/);
    assert.match(reason?.advice ?? '', /apt install bubblewrap/);
  });

  it('is a worry only where something needs it', async () => {
    async function probed(state: IsolationState, isNeeded: boolean) {
      return isolationProbe({ state: async () => state }, isNeeded).run(never);
    }
    assert.deepEqual(await probed(bubblewrap, true), { state: 'ok', detail: 'bubblewrap 0.8.0' });
    assert.equal((await probed(refused, false)).state, 'ok');
    assert.deepEqual(await probed(refused, true), {
      state: 'degraded',
      detail: 'limited: isolation.bubblewrap-missing',
    });
  });
});
