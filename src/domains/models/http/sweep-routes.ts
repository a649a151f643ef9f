/** Sweeps over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import type { Sweep } from '../store/sweep-store.ts';
import { presentSweep, presentSweepReport } from './present-collecting.ts';
import { actorOf, type Translators } from './request-edges.ts';

export function sweepRoutes({ sweeps }: Models, translators: Translators): readonly RouteHandler[] {
  async function presentAll(all: readonly Sweep[]): Promise<contract.SweepView[]> {
    return (await sweeps.counted(all)).map(([sweep, count]) => presentSweep(sweep, count));
  }
  async function present(sweep: Sweep): Promise<contract.SweepView> {
    const [view] = await presentAll([sweep]);
    if (view === undefined) throw new TypeError('one sweep is counted as one');
    return view;
  }
  return [
    implement(contract.planSweep, async ({ body }, context) => present(await sweeps.plan(body, sweeper(context)))),
    implement(contract.listSweeps, async () => ({ items: await presentAll(await sweeps.list()) })),
    implement(contract.readSweep, async ({ params }, { language }) =>
      presentSweepReport(await sweeps.report(params.name), translators[language]),
    ),
    implement(contract.startSweep, async ({ params, body }, context) => {
      const actor = sweeper(context);
      if (body.refresh) await sweeps.restart(params.name, actor);
      return present(await sweeps.start(params.name, actor));
    }),
    implement(contract.stopSweep, async ({ params }, context) =>
      present(await sweeps.stop(params.name, sweeper(context))),
    ),
    implement(contract.removeSweep, async ({ params }, context) => {
      await sweeps.remove(params.name, sweeper(context));
      return { removed: true as const };
    }),
  ];
}

function sweeper(context: RequestContext) {
  return actorOf(requirePermission('models:download', context.caller), context);
}
