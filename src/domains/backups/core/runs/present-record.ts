/** Records in the words of the caller's language. */
import type { Translator } from '#platform/i18n';

import type { RunView, Told, VerificationView } from '../../contract/index.ts';
import type { Verification } from '../verification/verification-record.ts';
import type { Reason, Run } from './run-record.ts';

export function presentRun({ position: _internal, error, ...run }: Run, translator: Translator): RunView {
  return { ...run, error: error === null ? null : tell(error, translator) };
}

export function presentVerification(verification: Verification, translator: Translator): VerificationView {
  const { position: _internal, error, ...rest } = verification;
  return { ...rest, error: error === null ? null : tell(error, translator) };
}

/** A record may be older than the program: a code it no longer knows is shown as it is. */
export function tell({ code, params }: Reason, translator: Translator): Told {
  const defined = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    code,
    params: Object.fromEntries(defined),
    text: translator.has(code) ? translator.text(code, params) : code,
  };
}
