/** `kura config`: where values come from, what they mean, and the ones that change while Kura runs. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import { type Command, defineCommand, table } from '#platform/cli';
import { configJsonSchema } from '#platform/config';
import type { Translator } from '#platform/i18n';
import {
  changeSetting,
  exportSettings,
  importSettings,
  listSettings,
  resetSetting,
  settingsFileSchema,
} from '#platform/operations';
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
    words: ['config', 'reset'],
    remote: true,
    arguments: [{ name: 'key', required: true }],
    input: z.strictObject({ key: z.string() }),
    run: async ({ key }, { call, out, translator }) => {
      const now = await call(resetSetting, { params: { key } });
      out.result(now, () => translator.text('app.config-set', { key: now.key, value: show(now.value) }));
      return undefined;
    },
  }),
  define({
    words: ['config', 'export'],
    remote: true,
    saves: true,
    arguments: [{ name: 'file', required: true }],
    input: z.strictObject({ file: z.string().min(1) }),
    run: async ({ file }, { call, out, translator, save }) => {
      const settings = await call(exportSettings);
      const saved = await save(file, `${JSON.stringify(settings, null, 2)}\n`);
      const count = Object.keys(settings.values).length;
      out.result({ ...saved, count }, () => translator.text('app.config-exported', { file: saved.file, count }));
      return undefined;
    },
  }),
  define({
    words: ['config', 'import'],
    remote: true,
    saves: true,
    reads: true,
    arguments: [{ name: 'file', required: true }],
    options: [{ flags: '--apply' }, { flags: '--keep-old <file>' }],
    input: z.strictObject({
      file: z.string().min(1),
      apply: z.boolean().default(false),
      keepOld: z.string().min(1).optional(),
    }),
    run: async ({ file, apply, keepOld }, { call, out, translator, read, save }) => {
      const settings = settingsIn(file, Buffer.from(await read(file)).toString('utf8'));
      const report = await call(importSettings, { body: { settings, dryRun: !apply } });
      if (keepOld !== undefined && report.applied) await save(keepOld, `${JSON.stringify(report.undo, null, 2)}\n`);
      out.result(report, () => renderImport(report, translator));
      return report.rows.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
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

/** @throws KuraError invalid `app.config-unreadable`. */
function settingsIn(file: string, text: string): z.output<typeof settingsFileSchema> {
  try {
    return settingsFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new KuraError('invalid', 'app.config-unreadable', { params: { file }, cause: error });
  }
}

function renderImport({ applied, rows }: z.output<typeof importSettings.output>, translator: Translator): string {
  const lines = rows.map(({ key, outcome, before, after, problem }) => [
    translator.text(`app.config-${outcome}`),
    key,
    outcome === 'changed' ? `${show(before)} → ${show(after)}` : (problem ?? show(after)),
  ]);
  const end = translator.text(applied ? 'app.config-imported' : 'app.config-not-imported');
  return lines.length === 0 ? end : `${table(lines)}\n${end}`;
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
