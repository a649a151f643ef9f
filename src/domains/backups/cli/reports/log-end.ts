/** The end of a log, as much as goes with a report. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

import { KuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';

/** Kura keeps 8 KiB after taking out what looks like a secret; a little more, so that nothing it keeps begins inside of one. */
const SENT_LOG = 9 * KIB;
/** A character has at most four bytes. */
const READ_BYTES = 4 * SENT_LOG;

export function logEnd(log: string): string {
  return log.slice(-SENT_LOG);
}

/** @throws KuraError invalid `backups.report-log-unreadable` */
export async function readLogEnd(path: string): Promise<string> {
  try {
    // What has no size, as a pipe, is read from its beginning.
    const { size } = await stat(path);
    const from = size > READ_BYTES ? { start: size - READ_BYTES } : {};
    let log = '';
    for await (const text of createReadStream(path, { ...from, encoding: 'utf8' })) log = logEnd(log + String(text));
    return log;
  } catch (cause) {
    throw new KuraError('invalid', 'backups.report-log-unreadable', { params: { path }, cause });
  }
}
