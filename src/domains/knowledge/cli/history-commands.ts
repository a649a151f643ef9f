/** `kura knowledge versions`, `changes`, `restore`, `move`, `confirm`, `removed`, `bring-back`, `purge`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idInput = z.object({ id: z.string() });
const idArgument = { name: 'id', required: true };
const versionSchema = z.coerce.number().int().min(1);

const versionsCommand = define({
  words: ['knowledge', 'versions'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const answer = await call(contract.listVersions, { params: { id } });
    out.result(answer, () => renderVersions(answer.items, translator));
    return 0;
  },
});

const changesCommand = define({
  words: ['knowledge', 'changes'],
  arguments: [idArgument],
  options: [{ flags: '--from <version>' }, { flags: '--to <version>' }],
  remote: true,
  input: idInput.extend({ from: versionSchema.optional(), to: versionSchema.optional() }),
  async run({ id, from, to }, { call, out, translator }) {
    const { version } = await call(contract.readEntry, { params: { id } });
    const last = to ?? version;
    const query = { from: from ?? Math.max(1, last - 1), to: last };
    const compared = await call(contract.compareVersions, { params: { id }, query });
    out.result(compared, () => renderChanges(compared, translator));
    return 0;
  },
});

const restoreCommand = define({
  words: ['knowledge', 'restore'],
  arguments: [idArgument, { name: 'version', required: true }],
  options: [{ flags: '--note <text>' }],
  remote: true,
  input: idInput.extend({ version: versionSchema, note: contract.noteSchema.optional() }),
  async run({ id, version: restored, note }, { call, out, translator }) {
    const { id: own, version } = await call(contract.readEntry, { params: { id } });
    const body = { restored, version, ...(note === undefined ? {} : { note }) };
    const entry = await call(contract.restoreVersion, { params: { id: own }, body });
    out.result(entry, () =>
      translator.text('cli.knowledge.restore.done', { title: entry.title, restored, version: entry.version }),
    );
    return 0;
  },
});

const moveCommand = define({
  words: ['knowledge', 'move'],
  arguments: [idArgument, { name: 'to', required: true }],
  options: [{ flags: '--note <text>' }, { flags: '--reviewer <user>' }],
  remote: true,
  input: idInput.extend({
    to: contract.entryStatusSchema,
    note: contract.noteSchema.optional(),
    reviewer: contract.nameSchema.optional(),
  }),
  async run({ id, to, note, reviewer }, { call, out, translator }) {
    const { id: own, version } = await call(contract.readEntry, { params: { id } });
    const said = { ...(note === undefined ? {} : { note }), ...(reviewer === undefined ? {} : { reviewer }) };
    const entry = await call(contract.moveEntry, { params: { id: own }, body: { to, version, ...said } });
    const status = translator.text(`knowledge.status-${entry.status}`);
    out.result(entry, () => translator.text('cli.knowledge.move.done', { title: entry.title, status }));
    return 0;
  },
});

const confirmCommand = define({
  words: ['knowledge', 'confirm'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const { id: own, version } = await call(contract.readEntry, { params: { id } });
    const entry = await call(contract.confirmEntry, { params: { id: own }, body: { version } });
    out.result(entry, () =>
      translator.text('cli.knowledge.confirm.done', { title: entry.title, day: entry.reviewOn ?? '–' }),
    );
    return 0;
  },
});

const removedCommand = define({
  words: ['knowledge', 'removed'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listRemovedEntries, { query: {} });
    out.result(answer, () => renderRemoved(answer.items, translator));
    return 0;
  },
});

const bringBackCommand = define({
  words: ['knowledge', 'bring-back'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const entry = await call(contract.bringBackEntry, { params: { id } });
    out.result(entry, () => translator.text('cli.knowledge.bring-back.done', { title: entry.title }));
    return 0;
  },
});

const purgeCommand = define({
  words: ['knowledge', 'purge'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    await call(contract.purgeEntry, { params: { id } });
    out.result({ purged: id }, () => translator.text('cli.knowledge.purge.done', { id }));
    return 0;
  },
});

function renderVersions(items: readonly contract.ListedVersion[], translator: Translator): string {
  const head = ['version', 'saved', 'by', 'note'].map((name) =>
    translator.text(`cli.knowledge.versions.column-${name}`),
  );
  const rows = items.map(({ version, savedAt, savedBy, note, restoredFrom }) => [
    String(version),
    translator.time(savedAt),
    savedBy,
    restoredFrom === null
      ? (note ?? '')
      : `${translator.text('cli.knowledge.versions.restored', { version: restoredFrom })} ${note ?? ''}`.trim(),
  ]);
  return table([head, ...rows]);
}

const signs = { same: ' ', removed: '-', added: '+' } as const;

function renderChanges({ fields, parts }: contract.ComparedVersions, translator: Translator): string {
  /** Some values are words of Kura, not of people. */
  function shown(field: string, value: string): string {
    const key = `knowledge.${field}-${value}`;
    return translator.has(key) ? translator.text(key) : value || '–';
  }
  if (fields.length + parts.length === 0) return translator.text('cli.knowledge.changes.none');
  const ofFields = fields.map(
    ({ field, before, after }) =>
      `${translator.text(`knowledge.field-${field}`)}: ${shown(field, before)} → ${shown(field, after)}`,
  );
  const ofText = parts.map(({ beforeLine, afterLine, lines }) =>
    [`@@ -${beforeLine} +${afterLine} @@`, ...lines.map(({ kind, text }) => `${signs[kind]}${text}`)].join('\n'),
  );
  return [...ofFields, ...ofText].join('\n');
}

function renderRemoved(items: readonly contract.RemovedEntryView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.removed.none');
  const head = ['id', 'title', 'removed', 'by'].map((name) => translator.text(`cli.knowledge.removed.column-${name}`));
  return table([
    head,
    ...items.map(({ id, title, removedAt, removedBy }) => [id, title, translator.day(removedAt), removedBy]),
  ]);
}

export const historyCommands: ReadonlyArray<Command<Knowledge>> = [
  versionsCommand,
  changesCommand,
  restoreCommand,
  moveCommand,
  confirmCommand,
  removedCommand,
  bringBackCommand,
  purgeCommand,
];
