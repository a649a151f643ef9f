/** `kura config`: where values come from, what they mean, and the ones that change while Kura runs. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import { configJsonSchema } from '#platform/config';
import { changeSetting, listSettings } from '#platform/operations';
import { unknownSetting } from '#platform/settings';

import type { AppContext } from '../context.ts';

const define = defineCommand<AppContext>();

export const configCommands: readonly Command<AppContext>[] = [
  define({
    words: ['config', 'print'],
    remote: true,
    input: z.strictObject({}),
    run: async (_input, { call, out }) => {
      const { items } = await call(listSettings);
      const values = Object.fromEntries(items.map((item) => [item.key, item.value]));
      out.result(values, () => table(items.map((item) => [item.key, show(item.value), item.origin])));
      return undefined;
    },
  }),
  define({
    words: ['config', 'explain'],
    remote: true,
    arguments: [{ name: 'key', required: true }],
    input: z.strictObject({ key: z.string() }),
    run: async ({ key }, { call, out, translator }) => {
      const found = (await call(listSettings)).items.find((item) => item.key === key);
      if (found === undefined) throw unknownSetting(key);
      out.result(found, () =>
        table([
          [found.key, show(found.value)],
          ['', found.description],
          [translator.text('app.config-origin'), `${found.origin}${found.source === '' ? '' : ` (${found.source})`}`],
          [translator.text('app.config-changeable'), translator.text(found.changeable ? 'app.yes' : 'app.no')],
        ]),
      );
      return undefined;
    },
  }),
  define({
    words: ['config', 'set'],
    remote: true,
    arguments: [
      { name: 'key', required: true },
      { name: 'value', required: true },
    ],
    input: z.strictObject({ key: z.string(), value: z.string() }),
    run: async ({ key, value }, { call, out, translator }) => {
      const changed = await call(changeSetting, { params: { key }, body: { value } });
      out.result(changed, () => translator.text('app.config-set', { key: changed.key, value: show(changed.value) }));
      return undefined;
    },
  }),
  define({
    words: ['config', 'schema'],
    input: z.strictObject({}),
    run: async (_input, { out }) => {
      out.result(configJsonSchema(), () => JSON.stringify(configJsonSchema(), null, 2));
      return undefined;
    },
  }),
];

function show(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
