/**
 * How a copy made by rclone is laid out: `current/` is the folder as it was, `earlier/RUN/` holds what later runs replaced
 * or removed, `kura-copy.json` says whose copy it is, `kura-manifest.jsonl` what is in it. All of it can be read without
 * Kura.
 */
import { type EngineCall, engineFailed, engineRepositoryMissing } from '#backups/ports';
import { parsedJson } from '#kernel/parsed-json';
import { type Listed, readManifest } from './manifest.ts';
import { type ListedFile, type Marker, markerSchema, readListed } from './rclone-answers.ts';
import { type RcloneCopyDeps, runRclone } from './rclone-program.ts';

export function placeIn(repository: string, name: string): string {
  return /[:/]$/.test(repository) ? `${repository}${name}` : `${repository}/${name}`;
}

const markerName = 'kura-copy.json';
export const manifestName = 'kura-manifest.jsonl';

/** @throws KuraError not-found `backups.engine-repository-missing` when there is none */
export async function readMarker(deps: RcloneCopyDeps, call: EngineCall): Promise<Marker> {
  const { repository } = call.place;
  const text = await textAt(deps, call, placeIn(repository, markerName));
  const marker = markerSchema.safeParse(parsedJson(text)).data;
  if (marker !== undefined) return marker;
  throw text === ''
    ? engineRepositoryMissing({ tool: 'rclone', repository })
    : engineFailed({ tool: 'rclone', repository }, 0, `${markerName}: ${text.slice(0, 100)}`);
}

export async function writeMarker(deps: RcloneCopyDeps, call: EngineCall, marker: Marker): Promise<void> {
  await writeAt(deps, call, markerName, `${JSON.stringify(marker, undefined, 2)}\n`);
}

export async function loadManifest(deps: RcloneCopyDeps, call: EngineCall): Promise<readonly Listed[]> {
  return readManifest(await textAt(deps, call, placeIn(call.place.repository, manifestName)));
}

export async function writeAt(deps: RcloneCopyDeps, call: EngineCall, name: string, text: string): Promise<void> {
  await runRclone(deps, call, { command: 'rcat', places: [placeIn(call.place.repository, name)], stdin: text });
}

/** Files of a folder here or of the copy; empty when there is no such folder. */
export async function listFiles(
  deps: RcloneCopyDeps,
  call: EngineCall,
  place: string,
  flags: readonly string[] = [],
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  await runRclone(deps, silent(call), {
    command: 'lsjson',
    flags: ['--recursive', '--files-only', '--no-mimetype', ...flags],
    places: [place],
    accept: isNotThere,
    onOutput(line) {
      const file = readListed(line);
      if (file !== undefined) files.push(file);
    },
  });
  return files;
}

/** Empty when it is not there. */
async function textAt(deps: RcloneCopyDeps, call: EngineCall, place: string): Promise<string> {
  const lines: string[] = [];
  await runRclone(deps, silent(call), {
    command: 'cat',
    places: [place],
    accept: isNotThere,
    onOutput: (line) => lines.push(line),
  });
  return lines.join('\n');
}

function isNotThere(errors: ReadonlyArray<{ readonly message: string }>): boolean {
  return errors.some(({ message }) => /directory not found|object not found|no such file/i.test(message));
}

/** That something is not there may be the answer, and nothing to tell people. */
function silent(call: EngineCall): EngineCall {
  return { ...call, onLine: () => undefined };
}
