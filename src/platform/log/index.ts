/** Logging: JSON lines, redacted at the sink, rotated by size and count. */
export { type Logger, type LogLevel, type OwnedLogger, openLogger, silentLogger } from './logger.ts';
export { redact } from './redact.ts';
