import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { type BytePath, comparePaths, joinPath, safeNames } from './format/byte-path.ts';
import { decodeEntry, encodeEntry, type TreeEntry } from './snapshot/tree-entry.ts';
import { createPathFilter } from './source/exclude.ts';

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

  it('share a path among their wildcards in whatever way fits', () => {
    assert.ok(excluded('**/a/**/*b?/c', 'x/a/a/y/bbb/bz/c'));
    assert.ok(excluded('*a*a*b', 'x/aaaab'));
    assert.ok(excluded('a/**', 'a/b/c') && excluded('a/**/b', 'a/b'));
    assert.ok(!excluded('a/*/*c', 'a/b/b/c'));
  });

  it('take no longer for many wildcards on a path that nearly fits', () => {
    for (const pattern of ['**/'.repeat(100), '**a'.repeat(100), '*a'.repeat(100), '**/a/'.repeat(50)]) {
      assert.ok(!excluded(`${pattern}x`, 'a/'.repeat(500)));
      assert.ok(!excluded(`${pattern}x`, 'a'.repeat(255)));
    }
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
