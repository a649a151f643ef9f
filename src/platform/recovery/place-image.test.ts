import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import { masterKeyOf, newMasterKey, sealForFile } from '#platform/secrets';

import { describeFile, type ImageManifest, type KeptFile, writeManifest } from './image-manifest.ts';
import { placeImage } from './place-image.ts';
import { sealingName } from './stage-image.ts';

const masterKey = newMasterKey(systemRandom);

interface Image extends AsyncDisposable {
  readonly folder: string;
  readonly manifest: ImageManifest;
}

/** As Kura would write it, beside a file that is none of its business. */
async function makeImage(): Promise<Image> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kura-image-')));
  const image = join(folder, 'image');
  const master = masterKeyOf(masterKey);
  await put(join(folder, 'outside', 'theirs'), 'not ours');
  await put(join(image, 'database', 'kura.db'), 'a database');
  await put(join(image, 'home', 'notes', 'kept'), 'kept');
  const settings = sealForFile(master, sealingName('kura.yaml'), 'language: ja\n', systemRandom);
  await put(join(image, 'sealed', 'kura.yaml'), settings);
  const manifest: ImageManifest = {
    format: 'kura-image-1',
    version: '1.0.0',
    takenAt: '2026-11-23T00:00:00.000Z',
    host: 'here',
    home: '/somewhere',
    masterKeyId: master.id,
    dialect: 'sqlite',
    database: await describeFile(image, 'database/kura.db'),
    counts: {},
    sealed: [await describeFile(image, 'sealed/kura.yaml')],
    files: { count: 1, bytes: 4 },
    variables: [],
  };
  return { folder, manifest, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

async function place({ folder }: Image, manifest: ImageManifest): Promise<void> {
  await writeManifest(join(folder, 'image'), manifest);
  const target = { image: join(folder, 'image'), home: join(folder, 'home'), masterKey, environment: {} };
  await placeImage(target, new AbortController().signal);
}

async function nothingHappened({ folder }: Image): Promise<void> {
  assert.equal(await readFile(join(folder, 'outside', 'theirs'), 'utf8'), 'not ours');
  await assert.rejects(readFile(join(folder, 'home', 'kura.yaml')), { code: 'ENOENT' });
}

describe('placeImage', () => {
  it('puts what is sealed, the files and the database in place', async () => {
    await using image = await makeImage();
    await place(image, image.manifest);
    const home = join(image.folder, 'home');
    assert.equal(await readFile(join(home, 'kura.yaml'), 'utf8'), 'language: ja\n');
    assert.equal(await readFile(join(home, 'notes', 'kept'), 'utf8'), 'kept');
    assert.equal(await readFile(join(home, 'kura.db'), 'utf8').catch(() => ''), 'a database');
  });

  const ways = [
    '../outside/theirs',
    'database/../../outside/theirs',
    'sealed/../../outside/theirs',
    'sealed//x',
    'database',
  ];
  for (const path of [...ways, 'sealed\\..\\..\\outside\\theirs', '/etc/hostname']) {
    it(`takes no file from ${path}`, async () => {
      await using image = await makeImage();
      const theirs = await describeFile(image.folder, 'outside/theirs');
      const file: KeptFile = { ...theirs, path };
      for (const hostile of [{ database: file }, { sealed: [file] }]) {
        await assert.rejects(place(image, { ...image.manifest, ...hostile }), { code: 'recovery.not-an-image' });
      }
      await nothingHappened(image);
    });
  }

  it('follows no link out of the image', async () => {
    for (const linked of ['database/kura.db', 'database', 'sealed', 'home']) {
      await using image = await makeImage();
      const at = join(image.folder, 'image', linked);
      await rm(at, { recursive: true });
      await put(join(image.folder, 'outside', 'kura.db'), 'a database');
      await put(join(image.folder, 'outside', 'kura.yaml'), 'language: en');
      await symlink(linked.endsWith('.db') ? '../../outside/kura.db' : '../outside', at);
      await assert.rejects(place(image, image.manifest), { code: 'recovery.image-damaged' }, linked);
      await nothingHappened(image);
    }
  });

  it('takes settings and keys from the sealed part only', async () => {
    for (const path of ['home/kura.yaml', 'home/run/secrets/master.key']) {
      await using image = await makeImage();
      await put(join(image.folder, 'image', path), 'language: en');
      await assert.rejects(place(image, image.manifest), { code: 'recovery.image-damaged' }, path);
      await nothingHappened(image);
    }
  });
});
