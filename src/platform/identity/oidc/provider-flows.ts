/** Logins that went to the provider and have not come back: kept for ten minutes, good for one return. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import { columnTypes, createTable, type Migration } from '#platform/db';

import type { IdentityDeps } from '../identity-deps.ts';
import { newSecret, secretHash } from '../secret-hash.ts';
import type { LoginSecrets } from './login-provider.ts';

const flowMs = 10 * MINUTE;

interface FlowRow {
  readonly flow_hash: string;
  /** Sealed for this flow. */
  readonly secrets: string;
  readonly expires_at: Instant;
}

interface FlowTables {
  provider_flows: FlowRow;
}

export const providerMigrations: readonly Migration[] = [
  {
    id: 'identity-provider-0001-flows',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'provider_flows')
        .addColumn('flow_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('secrets', type.text, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];

type Deps = Pick<IdentityDeps, 'database' | 'clock' | 'random' | 'sealer'>;

export interface Flow {
  /** Stays in the page that began it: whoever else is sent back has none. */
  readonly flow: string;
  readonly secrets: LoginSecrets;
}

export async function beginFlow({ database, clock, random, sealer }: Deps): Promise<Flow> {
  const flow = newSecret(random);
  const secrets = { state: newSecret(random), nonce: newSecret(random), verifier: newSecret(random) };
  const hash = secretHash(flow);
  await database.transaction(async (tx) => {
    const flows = tx.tables<FlowTables>();
    await flows.deleteFrom('provider_flows').where('expires_at', '<', nowInstant(clock)).execute();
    const sealed = sealer.seal(contextOf(hash), JSON.stringify(secrets));
    const expires = instant(new Date(clock.now() + flowMs));
    await flows
      .insertInto('provider_flows')
      .values({ flow_hash: hash, secrets: sealed, expires_at: expires })
      .execute();
  });
  return { flow, secrets };
}

/** Undefined for a flow that is unknown, over, or was spent. */
export async function spendFlow({ database, clock, sealer }: Deps, flow: string): Promise<LoginSecrets | undefined> {
  const hash = secretHash(flow);
  const row = await database.transaction((tx) =>
    tx
      .tables<FlowTables>()
      .deleteFrom('provider_flows')
      .where('flow_hash', '=', hash)
      .where('expires_at', '>', nowInstant(clock))
      .returningAll()
      .executeTakeFirst(),
  );
  // Written by beginFlow, and opened for this flow only.
  return row === undefined ? undefined : (JSON.parse(await sealer.open(contextOf(hash), row.secrets)) as LoginSecrets);
}

function contextOf(hash: string): string {
  return `provider_flows/${hash}`;
}
