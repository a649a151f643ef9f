/** Handlers of the directory's contracts. */
import type { Language } from '#kernel/messages';
import { implement, type RouteHandler } from '#platform/http';
import { describeError, type Translator } from '#platform/i18n';

import { type DirectoryStepView, testDirectory as testContract } from '../contract/directory-routes.ts';
import type { DirectoryStep } from '../directory/directory.ts';
import { testDirectory } from '../directory/test-directory.ts';
import type { Identity } from '../identity.ts';
import { originOf } from './session-handlers.ts';

export function directoryRoutes(
  { deps, attempts }: Identity,
  translators: Readonly<Record<Language, Translator>>,
): readonly RouteHandler[] {
  return [
    implement(testContract, async ({ body: { username, password } }, context) => {
      const test = { username, password, origin: originOf(context) };
      const { steps, ...rest } = await testDirectory(deps, attempts, test, context.signal);
      return {
        ...rest,
        ok: steps.length > 0 && steps.at(-1)?.error === undefined && !steps.some(isFatal),
        steps: steps.map((step) => viewOf(step, translators[context.language])),
      };
    }),
  ];
}

/** A server that could not be reached is bad, but another one stood in for it. */
function isFatal({ code, error }: DirectoryStep): boolean {
  return error !== undefined && code !== 'ldap.step.connect';
}

function viewOf({ code, params, facts, error }: DirectoryStep, translator: Translator): DirectoryStepView {
  const told = error === undefined ? undefined : describeError(error, translator);
  return {
    code,
    text: translator.text(code, params),
    facts: facts.map((fact) => translator.text(fact.code, fact.params)),
    problem: told === undefined ? null : { code: told.code, message: told.title, advice: told.advice ?? '' },
  };
}
