/** The contracts of Kura's own backup, bound to its desk. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function recoveryRoutes({
  backups: { recovery },
  translators,
}: Pick<BackupsRoutesDeps, 'backups' | 'translators'>): readonly RouteHandler[] {
  return [
    implement(contract.readRecoveryStatus, (_input, { language }) => recovery.status(translators[language])),
    implement(contract.backUpOwnData, (_input, context) => recovery.queueBackup(actorOf(context, 'backups:run'))),
  ];
}
