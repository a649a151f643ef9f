/** A process that runs one batch, for tests that kill it. */
import { createCivitaiSource } from '#adapters/civitai-source';
import { systemClock, systemRandom } from '#kernel/clock';
import { openLogger } from '#platform/log';
import { createOutboundClient, openEgress } from '#platform/outbound';

import { asTester } from '../../../src/domains/models/testing/model-bench.ts';
import { openModels } from '../../../src/domains/models/testing/open-models.ts';
import { observer } from '../models/batch-bench.ts';

const [home = '', databaseUrl = '', url = '', id = ''] = process.argv.slice(2);
await using logger = await openLogger({ level: 'error', terminal: 'none' });
await using outbound = createOutboundClient(openEgress);
const deps = { clock: systemClock, random: systemRandom, outbound, logger };
const source = createCivitaiSource({ ...deps, url, token: 'simulator-token', paceMs: () => 0 });
await using opened = await openModels({ databaseUrl, home, source });
await opened.models.runBatchHere(id, observer(), asTester);
