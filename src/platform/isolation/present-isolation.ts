/** The state of isolation in the reader's language. */
import type { Translator } from '#platform/i18n';

import type { IsolationView } from './contract/index.ts';
import type { IsolationState } from './isolation-state.ts';

export function presentIsolation(state: IsolationState, text: Translator): IsolationView {
  function told(aspects: IsolationState['open'], holds: boolean): IsolationView['open'] {
    return aspects.map((aspect) => ({
      aspect,
      text: text.text(`isolation.${holds ? 'isolated' : 'open'}.${aspect}`),
    }));
  }
  const { level, version, reason, isAllowed } = state;
  const summary = level === 'limited' && !isAllowed ? 'refused' : level;
  return {
    level,
    version,
    reason:
      reason === null
        ? null
        : {
            code: reason.code,
            message: text.text(reason.code, reason.params),
            advice: text.text(`${reason.code}.advice`, reason.params),
          },
    summary: text.text(`isolation.summary.${summary}`),
    isolated: told(state.isolated, true),
    open: told(state.open, false),
    isAllowed,
  };
}
