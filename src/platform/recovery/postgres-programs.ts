/** pg_dump and pg_restore: PostgreSQL's own programs, never older than the server. */
import { KuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';
import type { ExportedSnapshot } from '#platform/db';
import { findProgram, plainEnvironment, postgresVariables, readProgram } from '#platform/processes';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Of what a program complains about, so much of the end is kept. */
const LAST_WORDS = 4 * KIB;

export interface DumpWish {
  readonly url: string;
  readonly snapshot: ExportedSnapshot;
  readonly target: string;
  readonly environment: Variables;
}

/** Not compressed, so that a backup finds what stayed the same. @throws KuraError unavailable `recovery.program-…` */
export async function dumpPostgres(
  { url, snapshot, target, environment }: DumpWish,
  signal: AbortSignal,
): Promise<void> {
  const how = ['--format=custom', '--compress=0', '--no-owner', '--no-privileges', '--no-password'];
  const args = [...how, `--snapshot=${snapshot.id}`, `--file=${target}`];
  await run('pg_dump', args, { url, environment }, signal);
}

/** All or nothing. */
export async function restorePostgres(
  { url, dump, environment }: { readonly url: string; readonly dump: string; readonly environment: Variables },
  signal: AbortSignal,
): Promise<void> {
  const { PGDATABASE: database = '' } = postgresVariables(new URL(url));
  const how = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction', '--no-password'];
  await run('pg_restore', [...how, `--dbname=${database}`, dump], { url, environment }, signal);
}

async function run(
  name: 'pg_dump' | 'pg_restore',
  args: readonly string[],
  { url, environment }: { readonly url: string; readonly environment: Variables },
  signal: AbortSignal,
): Promise<void> {
  const program = await findProgram(name);
  if (program === undefined)
    throw new KuraError('unavailable', 'recovery.program-missing', { params: { program: name } });
  let words = '';
  const request = {
    program,
    args,
    // A password may stand in ~/.pgpass, or in the variables of libpq.
    environment: { ...plainEnvironment(environment), ...ofLibpq(environment), ...postgresVariables(new URL(url)) },
    folder: '/',
    onOutput: () => undefined,
    onComplaint: (line: string) => {
      words = `${words}${line}\n`.slice(-LAST_WORDS);
    },
  };
  const { exitCode, signal: by } = await readProgram(request, signal);
  if (exitCode === 0) return;
  const reason = words.trim().split('\n').at(-1) ?? '';
  throw new KuraError('unavailable', 'recovery.program-failed', {
    params: { program: name, code: exitCode ?? by, reason },
  });
}

function ofLibpq(environment: Variables): Readonly<Record<string, string>> {
  const own = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && name.startsWith('PG') ? [[name, value] as const] : [],
  );
  return Object.fromEntries(own);
}
