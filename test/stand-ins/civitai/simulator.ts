/** Puts the pieces together: catalogue, two listeners, faults, request log. */
import { randomBytes } from 'node:crypto';

import { type Clock, systemClock } from '#kernel/clock';
import { DAY, HOUR, SECOND } from '#kernel/units';

import { buildCatalogue, type Catalogue } from './catalogue/catalogue.ts';
import type { RealModel } from './catalogue/real-models.ts';
import recordedHashes from './catalogue/recorded-hashes.json' with { type: 'json' };
import { createFaultDesk, type FaultBoard } from './faults/fault-board.ts';
import { createHashBook, type FileHashes } from './files/file-hashes.ts';
import { listen } from './http-listener.ts';
import { createRequestLog, type LoggedRequest } from './request-log.ts';
import { apiExchange } from './routes/api-listener.ts';
import type { Account, Site } from './routes/exchange.ts';
import { createHashIndex } from './routes/hash-index.ts';
import { createListing } from './routes/listing.ts';
import { storageExchange } from './storage/storage-exchange.ts';

export interface SimulatorOptions {
  /** Port of the API; 0 or absent: any free one. */
  readonly port?: number;
  /** Port of the storage listener; 0 or absent: any free one. */
  readonly storagePort?: number;
  /** Same seed, same catalogue and bytes (dates count back from today). Default `kura`. */
  readonly seed?: string;
  /** Ordinary models added to the curated ones; their files are a few KiB each. */
  readonly extraModels?: number;
  /**
   * Models thrown by dice, added to the curated ones: null counters, odd names, licences of all years, several versions
   * with different bases, gates, minors, real people, every mask, missing fields. Their truth is in `catalogue`.
   */
  readonly randomModels?: number;
  /** Models served from disk. */
  readonly realModels?: readonly RealModel[];
  /** Accounts whose tokens are valid. Default: a reader without rights and a patron with all of them (`accounts`). */
  readonly accounts?: readonly Account[];
  /** How long signed links hold; default a day, as on R2. */
  readonly linkLifetimeSeconds?: number;
  readonly clock?: Clock;
}

export interface CivitaiSimulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, the site. */
  readonly url: string;
  /** `url` + `/api/v1`. */
  readonly apiUrl: string;
  /** The other host, where signed links and pictures live. */
  readonly storageUrl: string;
  readonly catalogue: Catalogue;
  /** Valid tokens: by default `simulator-token`, and `simulator-patron-token` which was granted what is gated. */
  readonly accounts: readonly Account[];
  readonly faults: FaultBoard;
  /** Every request so far, oldest first, both listeners; entries of running requests still change. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** The true hashes of a file, whatever its size and whatever the catalogue publishes. */
  hashesOf(fileId: number): Promise<FileHashes>;
  /** True bytes of a file. */
  bytesOf(fileId: number, range?: { readonly start: number; readonly end: number }): Uint8Array;
}

/** A signed-in reader without rights, and one who was granted everything that is gated. */
function defaultAccounts(catalogue: Catalogue): readonly Account[] {
  const { earlyAccess, permanentlyPaid, grantRequired, lora, checkpoint } = catalogue.known;
  return [
    { token: 'simulator-token', id: 4021, username: 'kura_reader', favorites: [lora.modelId, checkpoint.modelId] },
    {
      token: 'simulator-patron-token',
      id: 4022,
      username: 'kura_patron',
      tier: 'gold',
      grants: [earlyAccess, permanentlyPaid, grantRequired].map(({ versionId }) => versionId),
    },
  ];
}

export async function startCivitaiSimulator(options: SimulatorOptions = {}): Promise<CivitaiSimulator> {
  const clock = options.clock ?? systemClock;
  const catalogue = buildCatalogue({
    seed: options.seed ?? 'kura',
    today: clock.now() - (clock.now() % DAY),
    extraModels: options.extraModels ?? 0,
    randomModels: options.randomModels ?? 0,
    realModels: options.realModels ?? [],
  });
  const hashes = createHashBook(recordedHashes);
  const log = createRequestLog();
  const urls = { api: '', storage: '' };
  const site: Site = {
    catalogue,
    hashes,
    urls,
    clock,
    listing: createListing(catalogue),
    hashIndex: createHashIndex(catalogue, hashes),
    faults: createFaultDesk(),
    accounts: options.accounts ?? defaultAccounts(catalogue),
    linkSecret: randomBytes(16).toString('hex'),
    linkLifetimeSeconds: options.linkLifetimeSeconds ?? (24 * HOUR) / SECOND,
  };
  await using starting = new AsyncDisposableStack();
  const api = starting.use(await listen(options.port ?? 0, apiExchange(site, log)));
  const storage = starting.use(await listen(options.storagePort ?? 0, storageExchange(site, log)));
  urls.api = api.url;
  urls.storage = storage.url;
  const running = starting.move();
  function contentOf(fileId: number) {
    const file = catalogue.file(fileId);
    if (file === undefined) throw new RangeError(`no file ${fileId}`);
    return file.content();
  }
  return {
    url: api.url,
    apiUrl: `${api.url}/api/v1`,
    storageUrl: storage.url,
    catalogue,
    accounts: site.accounts,
    faults: site.faults,
    requests: log.entries,
    clearRequests: () => log.clear(),
    hashesOf: async (fileId) => hashes.of(contentOf(fileId)),
    bytesOf(fileId, range) {
      const content = contentOf(fileId);
      const { start, end } = range ?? { start: 0, end: content.size };
      return content.read(start, end - start);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
