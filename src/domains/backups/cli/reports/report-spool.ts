/** Reports that could not be handed in: kept as files, sent again with the next one, never lost and never sent twice. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';

import { KuraError, systemCode } from '#kernel/errors';
import { writeFileAtomic } from '#platform/files';

import type { newReportSchema, ReportAnswer } from '../../contract/index.ts';

/**
 * Fewer than a request may carry, so that it stays below the 8 MiB a server reads: a report has 9 KiB of log and 2000
 * characters of message, which as JSON grow sixfold at most (66 KiB), and some small words: 100 of them are 6.5 MiB.
 */
const atOnce = 100;

type SentReport = Readonly<Record<string, unknown>>;

export interface ReportSpool {
  keep(report: z.input<typeof newReportSchema>): Promise<void>;
  /** How many wait. */
  waiting(): Promise<number>;
  /** Hands in what waits; what was refused is put aside in `refused`, with the reason. Returns both numbers. */
  flush(send: (reports: SentReport[]) => Promise<readonly ReportAnswer[]>): Promise<Flushed>;
}

export interface Flushed {
  readonly sent: number;
  readonly refused: number;
}

export function openReportSpool(folder: string): ReportSpool {
  async function names(): Promise<readonly string[]> {
    const all = await readdir(folder).catch(() => []);
    return all.filter((name) => name.endsWith('.json')).toSorted();
  }

  return {
    async keep(report) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const text = JSON.stringify(report);
      const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
      // The same report kept twice is one file.
      await writeFileAtomic(join(folder, `${report.endedAt.replaceAll(/\D/g, '')}-${hash}.json`), text, {
        mode: 0o600,
      });
    },
    waiting: async () => (await names()).length,
    async flush(send) {
      let flushed: Flushed = { sent: 0, refused: 0 };
      const all = await names();
      for (let from = 0; from < all.length; from += atOnce) {
        flushed = add(flushed, await sendSome(folder, all.slice(from, from + atOnce), send));
      }
      return flushed;
    },
  };
}

async function sendSome(
  folder: string,
  names: readonly string[],
  send: (reports: SentReport[]) => Promise<readonly ReportAnswer[]>,
): Promise<Flushed> {
  const read = await Promise.all(names.map(async (name) => ({ name, report: await readReport(join(folder, name)) })));
  const waiting = read.flatMap(({ name, report }) => (report === undefined ? [] : [{ name, report }]));
  if (waiting.length === 0) return { sent: 0, refused: 0 };
  const answers = await send(waiting.map(({ report }) => report));
  let refused = 0;
  for (const [index, { name }] of waiting.entries()) {
    const answer = answers[index];
    if (answer === undefined) continue;
    if (answer.state === 'refused' || answer.state === 'conflict') {
      await putAside(folder, name, answer);
      refused += 1;
    } else {
      await rm(join(folder, name), { force: true });
    }
  }
  return { sent: waiting.length - refused, refused };
}

async function putAside(folder: string, name: string, answer: ReportAnswer): Promise<void> {
  const aside = join(folder, 'refused');
  await mkdir(aside, { recursive: true, mode: 0o700 });
  await writeFileAtomic(join(aside, `${name}.answer`), JSON.stringify(answer), { mode: 0o600 });
  await rename(join(folder, name), join(aside, name));
}

/** Undefined when another program that runs beside this one has sent it meanwhile. */
async function readReport(path: string): Promise<SentReport | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw new KuraError('internal', 'backups.report-spool-unreadable', { params: { path }, cause });
  }
}

function add(one: Flushed, other: Flushed): Flushed {
  return { sent: one.sent + other.sent, refused: one.refused + other.refused };
}
