/** The contracts of offline media, bound to their use cases. */
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

type MediaRoutesDeps = Pick<BackupsRoutesDeps, 'backups' | 'translators'>;

export function mediaRoutes(deps: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    ...inventoryRoutes(deps),
    ...careRoutes(deps),
    ...placeRoutes(deps),
    ...setRoutes(deps),
    ...paperRoutes(deps),
  ];
}

function inventoryRoutes({ backups: { media } }: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listMedia, async ({ query }) => {
      const { items, stats } = await media.list(query);
      const last = items.length === query.limit ? items.at(-1) : undefined;
      return { items: [...items], stats, ...(last === undefined ? {} : { nextCursor: last.label }) };
    }),
    implement(contract.registerMedium, ({ body }, context) => media.register(actorOf(context, 'backups:run'), body)),
    implement(contract.readMedium, ({ params }) => media.read(params.label)),
    implement(contract.changeMedium, ({ params, body }, context) =>
      media.change(actorOf(context, 'backups:run'), params.label, body),
    ),
    implement(contract.listMediumEvents, async ({ params, query: { limit, cursor } }) => {
      const items = await media.events(params.label, { limit, before: cursor });
      const last = items.length === limit ? items.at(-1) : undefined;
      return { items: [...items], ...(last === undefined ? {} : { nextCursor: last.position }) };
    }),
  ];
}

function careRoutes({ backups: { media } }: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.actOnMedium, ({ params, body }, context) =>
      media.act(actorOf(context, 'backups:run'), params.label, body),
    ),
    implement(contract.lendMedium, ({ params, body }, context) =>
      media.lend(actorOf(context, 'backups:run'), params.label, body),
    ),
    implement(contract.returnMedium, ({ params, body }, context) =>
      media.takeBack(actorOf(context, 'backups:run'), params.label, body),
    ),
    implement(contract.listLoans, async ({ query }) => ({ items: [...(await media.loans(query))] })),
    implement(contract.retireMedium, ({ params, body }, context) =>
      media.retire(actorOf(context, 'system:configure'), params.label, body),
    ),
    implement(contract.destroyMedium, ({ params, body }, context) =>
      media.destroy(actorOf(context, 'system:configure'), params.label, body),
    ),
    implement(contract.listCertificates, async ({ params }) => ({
      items: [...(await media.certificates(params.label))],
    })),
  ];
}

function placeRoutes({ backups: { media } }: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listPlaces, async () => ({ items: [...(await media.places())] })),
    implement(contract.addPlace, ({ body }, context) => media.addPlace(actorOf(context, 'system:configure'), body)),
    implement(contract.changePlace, ({ params, body }, context) =>
      media.changePlace(actorOf(context, 'system:configure'), params.id, body),
    ),
    implement(contract.removePlace, ({ params }, context) =>
      media.removePlace(actorOf(context, 'system:configure'), params.id).then(() => undefined),
    ),
  ];
}

function setRoutes({ backups: { media } }: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listMediaSets, async () => ({ items: [...(await media.sets())] })),
    implement(contract.addMediaSet, ({ body }, context) => media.addSet(actorOf(context, 'system:configure'), body)),
    implement(contract.readMediaSet, ({ params }) => media.set(params.key)),
    implement(contract.changeMediaSet, ({ params, body }, context) =>
      media.changeSet(actorOf(context, 'system:configure'), params.key, body),
    ),
    implement(contract.assignMedium, ({ params, body }, context) =>
      media.assign(actorOf(context, 'backups:run'), { ...params, ...body }),
    ),
    implement(contract.bindCopy, ({ body }, context) => media.bind(actorOf(context, 'system:configure'), body)),
    implement(contract.listDueSwaps, async () => {
      const { today, items } = await media.dueSwaps();
      return { today, items: [...items] };
    }),
    implement(contract.readRotationCalendar, async ({ params, query }) => {
      const { items, ...span } = await media.calendar(params.key, query);
      return { ...span, items: [...items] };
    }),
    implement(contract.confirmMediaSwap, ({ params, body }, context) =>
      media.confirmSwap(actorOf(context, 'backups:run'), params.key, body),
    ),
    implement(contract.listMediaSwaps, async ({ params, query }) => ({
      items: [...(await media.swaps(params.key, query.limit))],
    })),
  ];
}

function paperRoutes({ backups: { media }, translators }: MediaRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.printLabels, ({ body }, { language }) => media.printLabels(body, translators[language])),
    implement(contract.printLoanSlip, ({ params }, { language }) =>
      media.printLoanSlip(params.id, translators[language]),
    ),
    implement(contract.printCertificate, ({ params }, { language }) =>
      media.printCertificate(params.id, translators[language]),
    ),
  ];
}
