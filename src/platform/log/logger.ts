/** JSON log lines (P-070): to a rotated file in the data directory, and to standard error where that is asked for. */
import { join } from 'node:path';
import { type LevelWithSilent, multistream, type Logger as PinoLogger, pino, type StreamEntry } from 'pino';
import type { RolledStream } from 'pino-roll';

import { type KuraError, toKuraError } from '#kernel/errors';

import { redact } from './redact.ts';

export type LogFields = Readonly<Record<string, unknown>>;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** `event` is a static name such as `job.failed`; what varies goes into the fields. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Logs the error with its id, code, parameters, cause and stack. */
  error(event: string, error: unknown, fields?: LogFields): void;
  /** A logger that adds `fields` to each line. */
  with(fields: LogFields): Logger;
  setLevel(level: LogLevel): void;
}

export interface OwnedLogger extends Logger, AsyncDisposable {}

export interface LogOptions {
  readonly level: LogLevel;
  /** Folder for `kura.N.log`; without it nothing is written to disk. */
  readonly folder?: string;
  readonly fileBytes?: number;
  readonly files?: number;
  /** Also write to standard error: everything as `json` or `pretty`, nothing, or (`auto`) warnings if it is a terminal. */
  readonly terminal: 'auto' | 'json' | 'pretty' | 'none';
}

export async function openLogger(options: LogOptions): Promise<OwnedLogger> {
  const rotated = options.folder === undefined ? undefined : await openFile(options.folder, options);
  const streams: StreamEntry<LevelWithSilent>[] = [];
  if (rotated !== undefined) streams.push({ stream: rotated, level: 'trace' });
  if (options.terminal === 'json') streams.push({ stream: process.stderr, level: 'trace' });
  const quietly = options.terminal === 'auto' && process.stderr.isTTY;
  if (options.terminal === 'pretty' || quietly) {
    const { default: pretty } = await import('pino-pretty');
    const stream = pretty({ destination: 2, sync: true, ignore: 'pid,hostname', messageKey: 'event' });
    streams.push({ stream, level: quietly ? 'warn' : 'trace' });
  }
  const root = pino(
    { level: options.level, base: null, messageKey: 'event', hooks: { streamWrite: redact } },
    multistream(streams),
  );
  return Object.assign(wrap(root), {
    async [Symbol.asyncDispose]() {
      if (rotated !== undefined) await close(rotated);
    },
  });
}

/** For tests and pure tools: swallows everything. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLogger,
  setLevel: () => undefined,
};

async function openFile(folder: string, options: LogOptions) {
  const { default: openRotated } = await import('pino-roll');
  const file = await openRotated({
    file: join(folder, 'kura'),
    extension: '.log',
    mkdir: true,
    size: `${Math.ceil((options.fileBytes ?? 10 * 1024 * 1024) / 1024)}k`,
    limit: { count: Math.max(1, (options.files ?? 14) - 1), removeOtherLogFiles: true },
  });
  // Without a listener a full disk would end the process; the work itself will say what is wrong with the disk.
  file.on('error', () => undefined);
  return file;
}

/** Lines that the disk does not take are given up: it would never say that it is closed. */
function close(file: RolledStream): Promise<void> {
  return new Promise((resolve) => {
    file.once('close', resolve);
    file.once('error', () => {
      file.destroy();
      resolve();
    });
    file.end();
  });
}

function wrap(logger: PinoLogger): Logger {
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, error, fields) => logger.error({ ...fields, error: serialise(toKuraError(error)) }, event),
    with: (fields) => wrap(logger.child(fields)),
    setLevel: (level) => {
      logger.level = level;
    },
  };
}

function serialise(error: KuraError): LogFields {
  const cause =
    error.cause instanceof Error
      ? { name: error.cause.name, message: error.cause.message, stack: error.cause.stack }
      : error.cause;
  return { id: error.id, kind: error.kind, code: error.code, params: error.params, stack: error.stack, cause };
}
