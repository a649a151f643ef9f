/** Errors as RFC 9457 problem details in the caller's language. */
import type { KuraError } from '#kernel/errors';
import type { Problem } from '#platform/contract';
import { describeError, type Translator } from '#platform/i18n';

export function problemOf(error: KuraError, translator: Translator, request: { path: string; id: string }): Problem {
  const text = describeError(error, translator);
  return {
    type: `urn:kura:error:${error.code}`,
    // What nobody expected may name files, rows and queries of this machine: its words are for the log.
    title: error.code === 'kernel.unexpected' ? translator.text('http.unexpected') : text.title,
    status: error.facts.status,
    ...(text.advice === undefined ? {} : { detail: text.advice }),
    instance: request.path,
    code: error.code,
    errorId: error.id,
    requestId: request.id,
    ...(error.fields.length === 0
      ? {}
      : {
          errors: error.fields.map((fault) => ({
            path: fault.path,
            message: translator.text(fault.code, fault.params),
          })),
        }),
  };
}
