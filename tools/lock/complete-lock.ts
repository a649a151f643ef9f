/**
 * npm leaves an optional package out of the lock file when the registry it asks does not carry it, or the platform is
 * another one, and then refuses `npm ci` with that very file. Every optional dependency a locked package names gets an
 * entry here; os and cpu follow from the name, so that npm knows which ones to skip without asking.
 */
import { z } from 'zod';

const entrySchema = z.object({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
// Untyped, so that what npm wrote keeps its order of keys.
const anyRecord = z.record(z.string(), z.unknown());

type Entry = z.output<typeof entrySchema>;

interface MissingEntry {
  readonly name: string;
  readonly version: string;
  readonly dev: boolean;
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** @throws z.ZodError when `text` is not a lock file. */
export function missingEntries(text: string): readonly MissingEntry[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isReachable(packages, place, name))
      .map(([name, version]) => ({ name, version, dev: dev === true })),
  );
}

/** The lock file with the missing entries, in npm's order and layout. */
export function completeLock(text: string): string {
  const lock = anyRecord.parse(JSON.parse(text));
  const added = missingEntries(text).map((entry) => [`node_modules/${entry.name}`, toEntry(entry)] as const);
  const all = [...Object.entries(anyRecord.parse(lock['packages'])), ...added];
  const packages = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, 'en')));
  return `${JSON.stringify({ ...lock, packages }, undefined, 2)}\n`;
}

/** Node's look-up: beside the package itself, then in every node_modules above it. */
function isReachable(packages: Readonly<Record<string, Entry>>, place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    if (!folder.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined;
  }
}

function toEntry({ name, version, dev }: MissingEntry): Readonly<Record<string, unknown>> {
  const words = name.split(/[/-]/);
  const cpu = processors.filter((processor) => words.includes(processor));
  const os = systems.filter((system) => words.includes(system));
  return {
    version,
    ...(cpu.length === 0 ? {} : { cpu }),
    ...(dev ? { dev } : {}),
    ...(words.includes('musl') ? { libc: ['musl'] } : {}),
    optional: true,
    ...(os.length === 0 ? {} : { os }),
  };
}
