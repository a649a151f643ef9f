/** The contracts of storage providers, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { presentProvider } from '../core/providers/present-provider.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function providerRoutes({ backups: { providers }, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listBackupProviders, async (_input, { language }) => ({
      items: (await providers.list()).map((one) => presentProvider(one, translators[language])),
    })),
    implement(contract.readBackupProvider, async ({ params }, { language }) =>
      presentProvider(await providers.read(params.key), translators[language]),
    ),
    implement(contract.putBackupProvider, async ({ params, body }, context) => {
      const known = await providers.put(actorOf(context, 'system:configure'), params.key, body);
      return presentProvider(known, translators[context.language]);
    }),
    implement(contract.removeBackupProvider, async ({ params: { key } }, context) => {
      await providers.remove(actorOf(context, 'system:configure'), key);
      return { key };
    }),
    implement(contract.checkBackupProvider, async ({ params }, context) => {
      const known = await providers.check(actorOf(context, 'backups:run'), params.key);
      return presentProvider(known, translators[context.language]);
    }),
  ];
}
