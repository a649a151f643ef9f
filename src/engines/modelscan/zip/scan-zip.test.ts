import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import { MIB } from '#kernel/units';

import type { ScanReport } from '../report.ts';
import { scanBytes } from '../scan-file.ts';
import { goodSafetensors, torchDataPickle, torchZip, writeNpy, writeTar } from '../testing/model-writer.ts';
import { harmlessPickle, maliciousPickle } from '../testing/pickle-assembler.ts';
import { type Fields, writeZip, type ZipFile, type ZipShape } from '../testing/zip-writer.ts';

const good: ZipFile = { name: 'a.safetensors', content: goodSafetensors() };
const bad: ZipFile = { name: 'b.pkl', content: maliciousPickle() };

async function scan(files: readonly ZipFile[], shape: ZipShape = {}): Promise<ScanReport> {
  return scanBytes(writeZip(files, shape), { names: ['files.zip'] });
}

function has(report: ScanReport, rule: string): boolean {
  return report.findings.some((finding) => finding.rule === rule);
}

describe('zip archives', () => {
  it('are clean when every member is', async () => {
    const report = await scan([good, { ...good, name: 'c.safetensors', deflate: true }]);
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.verdict, report.format], ['clean', 'zip']);
  });

  it('say which member is dangerous', async () => {
    const report = await scan([good, { ...bad, deflate: true }]);
    assert.equal(report.verdict, 'dangerous');
    assert.equal(report.findings[0]?.location.member, 'b.pkl');
  });

  for (const name of ['b', 'b.txt', 'b.png', 'data/0', 'B.PKL', 'version', 'b.safetensors']) {
    it(`judge a member whatever its name: ${name}`, async () => {
      assert.equal((await scan([good, { ...bad, name }])).verdict, 'dangerous');
    });
  }

  const lies: Readonly<Record<string, Partial<Fields>>> = {
    name: { name: 'x.safetensors' },
    flags: { flags: 0 },
    method: { method: 8 },
    checksum: { crc: 1 },
    size: { size: 1 },
    'compressed size': { compressedSize: 1 },
  };
  for (const [field, lie] of Object.entries(lies)) {
    it(`are not clean when the local header has another ${field}`, async () => {
      const report = await scan([{ ...good, local: lie }]);
      assert.ok(has(report, 'zip-headers-disagree'));
      assert.notEqual(report.verdict, 'clean');
    });
    it(`show their payload although the directory has another ${field}`, async () => {
      const report = await scan([{ ...bad, deflate: true, central: { ...lie, method: lie.method === 8 ? 0 : 8 } }]);
      assert.notEqual(report.verdict, 'clean');
    });
  }

  it('are looked into when a flag claims encryption', async () => {
    const report = await scan([{ ...bad, local: { flags: 0x801 }, central: { flags: 0x801 } }]);
    assert.equal(report.verdict, 'dangerous');
    assert.ok(has(report, 'archive-encrypted'));
  });

  it('are looked into when a checksum is wrong', async () => {
    const report = await scan([{ ...bad, local: { crc: 5 }, central: { crc: 5 } }]);
    assert.equal(report.verdict, 'dangerous');
    assert.ok(has(report, 'zip-checksum'));
  });

  it('show members that the directory hides', async () => {
    const hidden = writeZip([bad]);
    const report = await scan([good], { gap: hidden.subarray(0, hidden.indexOf('PK\x01\x02')) });
    assert.equal(report.verdict, 'dangerous');
    assert.ok(has(report, 'archive-unexplained-bytes'));
  });

  it('show what stands before and behind them', async () => {
    assert.equal((await scan([good], { prefix: maliciousPickle() })).verdict, 'dangerous');
    assert.equal((await scan([good], { suffix: maliciousPickle() })).verdict, 'dangerous');
    assert.equal((await scan([good], { suffix: Buffer.from('note') })).verdict === 'clean', false);
  });

  it('show both of two archives in one file', async () => {
    const first = writeZip([bad]);
    const report = await scan([good], { prefix: first });
    assert.equal(report.verdict, 'dangerous');
  });

  it('call two names that only differ in case ambiguous', async () => {
    assert.ok(has(await scan([good, { ...good, name: 'A.Safetensors' }]), 'archive-duplicate-member'));
  });

  it('call a wrong count a contradiction', async () => {
    assert.ok(has(await scan([good], { count: 2 }), 'zip-headers-disagree'));
  });

  for (const name of [
    '/etc/cron.d/x.safetensors',
    '../x.safetensors',
    'a/../../x.safetensors',
    'C:\\x.safetensors',
    '\\\\host\\x.safetensors',
    'a\u202esrotnes.safetensors',
  ]) {
    it(`refuse the name ${JSON.stringify(name)}`, async () => {
      const report = await scan([{ ...good, name }]);
      assert.deepEqual([report.verdict, has(report, 'archive-path-escape')], ['dangerous', true]);
    });
  }

  it('take dots inside a name for dots', async () => {
    assert.equal((await scan([{ ...good, name: 'v1..2/a...b.safetensors' }])).verdict, 'clean');
  });

  it('judge links by where they lead', async () => {
    const link = { name: 'l', unixMode: 0o120_777 };
    assert.equal((await scan([good, { ...link, content: Buffer.from('a.safetensors') }])).verdict, 'suspicious');
    assert.equal((await scan([good, { ...link, content: Buffer.from('../../x') }])).verdict, 'dangerous');
    assert.equal((await scan([good, { ...link, content: Buffer.from('/etc/passwd') }])).verdict, 'dangerous');
  });

  it('are refused as bombs by what their headers announce', async () => {
    const report = await scan([{ name: 'zeros.txt', content: Buffer.alloc(20 * MIB), deflate: true }]);
    assert.deepEqual([report.verdict, has(report, 'archive-bomb')], ['invalid', true]);
  });

  it('are refused as bombs when members overlap', async () => {
    assert.ok(has(await scan([good, { ...good, name: 'c.safetensors', central: { offset: 0 } }]), 'zip-overlap'));
  });

  it('stop at the limit of inflation and say so', async () => {
    const report = await scanBytes(writeZip([{ name: 'a.txt', content: Buffer.alloc(5000, 65), deflate: true }]), {
      names: ['a.zip'],
      limits: { inflatedMember: 1000 },
    });
    assert.equal(report.verdict, 'suspicious');
    assert.ok(has(report, 'stream-limit'));
  });

  it('are opened four deep, and the fifth is not trusted', async () => {
    let content = writeZip([bad]);
    for (let depth = 2; depth <= 4; depth += 1) content = writeZip([{ name: `d${depth}.zip`, content }]);
    assert.equal((await scanBytes(content, { names: ['a.zip'] })).verdict, 'dangerous');
    const deeper = await scanBytes(writeZip([{ name: 'd5.zip', content }]), { names: ['a.zip'] });
    assert.deepEqual([deeper.verdict, has(deeper, 'archive-depth')], ['suspicious', true]);
  });

  it('without a directory are invalid and still looked at', async () => {
    const whole = writeZip([good, bad]);
    const report = await scanBytes(whole.subarray(0, whole.indexOf('PK\x01\x02')), { names: ['a.zip'] });
    assert.equal(report.verdict, 'dangerous');
    assert.ok(has(report, 'zip-broken'));
  });
});

