/** The library and the quarantine over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import type { LibraryFile } from '../store/library-store.ts';
import { presentExternalScan } from './present-external-scan.ts';
import { presentFacts } from './present-facts.ts';
import { presentLibraryFile, presentQuarantineItem } from './present-records.ts';
import { presentVirusScan } from './present-virus-scan.ts';
import { actorOf, type Translators } from './request-edges.ts';

export function libraryRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.listLibrary, async ({ query }) => {
      const { items, nextCursor } = await models.listLibrary(query);
      return { items: items.map(presentLibraryFile), ...(nextCursor === undefined ? {} : { nextCursor }) };
    }),
    implement(contract.libraryStats, async () => models.libraryStats()),
    implement(contract.readLibraryFile, async ({ params }, { language }) =>
      presentLibraryDetail(models, await models.readLibraryFile(params.id), translators[language]),
    ),
    implement(contract.verifyLibrary, async ({ body }, context) => models.startVerification(body.ids, keeper(context))),
    implement(contract.repairLibraryFile, async ({ params }, context) =>
      models.startRepair(params.id, keeper(context)),
    ),
    implement(contract.listQuarantine, async (_input, { language }) => ({
      items: (await models.listQuarantine()).map((item) =>
        presentQuarantineItem(item, models.releaseOf(item), translators[language]),
      ),
    })),
    implement(contract.restoreQuarantined, async ({ params, body }, context) => {
      const options = { actor: keeper(context), signal: context.signal };
      const mayOverride = context.caller?.permissions.has('models:override') === true;
      return presentLibraryFile(await models.restoreQuarantined({ ...body, id: params.id, mayOverride }, options));
    }),
  ];
}

export async function presentLibraryDetail(
  models: Models,
  file: LibraryFile,
  text: Translator,
): Promise<contract.LibraryFileDetail> {
  const { hashes, trainedWords, sidecars } = file;
  const protection = await models.protectionOf(file);
  const virusScan = presentVirusScan(await models.virusScanOf(file), text);
  const externalScans = (await models.externalScansOf(file)).map((scan) => presentExternalScan(scan, text));
  const known = await models.factsOf(file);
  const sender = await models.senderOf(file);
  const facts = known === null ? null : presentFacts(known, text);
  return {
    ...presentLibraryFile(file),
    hashes,
    trainedWords,
    sidecars,
    sender,
    protection,
    virusScan,
    externalScans,
    facts,
  };
}

function keeper(context: RequestContext) {
  return actorOf(requirePermission('models:write', context.caller), context);
}
