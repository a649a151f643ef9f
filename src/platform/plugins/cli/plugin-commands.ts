/** `kura plugins`: what there is, and who may be asked. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, defineCommand, table } from '#platform/cli';

import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
const idInput = z.strictObject({ id: z.string().min(1) });

const list = define({
  words: ['plugins', 'list'],
  remote: true,
  input: z.strictObject({}),
  run: async (_input, { call, out, translator: { text } }) => {
    const answer = await call(contract.listPlugins, {});
    out.result(answer, () =>
      answer.items.length === 0
        ? text('cli.plugins.list.empty', { folder: answer.folder })
        : table(answer.items.map(({ id, version, name, stateText }) => [id, version ?? '–', name ?? '–', stateText])),
    );
    return undefined;
  },
});

const enable = define({
  words: ['plugins', 'enable'],
  arguments: [{ name: 'id', required: true }],
  options: [{ flags: '--digest <sha256>' }],
  remote: true,
  input: idInput.extend({ digest: z.string().optional() }),
  run: async ({ id, digest: wanted }, { call, out, translator: { text } }) => {
    const { items, folder } = await call(contract.listPlugins, {});
    const seen = items.find((one) => one.id === id);
    if (seen === undefined) throw new KuraError('not-found', 'plugins.not-found', { params: { id, folder } });
    const digest = wanted ?? seen.digest;
    if (digest === null)
      throw new KuraError('invalid', 'plugins.unreadable', { params: { id, fault: seen.stateText } });
    const plugin = await call(contract.enablePlugin, { params: { id }, body: { digest } });
    out.result(plugin, () =>
      [
        text('cli.plugins.enabled', { id, digest }),
        ...(plugin.permissions.length === 0
          ? [text('cli.plugins.permission.none')]
          : plugin.permissions.map((one) => text('cli.plugins.permission', { text: one.text }))),
      ].join('\n'),
    );
    return undefined;
  },
});

const disable = define({
  words: ['plugins', 'disable'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: idInput,
  run: async (params, { call, out, translator: { text } }) => {
    const plugin = await call(contract.disablePlugin, { params });
    out.result(plugin, () => text('cli.plugins.disabled', { id: plugin.id }));
    return undefined;
  },
});

export const pluginCommands: readonly Command<unknown>[] = [list, enable, disable];