describe('torch zips', () => {
  it('are clean when storages and views fit', async () => {
    const report = await scanBytes(torchZip(), { names: ['model.pt'] });
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.verdict, report.format], ['clean', 'torch-zip']);
  });

  it('are invalid when a tensor reaches outside its storage', async () => {
    const report = await scanBytes(torchZip(torchDataPickle(4, 5)), { names: ['model.pt'] });
    assert.deepEqual([report.verdict, has(report, 'torch-tensor-view')], ['invalid', true]);
  });

  it('are invalid when a storage is missing or of another size', async () => {
    for (const pickle of [torchDataPickle(4, 4, '7'), torchDataPickle(5)]) {
      const report = await scanBytes(torchZip(pickle), { names: ['model.pt'] });
      assert.deepEqual([report.verdict, has(report, 'torch-storage')], ['invalid', true]);
    }
  });

  it('are judged by every member, not only data.pkl', async () => {
    for (const name of ['model/data/1', 'model/extra', 'model/code/x.pkl', 'other/data.pkl', 'model/version2']) {
      const report = await scanBytes(torchZip(undefined, [{ name, content: maliciousPickle() }]), {
        names: ['model.pt'],
      });
      assert.equal(report.verdict, 'dangerous', name);
    }
  });

  it('leave storages alone that look like something else', async () => {
    const report = await scanBytes(
      writeZip([
        { name: 'm/data.pkl', content: torchDataPickle(8) },
        { name: 'm/data/0', content: Buffer.concat([maliciousPickle(), Buffer.alloc(32)]).subarray(0, 32) },
        { name: 'm/version', content: Buffer.from('3\n') },
      ]),
      { names: ['m.ckpt'] },
    );
    assert.equal(report.verdict, 'clean');
  });

  it('with program code are suspicious, and dangerous when it touches files', async () => {
    function code(text: string): ZipFile {
      return { name: 'model/code/__torch__.py', content: Buffer.from(text), deflate: true };
    }
    assert.equal(
      (await scanBytes(torchZip(undefined, [code('def f(x):\n  return x\n')]), { names: ['m.pt'] })).verdict,
      'suspicious',
    );
    const harmful = await scanBytes(torchZip(undefined, [code('y = torch.from_file("/etc/passwd")')]), {
      names: ['m.pt'],
    });
    assert.equal(harmful.verdict, 'dangerous');
  });
});

