/** The register's contracts, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { presentImport, presentMany } from '../core/register/present-import.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function registerRoutes({ backups, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  const { register } = backups;
  return [
    implement(contract.listBackupJobs, async ({ query }) => {
      const { items, total } = await register.list(query);
      return { items: [...items], total };
    }),
    implement(contract.exportBackupJobs, ({ query }) => register.export(query)),
    implement(contract.changeBackupJobs, async ({ body }, context) => {
      const isArchive = body.action === 'archive' || body.action === 'unarchive';
      const actor = actorOf(context, isArchive ? 'system:configure' : 'backups:run');
      return presentMany(await register.changeMany(actor, body), translators[context.language]);
    }),
    implement(contract.readBackupJob, ({ params }) => register.read(params.key)),
    implement(contract.protectFolder, ({ body }, context) =>
      backups.protect(actorOf(context, 'system:configure'), body),
    ),
    implement(contract.changeBackupJob, ({ params, body }, context) =>
      register.change(actorOf(context, 'backups:run'), params.key, body),
    ),
    implement(contract.moveBackupSource, ({ params, body }, context) =>
      register.move(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.holdBackupJob, ({ params, body }, context) =>
      register.hold(actorOf(context, 'system:configure'), params.key, body.reason),
    ),
    implement(contract.archiveBackupJob, ({ params, body }, context) =>
      register.archive(actorOf(context, 'system:configure'), params.key, body.reason),
    ),
    implement(contract.unarchiveBackupJob, ({ params }, context) =>
      register.unarchive(actorOf(context, 'system:configure'), params.key),
    ),
    implement(contract.importBackupJobs, async ({ body }, context) =>
      presentImport(await register.import(actorOf(context, 'system:configure'), body), translators[context.language]),
    ),
    implement(contract.addBackupCopy, ({ params, body }, context) =>
      backups.addCopy(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.readBackupCopy, ({ params }) => register.readCopy(params.key, params.copy)),
    implement(contract.changeBackupCopy, ({ params, body }, context) =>
      register.changeCopy(actorOf(context, 'system:configure'), { job: params.key, copy: params.copy }, body),
    ),
    implement(contract.foreseeCopyRemoval, ({ params }) =>
      register.foreseeRemoval({ job: params.key, copy: params.copy }),
    ),
    implement(contract.removeBackupCopy, ({ params, body }, context) =>
      register.removeCopy(actorOf(context, 'system:configure'), { job: params.key, copy: params.copy }, body.reason),
    ),
    implement(contract.recordMedium, ({ params, body }, context) =>
      backups.recordMedium(actorOf(context, 'backups:run'), { job: params.key, copy: params.copy }, body.state),
    ),
  ];
}
