/** JSON log lines (P-070): to a rotated file in the data directory, and to standard error where that is asked for. */
import { join } from 'node:path';
import { type LevelWithSilent, multistream, type Logger as PinoLogger, pino, type StreamEntry } from 'pino';

import { type KuraError, toKuraError } from '#kernel/errors';

import { openLateFile } from './late-file.ts';
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
  /** The file is opened by the first line, not before. */
  readonly late?: boolean;
  readonly fileBytes?: number;
  readonly files?: number;
  /** Also write to standard error: everything as `json` or `pretty`, nothing, or (`auto`) warnings if it is a terminal. */
  readonly terminal: 'auto' | 'json' | 'pretty' | 'none';
}

export async function openLogger(options: LogOptions): Promise<OwnedLogger> {
  const { folder } = options;
  const rotated = folder === undefined ? undefined : openLateFile(() => openFile(folder, options));
  if (options.late !== true) await rotated?.open();
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
      await rotated?.close();
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
  return await openRotated({
    file: join(folder, 'kura'),
    extension: '.log',
    mkdir: true,
    size: `${Math.ceil((options.fileBytes ?? 10 * 1024 * 1024) / 1024)}k`,
    limit: { count: Math.max(1, (options.files ?? 14) - 1), removeOtherLogFiles: true },
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
