/** The port ExternalScanner over a program that runs isolated. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { toKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import type { ExternalScan, ExternalScanner } from '#models/ports';
import type { ExternalScannerSettings } from '#platform/config';
import { type Isolation, type IsolationLevel, isolationPresets } from '#platform/isolation';

import { type Answer, readAnswer } from './read-answer.ts';

/** The same for every file: its own name could tell, or trick, the program. */
const FILE = '/scan/file';

/** A program is told nothing but the file. */
export interface ProgramScanner extends ExternalScanner {
  scan(path: string, signal: AbortSignal): Promise<ExternalScan>;
  version(): Promise<string>;
}

export function createExternalScanner(settings: ExternalScannerSettings, isolation: Isolation): ProgramScanner {
  const { name, formats } = settings;

  async function asked(path: string, signal: AbortSignal): Promise<{ answer: Answer; level: IsolationLevel }> {
    const { level } = await isolation.state(signal);
    const file = level === 'bubblewrap' ? FILE : path;
    const request = {
      program: settings.command,
      args: settings.args.map((arg) => arg.replaceAll('{file}', file)),
      readOnly: [{ path, at: FILE }, ...settings.reads.map((read) => ({ path: read }))],
      limits: limitsOf(settings),
    };
    const result = await isolation.run(request, signal);
    return { answer: readAnswer(result, settings, path), level: result.level };
  }

  return {
    name,
    formats: formats === undefined ? undefined : new Set(formats),
    version: async () => versionOf(settings),
    async scan(path, signal): Promise<ExternalScan> {
      try {
        const { answer, level } = await asked(path, signal);
        return { scanner: name, ...answer, isolation: level };
      } catch (error) {
        signal.throwIfAborted();
        const { code, params } = toKuraError(error);
        return { scanner: name, result: 'not-scanned', findings: [], reason: { code, params }, isolation: null };
      }
    },
  };
}

function limitsOf({ timeoutSeconds, memoryMiB }: ExternalScannerSettings) {
  const preset = isolationPresets.scan;
  // Who is given more time than usual needs it for computing.
  const cpuSeconds = timeoutSeconds > preset.wallSeconds ? timeoutSeconds : preset.cpuSeconds;
  return { ...preset, cpuSeconds, wallSeconds: timeoutSeconds, memoryBytes: memoryMiB * MIB };
}

/** Settings, and size and time of the program and of what it reads; folders one level deep, where signatures lie. */
async function versionOf(settings: ExternalScannerSettings): Promise<string> {
  const parts = await Promise.all([settings.command, ...settings.reads].map(stateOf));
  return createHash('sha256')
    .update(JSON.stringify([settings, parts]))
    .digest('hex')
    .slice(0, 32);
}

async function stateOf(path: string): Promise<readonly string[]> {
  const entries = await readdir(path).catch((): readonly string[] => []);
  return Promise.all([path, ...[...entries].sort().map((entry) => join(path, entry))].map(markOf));
}

async function markOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? `${path} -` : `${path} ${found.size} ${found.mtimeMs}`;
}
