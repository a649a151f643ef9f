/** The port ExternalScanner over a plugin. */
import { createHash } from 'node:crypto';

import { z } from 'zod';

import type { ExternalScan, ExternalScanner, FileToScan } from '#models/ports';
import type { ScriptSandbox } from '#platform/isolation';
import type { Plugin, PluginFiles, Plugins } from '#platform/plugins';

import { readEnds } from './read-ends.ts';

export interface PluginScannerDeps {
  readonly sandbox: Pick<ScriptSandbox, 'run'>;
  /** Hears how each run went. */
  readonly noteRun: Plugins['noteRun'];
}

/** More would be no list that anybody reads. */
const MOST_FINDINGS = 50;
const answerSchema = z.strictObject({
  findings: z
    .array(
      z.strictObject({
        rule: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
        severity: z.enum(['suspicious', 'dangerous']),
        message: z.string().max(300),
      }),
    )
    .max(MOST_FINDINGS),
});

/** Those that somebody allowed; who of them cannot be asked says so of each file. */
export async function pluginScanners(
  plugins: Pick<Plugins, 'allowed' | 'noteRun'>,
  sandbox: PluginScannerDeps['sandbox'],
): Promise<readonly ExternalScanner[]> {
  const deps = { sandbox, noteRun: plugins.noteRun };
  return (await plugins.allowed('security-scanner')).map((plugin) => {
    const { state, files } = plugin;
    return state === 'on' && files !== undefined ? createPluginScanner(files, deps) : silentScanner(plugin);
  });
}

export function createPluginScanner(files: PluginFiles, { sandbox, noteRun }: PluginScannerDeps): ExternalScanner {
  const { id, manifest, source, digest } = files;
  const scanner = nameOf(id);
  return {
    name: scanner,
    formats: manifest.formats === undefined ? undefined : new Set(manifest.formats),
    // It may look at the name and at what we found, not at the bytes alone.
    version: async (file) =>
      createHash('sha256')
        .update(JSON.stringify([digest, told(files, file)]))
        .digest('hex')
        .slice(0, 32),
    async scan(path, signal, file): Promise<ExternalScan> {
      const ends = await readEnds(path).catch(() => undefined);
      if (ends === undefined) return notScanned(scanner, 'plugins.failed.threw', { detail: 'the file cannot be read' });
      const { sizeBytes, head, tail } = ends;
      const mayLook = manifest.permissions.includes('ends');
      const input = { sizeBytes, ...told(files, file), ...(mayLook ? { head, tail } : {}) };
      const result = await sandbox.run({ source, call: 'scan', input, output: answerSchema }, signal);
      if ('failure' in result) {
        const { fault, detail } = result.failure;
        await noteRun(files, fault);
        return notScanned(scanner, `plugins.failed.${fault}`, { detail: plain(detail) });
      }
      await noteRun(files, undefined);
      const findings = result.value.findings.map((finding) => ({ ...finding, message: plain(finding.message) }));
      return { scanner, result: worstOf(findings), findings, reason: null, isolation: 'quickjs' };
    },
  };
}

function silentScanner({ id, state, row }: Plugin): ExternalScanner {
  return {
    name: nameOf(id),
    formats: undefined,
    version: async () => `${state} ${row?.digest ?? ''}`,
    scan: async () => notScanned(nameOf(id), 'plugins.not-on', { state }),
  };
}

/** No program of the settings can be called so. */
function nameOf(id: string): string {
  return `plugin:${id}`;
}

/** What it may know besides the bytes. */
function told({ manifest: { permissions } }: PluginFiles, { name, format, verdict, findings }: FileToScan) {
  return {
    format,
    ...(permissions.includes('name') ? { name } : {}),
    ...(permissions.includes('findings')
      ? { verdict, findings: findings.map(({ rule, severity }) => ({ rule, severity })) }
      : {}),
  };
}

function worstOf(findings: ExternalScan['findings']): ExternalScan['result'] {
  if (findings.length === 0) return 'clean';
  return findings.some(({ severity }) => severity === 'dangerous') ? 'dangerous' : 'suspicious';
}

function notScanned(scanner: string, code: string, params: Readonly<Record<string, string>>): ExternalScan {
  return { scanner, result: 'not-scanned', findings: [], reason: { code, params }, isolation: null };
}

/** Other people's text may carry control sequences of the terminal. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
}