describe('other containers', () => {
  it('gzip and tar are opened, also inside each other', async () => {
    const tar = writeTar([{ name: 'a/m.pkl', content: maliciousPickle() }]);
    for (const content of [
      tar,
      gzipSync(tar),
      gzipSync(maliciousPickle()),
      writeZip([{ name: 't', content: gzipSync(tar) }]),
    ]) {
      assert.equal((await scanBytes(content)).verdict, 'dangerous');
    }
    assert.equal((await scanBytes(gzipSync(harmlessPickle()), { names: ['m.pkl.gz'] })).verdict, 'clean');
    assert.equal(
      (await scanBytes(writeTar([{ name: 'm.pkl', content: harmlessPickle() }]), { names: ['m.tar'] })).verdict,
      'clean',
    );
  });

  it('tar refuses links that leave, devices, and names that climb', async () => {
    for (const file of [
      { name: 'l', type: '2', link: '../../x' },
      { name: 'd', type: '3' },
      { name: '../m.pkl', content: harmlessPickle() },
    ]) {
      assert.equal((await scanBytes(writeTar([file]), { names: ['m.tar'] })).verdict, 'dangerous');
    }
  });

  it('a gzip stream that is cut or has a tail is not clean', async () => {
    const whole = gzipSync(harmlessPickle());
    assert.notEqual((await scanBytes(whole.subarray(0, -6), { names: ['m.pkl.gz'] })).verdict, 'clean');
    assert.equal(
      (await scanBytes(Buffer.concat([whole, maliciousPickle()]), { names: ['m.pkl.gz'] })).verdict,
      'dangerous',
    );
  });

  it('npz is a zip of arrays', async () => {
    const array = writeNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Buffer.alloc(8));
    const report = await scanBytes(writeZip([{ name: 'x.npy', content: array }]), { names: ['a.npz'] });
    assert.deepEqual([report.verdict, report.format], ['clean', 'npz']);
  });
});
