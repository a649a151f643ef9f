/** Plugins as they lie on disk: a folder each, with `plugin.json` and one program. Links are not followed. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { systemCode } from '#kernel/errors';
import { KIB } from '#kernel/units';

import { pluginKinds, pluginPermissions } from '../contract/index.ts';

const MOST_BYTES = 256 * KIB;
const MOST_PLUGINS = 64;
export const pluginIdPattern = /^[a-z0-9][a-z0-9-]{0,31}$/;

const manifestSchema = z.strictObject({
  id: z.string().regex(pluginIdPattern),
  name: z.strictObject({ en: z.string().min(1).max(100), ja: z.string().min(1).max(100) }),
  version: z
    .string()
    .max(64)
    .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,32})?$/),
  kind: z.enum(pluginKinds),
  permissions: z.array(z.enum(pluginPermissions)).max(pluginPermissions.length).default([]),
  /** Beside the manifest. */
  entry: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]+\.js$/),
  /** As `kura scan` calls them; default: all. */
  formats: z.array(z.string().min(1).max(64)).min(1).max(64).optional(),
});
export type PluginManifest = z.output<typeof manifestSchema>;

export interface PluginFiles {
  readonly id: string;
  readonly manifest: PluginManifest;
  readonly source: string;
  /** SHA-256 over both, hexadecimal. */
  readonly digest: string;
}

/** `fault`: why it cannot be read, in English, for who writes plugins. */
export type FoundPlugin = PluginFiles | { readonly id: string; readonly fault: string };

/** By id. Empty where there is no folder. */
export async function readPluginFolder(folder: string): Promise<readonly FoundPlugin[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const ids = entries
    .filter((entry) => entry.isDirectory() && pluginIdPattern.test(entry.name))
    .map(({ name }) => name);
  const found: FoundPlugin[] = [];
  for (const id of ids.toSorted().slice(0, MOST_PLUGINS)) found.push(await readPlugin(folder, id));
  return found;
}

async function readPlugin(folder: string, id: string): Promise<FoundPlugin> {
  try {
    const written = await readSmall(join(folder, id, 'plugin.json'));
    const manifest = manifestSchema.parse(JSON.parse(written.toString('utf8')));
    if (manifest.id !== id) return { id, fault: `plugin.json says id ${manifest.id}` };
    const program = await readSmall(join(folder, id, manifest.entry));
    // Its length stands between the two, so that nothing can be moved from one into the other.
    const digest = createHash('sha256').update(`${written.length}\n`).update(written).update(program).digest('hex');
    return { id, manifest, source: program.toString('utf8'), digest };
  } catch (error) {
    return { id, fault: faultOf(error) };
  }
}

async function readSmall(path: string): Promise<Buffer> {
  await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await file.stat();
  if (!found.isFile() || found.size > MOST_BYTES) throw new RangeError(`no file of at most ${MOST_BYTES} bytes`);
  return await file.readFile();
}

function faultOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `plugin.json: ${issue?.path.join('.')}: ${issue?.message}`.slice(0, 300);
  }
  return (systemCode(error) ?? (error instanceof Error ? error.message : String(error))).slice(0, 300);
}
