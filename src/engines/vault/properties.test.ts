import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { type BytePath, comparePaths, joinPath, safeNames } from './byte-path.ts';
import { createPathFilter } from './exclude.ts';
import { createTestFolder, createTestVault, describeTree, type TestTree, writeTree } from './testing/vault-fixture.ts';
import { decodeEntry, encodeEntry, type TreeEntry } from './tree-entry.ts';

const name = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }),
    fc.constantFrom(
      'モデル',
      'が'.normalize('NFD'),
      'が',
      'e\u0301',
      'é',
      '..x',
      '.hidden',
      'a b',
      '-rf',
      '🎌',
      'CON',
      '*',
    ),
  )
  .filter((text) => !/[/\0\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, '')))
  .filter((text) => text !== '.' && text !== '..' && Buffer.byteLength(text) <= 200);

const leaf = fc.oneof(
  fc.record({
    content: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(65_535, 65_536, 65_537, 200_000).map((size) => Buffer.alloc(size, 'kura')),
    ),
    mode: fc.constantFrom(0o600, 0o644, 0o755, 0o400, 0o4755),
    mtime: fc.integer({ min: 0, max: 4_000_000_000 }),
  }),
  fc.record({
    folder: fc.constant(true as const),
    mode: fc.constantFrom(0o700, 0o755, 0o500),
    mtime: fc.nat(2_000_000_000),
  }),
  fc.record({ symlink: fc.constantFrom('target', '../..', '/etc/passwd', 'モデル'), mtime: fc.nat(2_000_000_000) }),
);

/** Paths of which none is inside another's file. */
const tree = fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), leaf), { maxLength: 8 }).map((items) => {
  const chosen: [string, TestTree[string]][] = [];
  for (const [names, entry] of items) {
    const path = names.join('/');
    const clash = chosen.some(([other]) => `${path}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${path}/`));
    if (!clash) chosen.push([path, entry]);
  }
  return Object.fromEntries(chosen);
});

describe('any tree', () => {
  it('comes back as it was, encrypted or not', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.boolean(), async (content, encrypted) => {
        await using folder = await createTestFolder();
        await writeTree(folder.at('source'), content);
        const passphrase = encrypted ? 'p' : undefined;
        await using vault = await createTestVault({ folder: folder.at('repo'), passphrase });
        await vault.backup({ source: folder.at('source') });
        const { problems } = await vault.restore({ snapshot: 'latest', target: folder.at('restored') });
        assert.deepEqual(problems, []);
        assert.deepEqual(await describeTree(folder.at('restored')), await describeTree(folder.at('source')));
        const again = await vault.backup({ source: folder.at('source') });
        assert.deepEqual([again.newBytes, again.readBytes], [0, 0]);
        assert.deepEqual((await vault.verify({ readData: true })).errors, []);
      }),
      { numRuns: 25 },
    );
  });
});

const bytesName = fc
  .uint8Array({ minLength: 1, maxLength: 6 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x2e : byte))));
const bytesPath = fc
  .array(bytesName, { minLength: 1, maxLength: 4 })
  .map((names) => names.reduce<BytePath>((path, part) => joinPath(path, part), Buffer.alloc(0)));

describe('byte paths', () => {
  it('sort as a depth-first walk with names in byte order', () => {
    fc.assert(
      fc.property(bytesPath, bytesPath, (one, other) => {
        assert.equal(Math.sign(comparePaths(one, other)), Math.sign(compareByNames(one, other)));
      }),
    );
  });

  it('survive the file list, whatever their bytes', () => {
    fc.assert(
      fc.property(bytesPath, bytesPath, fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (path, target, mtimeNs) => {
        const entry: TreeEntry = { type: 'symlink', path, target, mode: 0o777, uid: 1, gid: 2, mtimeNs };
        const line = encodeEntry(entry);
        assert.ok(!line.includes('\n'));
        assert.deepEqual(decodeEntry(line), entry);
      }),
    );
  });

  it('are refused when they could leave their root', () => {
    for (const path of ['', '/etc', '../x', 'a/../b', 'a//b', 'a/', './a', 'a/.', 'a\0b', '..']) {
      assert.throws(() => safeNames(Buffer.from(path)), /path-escapes/, path);
    }
    assert.equal(safeNames(Buffer.from('a/..b/c..')).length, 3);
  });
});

describe('exclude patterns', () => {
  it('without a slash match a name at any depth', () => {
    assert.ok(excluded('*.tmp', 'a/b/c.tmp'));
    assert.ok(excluded('.cache/', 'a/.cache'));
    assert.ok(!excluded('*.tmp', 'a/tmp'));
    assert.ok(!excluded('cache', 'mycache'));
  });

  it('with a slash match from the source', () => {
    assert.ok(excluded('/top', 'top'));
    assert.ok(!excluded('/top', 'a/top'));
    assert.ok(excluded('a/**/z', 'a/z'));
    assert.ok(excluded('a/**/z', 'a/b/c/z'));
    assert.ok(!excluded('a/*/z', 'a/b/c/z'));
  });

  it('take every other character as it is', () => {
    assert.ok(excluded('a+b(1).[x]', 'a+b(1).[x]'));
    assert.ok(excluded('日本?', '日本🎌'));
    assert.ok(!excluded('a.c', 'abc'));
  });
});

function compareByNames(one: BytePath, other: BytePath): number {
  const [left, right] = [safeSplit(one), safeSplit(other)];
  for (const [index, part] of left.entries()) {
    const against = right[index];
    if (against === undefined) return 1;
    if (part.compare(against) !== 0) return part.compare(against);
  }
  return left.length - right.length;
}

function safeSplit(path: BytePath): Buffer[] {
  return path
    .toString('latin1')
    .split('/')
    .map((part) => Buffer.from(part, 'latin1'));
}

function excluded(pattern: string, path: string): boolean {
  return createPathFilter([pattern])(Buffer.from(path));
}
