import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';

import {
  addRecoveryKey,
  addVaultKey,
  createSigningKey,
  listVaultKeys,
  removeVaultKey,
  rotateVaultKey,
  type VaultKeySlot,
} from '#engines/vault';
import { type Command, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { isAddress } from '../../core/vaults/repository-place.ts';
import {
  defineVaultCommand,
  keyAccessOf,
  repositoryInput,
  repositoryOptions,
  requirePassphrase,
  type VaultCommandDeps,
} from './vault-command.ts';

export function keyCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [listKeys(deps), addKey(deps), removeKey(deps), rotateKey(deps), recoveryKit(deps), makeSigningKey()];
}

function listKeys(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'list'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      const { out, translator } = context;
      await using access = await keyAccessOf(place, deps, context);
      const keys = await listVaultKeys(access);
      out.result({ keys }, () => tableOf(keys, translator));
      return 0;
    },
  });
}

function addKey(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'add'],
    options: [...repositoryOptions, { flags: '--new-passphrase-file <path>' }, { flags: '--label <text>' }],
    input: z.strictObject({
      ...repositoryInput,
      newPassphraseFile: z.string().min(1),
      label: z.string().min(1).max(200).default('further'),
    }),
    async run({ newPassphraseFile, label, ...place }, context) {
      const passphrase = await requirePassphrase(newPassphraseFile, deps);
      await using access = await keyAccessOf(place, deps, context);
      const key = await addVaultKey(access, { passphrase, label });
      context.out.result(key, () => context.translator.text('cli.vault.key.add.done', { key: key.id, label }));
      return 0;
    },
  });
}

function removeKey(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'remove'],
    arguments: [{ name: 'key', required: true }],
    options: repositoryOptions,
    input: z.strictObject({ ...repositoryInput, key: z.string().min(1) }),
    async run({ key: id, ...place }, context) {
      await using access = await keyAccessOf(place, deps, context);
      const key = await removeVaultKey(access, id);
      context.out.result(key, () =>
        context.translator.text('cli.vault.key.remove.done', { key: key.id, label: key.label }),
      );
      return 0;
    },
  });
}

function rotateKey(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'rotate'],
    options: [...repositoryOptions, { flags: '--keep-passphrase-file <path...>' }],
    input: z.strictObject({ ...repositoryInput, keepPassphraseFile: z.array(z.string().min(1)).default([]) }),
    async run({ keepPassphraseFile, ...place }, context) {
      const keep = await Promise.all(keepPassphraseFile.map((file) => requirePassphrase(file, deps)));
      await using access = await keyAccessOf(place, deps, context);
      const done = await rotateVaultKey(access, keep);
      context.out.result(done, () =>
        context.translator.text('cli.vault.key.rotate.done', {
          kept: done.kept.map(({ label }) => label).join(', '),
          dropped: done.dropped.map(({ label }) => label).join(', ') || '–',
        }),
      );
      return 0;
    },
  });
}

function recoveryKit(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'recovery-kit'],
    options: repositoryOptions,
    input: z.strictObject(repositoryInput),
    async run(place, context) {
      await using access = await keyAccessOf(place, deps, context);
      const { code, slot } = await addRecoveryKey(access);
      const repository = isAddress(place.repo) ? place.repo : resolve(place.repo);
      context.out.result({ repository, key: slot.id, code }, () =>
        context.translator.text('cli.vault.key.recovery-kit.page', {
          repository,
          key: slot.id,
          code,
          at: context.translator.time(slot.createdAt),
        }),
      );
      return 0;
    },
  });
}

/** A writer's own key; no repository is touched. */
function makeSigningKey(): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'key', 'signing'],
    options: [{ flags: '--out <path>' }],
    input: z.strictObject({ out: z.string().min(1) }),
    async run({ out: path }, { out, translator }) {
      const { privateKey, key } = createSigningKey();
      // Never over a key that is there: nothing signed with it could be checked against a new one.
      await writeFile(path, privateKey, { mode: 0o600, flag: 'wx' });
      out.result({ path: resolve(path), key }, () => translator.text('cli.vault.key.signing.done', { path, key }));
      return 0;
    },
  });
}

function tableOf(keys: readonly VaultKeySlot[], translator: Translator): string {
  return table(
    keys.map(({ id, label, createdAt, current }) => [
      id,
      label,
      translator.time(createdAt),
      current ? translator.text('cli.vault.key.list.current') : '',
    ]),
  );
}
