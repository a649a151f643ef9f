/** Trees of every kind of file and name, written to the disk and changed there, for property tests. */
import { chmod, link, lstat, mkdir, open, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';

import * as fc from 'fast-check';

import { openLibc } from '../file-system/libc.ts';

const writings = [
  'モデル',
  'が'.normalize('NFD'),
  'が',
  'é',
  'e\u0301',
  'ไทย',
  'العربية',
  'עברית',
  'हिन्दी',
  '中文',
  'Ελλάδα',
];
const awkward = ['..x', '.hidden', 'a b', '-rf', '🎌', 'CON', '*', 'line\nbreak', 'back\\slash', '"', 'x'.repeat(255)];

const texts = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
  fc.constantFrom(...writings, ...awkward),
);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 12 });

/** Any name that a file system takes, UTF-8 or not. */
const name = fc
  .oneof(
    texts.map((text) => Buffer.from(text)),
    bytes.map((raw) => Buffer.from(raw)),
  )
  .filter((raw) => raw.length <= 255 && !raw.includes(0) && !raw.includes(0x2f))
  .filter((raw) => !['.', '..'].includes(raw.toString('latin1')));

const content = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((raw) => ({ bytes: Buffer.from(raw), holes: 0 })),
  fc.constantFrom(65_535, 65_536, 65_537, 200_000).map((size) => ({ bytes: Buffer.alloc(size, 'kura'), holes: 0 })),
  fc.constantFrom(1, 4096, 300_000).map((holes) => ({ bytes: Buffer.from('before the hole'), holes })),
);
const attributes = fc.dictionary(
  fc.constantFrom('user.a', 'user.属性', 'user.with space'),
  fc.uint8Array({ maxLength: 40 }),
  { maxKeys: 2 },
);
const mtimeNs = fc.bigInt({ min: -(10n ** 18n), max: 4n * 10n ** 18n });
const shared = { name, parent: fc.nat(), mtimeNs, attributes };

const node = fc.oneof(
  fc.record({
    kind: fc.constant('file'),
    ...shared,
    content,
    mode: fc.constantFrom(0o600, 0o644, 0o755, 0o400, 0o4755),
  }),
  fc.record({ kind: fc.constant('folder'), ...shared, mode: fc.constantFrom(0o700, 0o755, 0o500, 0o1777) }),
  fc.record({ kind: fc.constant('symlink'), ...shared, to: name }),
  fc.record({ kind: fc.constant('hardlink'), ...shared, to: fc.nat() }),
);
type Node = typeof node extends fc.Arbitrary<infer Kind> ? Kind : never;

export const randomTree = fc.array(node, { maxLength: 12 });

/** What happens to a tree between two backups. */
export const randomChange = fc.record({
  kind: fc.constantFrom('append', 'replace', 'remove', 'rename', 'shorten'),
  which: fc.nat(),
  name,
});
type Change = typeof randomChange extends fc.Arbitrary<infer Kind> ? Kind : never;

/** Files as they were written, for changing them. */
export async function writeRandomTree(root: string, nodes: readonly Node[]): Promise<readonly Buffer[]> {
  const [folders, files, made]: [Buffer[], Buffer[], [Buffer, Node][]] = [[Buffer.from(root)], [], []];
  for (const each of nodes) {
    const path = Buffer.concat([pick(folders, each.parent) ?? Buffer.from(root), Buffer.from('/'), each.name]);
    if (await exists(path)) continue;
    if (each.kind === 'folder') await mkdir(path).then(() => folders.push(path));
    if (each.kind === 'file') await writeRandomFile(path, each).then(() => files.push(path));
    if (each.kind === 'symlink') await symlink(each.to, path);
    const original = each.kind === 'hardlink' ? pick(files, each.to) : undefined;
    if (original !== undefined) await link(original, path);
    else if (each.kind !== 'hardlink') made.push([path, each]);
  }
  for (const [path, each] of made.toReversed()) await finish(path, each);
  return files;
}

export async function applyChange(root: string, files: readonly Buffer[], change: Change): Promise<void> {
  const path = pick(files, change.which);
  if (path === undefined || !(await exists(path))) return;
  const folder = path.subarray(0, path.lastIndexOf(0x2f));
  // Nobody but root may write where the tree says so; the change is about contents, not about that.
  await chmod(path, 0o600);
  await chmod(folder.length > root.length ? folder : path, 0o700);
  if (change.kind === 'append') await writeFile(path, 'appended', { flag: 'a' });
  if (change.kind === 'replace') await writeFile(path, `replaced ${change.which}`);
  if (change.kind === 'shorten') await truncate(path, Math.floor((await lstat(path)).size / 2));
  if (change.kind === 'remove') await rm(path);
  const other = Buffer.concat([Buffer.from(`${root}/`), change.name]);
  if (change.kind === 'rename' && !(await exists(other))) await rename(path, other);
}

async function writeRandomFile(path: Buffer, each: Node & { kind: 'file' }): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(each.content.bytes);
  await file.truncate(each.content.bytes.length + each.content.holes);
  if (each.content.holes > 4096)
    await file.write(Buffer.from('after it'), 0, 8, each.content.bytes.length + each.content.holes);
}

async function finish(path: Buffer, each: Node): Promise<void> {
  const libc = await openLibc();
  if (each.kind === 'file' || each.kind === 'folder') {
    for (const [key, value] of Object.entries(each.attributes)) {
      libc?.writeAttribute(path, Buffer.from(key), Buffer.from(value));
    }
    await chmod(path, each.mode);
  }
  libc?.setTimes(path, each.mtimeNs);
}

async function exists(path: Buffer): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % Math.max(1, items.length)];
}
