/** The job that hands a mail of the outbox to the mail server. */
import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import { type HandledJob, handleJob, type JobContext, type JobKind } from '#platform/jobs';

import { forgetOld } from './forget-old.ts';
import { type MailDeps, mailContext } from './mail-deps.ts';
import type { MailOutbox, QueuedFile } from './mail-outbox.ts';
import { findFiles, findMail, updateMail } from './mail-store.ts';
import type { MailRow } from './mail-tables.ts';
import type { MailFile } from './mail-transport.ts';
import { sendMailJob } from './send-mail-job.ts';

const longestReason = 300;
const contentSchema = z.object({
  id: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  thread: z.string().optional(),
  unsubscribe: z.string().optional(),
  files: z.array(z.object({ name: z.string(), mediaType: z.string(), sha256: z.string() })).default([]),
});

export const notifyJobs: readonly JobKind[] = [sendMailJob];

export interface NotifyJobsDeps extends Pick<MailDeps, 'database' | 'clock'> {
  /** Undefined where no mail server is configured: what was queued before is given up. */
  readonly mail: MailOutbox | undefined;
}

export function notifyJobHandlers({ mail, ...deps }: NotifyJobsDeps): readonly HandledJob[] {
  return [
    handleJob(sendMailJob, async (context) => {
      const queued = await queuedMail(deps.database, context.payload.id);
      if (queued === undefined) return;
      if (mail !== undefined) await sendMail(mail.deps, context, queued);
      else await end(deps, queued.id, { state: 'failed', last_error: 'notify.mail-off' });
    }),
  ];
}

type QueuedMail = MailRow & { readonly content: string };

async function queuedMail(database: Database, id: string): Promise<QueuedMail | undefined> {
  const mail = await findMail(database, id);
  return mail?.state === 'queued' && mail.content !== null ? { ...mail, content: mail.content } : undefined;
}

async function sendMail(deps: MailDeps, context: JobContext<unknown>, mail: QueuedMail): Promise<void> {
  const { id } = mail;
  if (mail.expires_at !== null && Date.parse(mail.expires_at) <= deps.clock.now()) {
    await end(deps, id, { state: 'expired' });
    return;
  }
  try {
    const opened = JSON.parse(await deps.sealer.open(mailContext(id), mail.content));
    const { files: queued, ...content } = contentSchema.parse(opened);
    const files = await readFiles(deps.database, queued);
    await deps.transport.send({ ...content, files, to: mail.recipient, language: mail.language }, context.signal);
  } catch (error) {
    context.signal.throwIfAborted();
    await noteFailure(deps, mail, context.attempt, error);
    throw error;
  }
  await end(deps, id, { state: 'sent', attempts: mail.attempts + 1, last_error: null, last_reason: null });
}

/** Without one that is gone by now: the mail says where it is. */
async function readFiles(database: Database, queued: readonly QueuedFile[]): Promise<readonly MailFile[]> {
  const contents = await findFiles(
    database,
    queued.map(({ sha256 }) => sha256),
  );
  return queued.flatMap(({ name, mediaType, sha256 }) => {
    const content = contents.get(sha256);
    return content === undefined ? [] : [{ name, mediaType, content }];
  });
}

async function noteFailure(deps: MailDeps, mail: MailRow, attempt: number, error: unknown): Promise<void> {
  const { code, facts, kind, params } = toKuraError(error);
  const mayPass = (facts.retryable || kind === 'internal') && attempt < sendMailJob.maxAttempts;
  const reason = params['reason'];
  const change = {
    attempts: mail.attempts + 1,
    last_error: code,
    last_reason: typeof reason === 'string' ? reason.slice(0, longestReason) : null,
  };
  if (!mayPass) return end(deps, mail.id, { ...change, state: 'failed' });
  await deps.database.transaction((tx) => updateMail(tx, mail.id, change));
}

/** What it said is forgotten, what became of it stays for a while. */
async function end(
  { database, clock }: Pick<MailDeps, 'database' | 'clock'>,
  id: string,
  change: Partial<MailRow>,
): Promise<void> {
  await database.transaction(async (tx) => {
    await updateMail(tx, id, { ...change, content: null, ended_at: nowInstant(clock) });
    await forgetOld(tx, clock.now());
  });
}
