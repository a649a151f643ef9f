/**
 * What `kura login` got: a key per server, one file each in run/secrets of the data directory – for its owner only, and
 * sealed under the master key like every other stored secret.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { z } from 'zod';

import { systemRandom } from '#kernel/clock';
import { storedSecretPath } from '#platform/config';
import { createStoredSecrets, type StoredSecrets } from '#platform/secrets';

const loginSchema = z.object({
  /** Origin of the server: a key is sent nowhere else. */
  server: z.string(),
  user: z.string(),
  keyId: z.string(),
  secret: z.string(),
});
export type ServerLogin = z.output<typeof loginSchema>;

/** @param master as configured */
export async function readServerLogin(
  home: string,
  master: string | undefined,
  server: URL,
): Promise<ServerLogin | undefined> {
  const name = nameOf(server);
  // Reading must not make a master key where nobody ever logged in.
  if (!existsSync(storedSecretPath(home, name))) return undefined;
  const text = await (await open(home, master)).read(name);
  const login = text === undefined ? undefined : loginSchema.parse(JSON.parse(text));
  return login?.server === server.origin ? login : undefined;
}

export async function storeServerLogin(home: string, master: string | undefined, login: ServerLogin): Promise<void> {
  await (await open(home, master)).write(nameOf(new URL(login.server)), JSON.stringify(login));
}

export async function forgetServerLogin(home: string, server: URL): Promise<void> {
  await rm(storedSecretPath(home, nameOf(server)), { force: true });
}

function open(home: string, configured: string | undefined): Promise<StoredSecrets> {
  return createStoredSecrets({ folder: dirname(storedSecretPath(home, 'x')), configured, random: systemRandom });
}

function nameOf({ origin }: URL): string {
  return `server.${createHash('sha256').update(origin).digest('hex').slice(0, 32)}`;
}
