/** The bench of the models domain over a simulated CivitAI, through the real adapter and real sockets. */
import { createCivitaiSource } from '#adapters/civitai-source';
import { type Random, systemClock, systemRandom } from '#kernel/clock';
import type { ModelSource } from '#models/ports';
import { openLogger } from '#platform/log';
import { createOutboundClient, openEgress } from '#platform/outbound';
import type { CivitaiSimulator } from '#stand-ins/civitai';
import type { TestDatabases } from '#stand-ins/databases';

import { type BenchOptions, type ModelBench, openBench } from '../../../src/domains/models/testing/model-bench.ts';

export interface SimulatorBenchOptions extends Pick<BenchOptions, 'overrides' | 'onReceived' | 'beforeWrite'> {
  /** Default: an ordinary reader's; empty: nobody's. */
  readonly token?: string;
  /** Decides how long a try waits before the next; default the system's. */
  readonly random?: Random;
  /** Default: a new one. */
  readonly databaseUrl?: string;
  /** Changes what the site says. */
  readonly altered?: (source: ModelSource) => ModelSource;
}

export async function openOver(
  databases: TestDatabases,
  simulator: CivitaiSimulator,
  {
    token = 'simulator-token',
    random = systemRandom,
    altered = (source) => source,
    databaseUrl,
    ...options
  }: SimulatorBenchOptions = {},
): Promise<ModelBench> {
  await using stack = new AsyncDisposableStack();
  const deps = { clock: systemClock, random };
  const logger = stack.use(await openLogger({ level: 'error', terminal: 'none' }));
  const outbound = stack.use(createOutboundClient(openEgress));
  const source = createCivitaiSource({ ...deps, url: simulator.url, token, paceMs: () => 0, outbound, logger });
  const bench = stack.use(
    await openBench({ ...options, source: altered(source), databaseUrl: databaseUrl ?? (await databases.freshUrl()) }),
  );
  const owned = stack.move();
  return { ...bench, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
