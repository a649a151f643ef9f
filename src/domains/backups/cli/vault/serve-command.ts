import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { z } from 'zod';

import type { Command } from '#platform/cli';

import { serveVault } from '../../core/browsing/serve-vault.ts';
import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  requirePassphrase,
  type VaultCommandDeps,
} from './vault-command.ts';

export function serveCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'serve'],
    options: [...repositoryOptions, { flags: '--port <n>' }, { flags: '--token-file <path>' }],
    input: z.strictObject({
      ...repositoryInput,
      port: z.coerce.number().int().min(0).max(65_535).default(0),
      tokenFile: z.string().min(1).optional(),
    }),
    async run({ port, tokenFile, ...place }, context) {
      const { out, signal, translator } = context;
      const token =
        tokenFile === undefined ? randomBytes(18).toString('base64url') : await requirePassphrase(tokenFile, deps);
      await using vault = await openRepository(place, deps, context);
      await using site = await serveVault({ vault, token, port, signal });
      out.result({ url: site.url, token }, () => translator.text('cli.vault.serve.ready', { url: site.url, token }));
      if (!signal.aborted) await once(signal, 'abort');
      return 0;
    },
  });
}
