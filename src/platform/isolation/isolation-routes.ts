/** Isolation over HTTP. */
import type { Language } from '#kernel/messages';
import { implement, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';

import * as contract from './contract/index.ts';
import type { Isolation } from './isolation.ts';
import { presentIsolation } from './present-isolation.ts';

export interface IsolationRoutesDeps {
  readonly isolation: Pick<Isolation, 'state'>;
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function isolationRoutes({ isolation, translators }: IsolationRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readIsolation, async (_input, { language, signal }) =>
      presentIsolation(await isolation.state(signal), translators[language]),
    ),
  ];
}
