/** `kura secrets`: the keys of this installation – which there are, new ones, on paper, and back from paper. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';

import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import { type Command, table } from '#platform/cli';
import { writeFileAtomic } from '#platform/files';
import { prepareRecovery, renewMasterKey, type SecretKey } from '#platform/secrets';

import { installationIdentity } from '../protection.ts';
import { kitIsPrinted, kitName, masterKeyInKit, recoveryCode } from '../recovery-kit.ts';
import { defineProtectionCommand, type ProtectionServices } from './protection-services.ts';

const actor = localCaller('kura secrets');

const status = defineProtectionCommand({
  words: ['secrets', 'status'],
  input: z.strictObject({}),
  run: async (_input, { open, out, translator }) => {
    const { secrets, storedSecrets, clock } = await open();
    const { masterId, keys } = await secrets.state();
    const inTheClear = await storedSecrets.inTheClear();
    const configured = !storedSecrets.ownsMaster;
    out.result({ masterId, configured, keys, inTheClear }, () => {
      const lines = keys.map((key) => [key.id, stateOf(key, clock.now()), key.createdAt, key.expiresAt]);
      const words = lines.map(([id = '', state = '', ...times]) => [id, translator.text(state), ...times]);
      const master = translator.text(configured ? 'protection.master-configured' : 'protection.master-stored');
      return `${master} ${masterId}\n${table(words)}`;
    });
    return undefined;
  },
});

const renew = defineProtectionCommand({
  words: ['secrets', 'renew'],
  options: [{ flags: '--data-key' }],
  input: z.strictObject({ dataKey: z.boolean().default(false) }),
  run: async ({ dataKey }, { open, out, translator }) => {
    const services = await open();
    if (dataKey) {
      const id = await services.secrets.renewDataKey(actor);
      out.result({ dataKey: id }, () => translator.text('cli.secrets.renew.data-key-done', { id }));
      return undefined;
    }
    const change = await renewMasterKey(services, actor, services.random);
    out.result(change, () => translator.text('cli.secrets.renew.done', { ...change }));
    return undefined;
  },
});

const kit = defineProtectionCommand({
  words: ['secrets', 'kit'],
  options: [{ flags: '--out <path>' }, { flags: '--again' }],
  input: z.strictObject({ out: z.string().min(1).optional(), again: z.boolean().default(false) }),
  run: async ({ out: path, again }, { open, out, translator }) => {
    const { storedSecrets, secrets, clock } = await open();
    const master = storedSecrets.master();
    if (!again && (await kitIsPrinted(storedSecrets))) {
      throw new KuraError('conflict', 'protection.kit-printed', { params: { id: master.id } });
    }
    const code = recoveryCode(master);
    const words = translator.text('protection.kit', { id: master.id, at: nowInstant(clock), code });
    if (path !== undefined) await writeFileAtomic(path, `${words}\n`, { mode: 0o600 });
    await storedSecrets.write(kitName, master.id);
    await secrets.noteKit(actor);
    const kept = path === undefined ? { code } : { out: path };
    out.result({ masterId: master.id, ...kept }, () =>
      path === undefined ? words : translator.text('cli.secrets.kit.done', { path }),
    );
    return undefined;
  },
});

/** @param folderOf Where the secrets of a data directory stand; it must be known before anything in it is opened. */
function recover(folderOf: (home: string | undefined) => string): Command<ProtectionServices> {
  return defineProtectionCommand({
    words: ['secrets', 'recover'],
    options: [{ flags: '--kit-file <path>' }],
    input: z.strictObject({ kitFile: z.string().min(1).optional() }),
    run: async ({ kitFile }, { open, out, translator, globals }) => {
      if (kitFile === undefined) out.note(translator.text('protection.kit-paste'));
      const text = kitFile === undefined ? await textOf(process.stdin) : await readFile(kitFile, 'utf8');
      await prepareRecovery(folderOf(globals.home), masterKeyInKit(text));
      const { masterId, keys } = await (await open()).secrets.state();
      const usable = keys.filter((key) => key.usable).length;
      out.result({ masterId, keys: keys.length, usable }, () =>
        translator.text('cli.secrets.recover.done', { masterId, keys: keys.length, usable }),
      );
      return undefined;
    },
  });
}

const identity = defineProtectionCommand({
  words: ['secrets', 'identity'],
  options: [{ flags: '--post-quantum' }],
  input: z.strictObject({ postQuantum: z.boolean().default(false) }),
  run: async ({ postQuantum }, { open, out, translator }) => {
    const own = await installationIdentity(await open(), postQuantum ? 'post-quantum' : 'x25519');
    out.result(own, () => translator.text('cli.secrets.identity.done', { ...own }));
    return undefined;
  },
});

export function secretsCommands(
  folderOf: (home: string | undefined) => string,
): readonly Command<ProtectionServices>[] {
  return [status, renew, kit, recover(folderOf), identity];
}

function stateOf({ usable, active, expiresAt }: SecretKey, now: number): string {
  if (!usable) return 'protection.key-unusable';
  if (!active) return 'protection.key-earlier';
  return Date.parse(expiresAt) < now ? 'protection.key-expired' : 'protection.key-active';
}
