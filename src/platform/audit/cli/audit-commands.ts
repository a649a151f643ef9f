/** `kura audit`: does the log hold, what is in it, what did the rules find. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
type Context = CommandContext<unknown>;

const filterOptions = [
  { flags: '--who <text>' },
  { flags: '--action <action>' },
  { flags: '--category <category>' },
  { flags: '--level <level>' },
  { flags: '--result <result>' },
  { flags: '--subject <text>' },
  { flags: '--from <time>' },
  { flags: '--until <time>' },
  { flags: '--correlation-id <id>' },
  { flags: '--text <text>' },
] as const;

const verify = define({
  words: ['audit', 'verify'],
  options: [{ flags: '--heads <file>' }],
  remote: true,
  reads: true,
  input: z.strictObject({ heads: z.string().min(1).optional() }),
  run: async ({ heads }, { call, out, translator, read }) => {
    const body = heads === undefined ? undefined : { heads: readHeads(await read(heads)) };
    const report = await call(contract.verifyEntries, { body });
    out.result(report, () => {
      const { finding, rows, firstSeq, lastSeq, unsealed } = report;
      if (finding !== null) return finding.text;
      return translator.text('cli.audit.verify.sound', { rows, firstSeq, lastSeq, unsealed });
    });
    return report.ok ? exitCodes.done : exitCodes.mismatch;
  },
});

const list = define({
  words: ['audit', 'list'],
  options: [...filterOptions, { flags: '--limit <n>' }, { flags: '--cursor <position>' }],
  remote: true,
  input: contract.listEntries.query,
  run: async (query, { call, out, translator }) => {
    const page = await call(contract.listEntries, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.audit.list.empty')
        : table(page.items.map((entry) => entryCells(entry, translator))),
    );
    if (page.nextCursor !== undefined) out.note(translator.text('cli.audit.list.more', { cursor: page.nextCursor }));
    return undefined;
  },
});

const heads = define({
  words: ['audit', 'heads'],
  options: [{ flags: '--out <file>' }],
  remote: true,
  saves: true,
  input: z.strictObject({ out: z.string().min(1) }),
  run: async ({ out: path }, { call, out, translator, save }) => {
    const exported = await call(contract.exportHeads);
    const { file } = await save(path, `${JSON.stringify(exported, null, 2)}\n`);
    const lastSeq = exported.heads.at(-1)?.seq ?? 0;
    const facts = { file, heads: exported.heads.length, lastSeq };
    out.result(facts, () => translator.text('cli.audit.heads.done', facts));
    return undefined;
  },
});

const exportCommand = define({
  words: ['audit', 'export'],
  options: [{ flags: '--out <file>' }, { flags: '--format <format>' }, ...filterOptions],
  remote: true,
  saves: true,
  input: z.strictObject({
    ...contract.entryFilterShape,
    out: z.string().min(1),
    format: z.enum(['csv', 'jsonl', 'cef']).default('csv'),
  }),
  run: async ({ out: path, ...body }, context) => {
    const exported = { rows: 0 };
    const { file } = await context.save(path, exportedText(body, context, exported), 0o600);
    const { rows } = exported;
    context.out.result({ file, rows }, () => context.translator.text('cli.audit.export.done', { file, rows }));
    return undefined;
  },
});

const detections = define({
  words: ['audit', 'detections'],
  options: [{ flags: '--state <state>' }, { flags: '--limit <n>' }, { flags: '--cursor <id>' }],
  remote: true,
  input: contract.listDetections.query,
  run: async (query, { call, out, translator }) => {
    const page = await call(contract.listDetections, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.audit.detections.empty')
        : table(
            page.items.map(({ id, lastAt, severity, title, about, count }) => [
              id,
              lastAt,
              translator.text(`audit.severity.${severity}`),
              title,
              about,
              String(count),
            ]),
          ),
    );
    return undefined;
  },
});

const acknowledge = define({
  words: ['audit', 'acknowledge'],
  arguments: [{ name: 'id', required: true }],
  options: [{ flags: '--reason <text>' }],
  remote: true,
  input: z.strictObject({ id: z.string().min(1), reason: z.string().min(3) }),
  run: async ({ id, reason }, { call, out, translator }) => {
    const detection = await call(contract.acknowledgeDetection, { params: { id }, body: { reason } });
    out.result(detection, () => translator.text('cli.audit.acknowledge.done', { title: detection.title }));
    return undefined;
  },
});

const summary = define({
  words: ['audit', 'summary'],
  options: [{ flags: '--days <n>' }],
  remote: true,
  input: contract.summarise.query,
  run: async (query, { call, out, translator }) => {
    const found = await call(contract.summarise, { query });
    out.result(found, () =>
      [
        translator.text('cli.audit.summary.period', { from: found.from, until: found.until, entries: found.entries }),
        found.check.finding?.text ?? translator.text('cli.audit.summary.sound', { at: found.check.at }),
        ...countLines('category', found.byCategory),
        ...countLines('level', found.byLevel),
        ...countLines('result', found.byResult),
        ...found.advice,
      ].join('\n'),
    );
    return undefined;

    function countLines(kind: 'category' | 'level' | 'result', counts: Readonly<Record<string, number>>) {
      return Object.entries(counts).map(([name, count]) => `${translator.text(`audit.${kind}.${name}`)}: ${count}`);
    }
  },
});

const state = define({
  words: ['audit', 'status'],
  remote: true,
  input: z.strictObject({}),
  run: async (_input, { call, out, translator }) => {
    const chain = await call(contract.readChain);
    out.result(chain, () => {
      const { lastSeq, unsealed, purgedTo, keyId, lastCheck } = chain;
      const facts = translator.text('cli.audit.status.chain', { lastSeq, unsealed, purgedTo, keyId });
      if (lastCheck === null) return `${facts}\n${translator.text('cli.audit.status.unchecked')}`;
      const checked = translator.text('cli.audit.status.checked', { at: lastCheck.at, by: lastCheck.by });
      return [facts, checked, ...(lastCheck.finding === null ? [] : [lastCheck.finding.text])].join('\n');
    });
    return undefined;
  },
});

export const auditCommands: readonly Command<unknown>[] = [
  verify,
  list,
  exportCommand,
  heads,
  state,
  detections,
  acknowledge,
  summary,
];

function entryCells(entry: contract.EntryView, translator: Translator): string[] {
  const { seq, at, actor, action, subject } = entry;
  const who = actor.from === null ? actor.name : `${actor.name} (${actor.from})`;
  const level = translator.text(`audit.level.${entry.level}`);
  const result = translator.text(`audit.result.${entry.result}`);
  return [String(seq ?? '–'), at, level, who, action, `${subject.kind}/${subject.name ?? subject.id}`, result];
}

function readHeads(content: Uint8Array): contract.ExportedHeads {
  const parsed = contract.exportedHeadsSchema.safeParse(jsonOf(Buffer.from(content).toString('utf8')));
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues[0]?.message ?? '';
  throw new KuraError('invalid', 'audit.heads-invalid', { params: { reason } });
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

type ExportBody = Omit<z.output<(typeof contract.exportEntries)['body']>, 'cursor'>;

/** Page by page, so that a log of any length needs the memory of one page. */
async function* exportedText(
  body: ExportBody,
  { call, out, signal, translator }: Context,
  exported: { rows: number },
): AsyncGenerator<string> {
  for (let cursor: number | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
    signal.throwIfAborted();
    const page = await call(contract.exportEntries, { body: { ...body, ...(cursor === undefined ? {} : { cursor }) } });
    yield page.text;
    exported.rows += page.rows;
    cursor = page.nextCursor;
    out.progress(translator.text('cli.audit.export.progress', { rows: exported.rows }));
  }
  out.progress(undefined);
}
