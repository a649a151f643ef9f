/** Torch files whose parts do not agree, or that bring code (scan-rules §4). */
import { legacyTensor, torchDataPickle, torchEntry, torchZip, writeTar } from '../model-writer.ts';
import { assemble, binUnicode, global, maliciousPickle, proto } from '../pickle-assembler.ts';
import { writeZip, type ZipFile } from '../zip-writer.ts';
import { eightBytes, legacy, legacyContainer, legacyView, machine, magic, version } from './legacy-layout.ts';
import { tarLayout } from './tar-layout.ts';
import type { Techniques } from './technique.ts';

const legacyObject = assemble(proto(2), '}', legacyTensor(4), '.');
const badObject = assemble(proto(2), global('os', 'system'), 'X\x02\0\0\0id', 0x85, 'R.');

function script(name: string, text: string): ZipFile {
  return { name: `model/code/${name}.py`, content: Buffer.from(text), deflate: true };
}

export const torchTechniques: Techniques = {
  'hides in a member that nobody refers to': {
    rule: 'pickle-import-process',
    samples: {
      'storage.pt': torchZip(undefined, [{ name: 'model/data/1', content: maliciousPickle() }]),
      'constants.pt': torchZip(undefined, [{ name: 'model/constants.pkl', content: maliciousPickle() }]),
      'second-set.pt': torchZip(undefined, [{ name: 'other/data.pkl', content: maliciousPickle() }]),
      'upper-case.pt': torchZip(undefined, [{ name: 'model/DATA.PKL', content: maliciousPickle() }]),
      'version.ckpt': torchZip(undefined, [{ name: 'model/.data/version', content: maliciousPickle() }]),
    },
  },
  'is one in every layout': {
    rule: 'pickle-import-process',
    samples: {
      'zip.pt': torchZip(maliciousPickle()),
      'legacy-object.pt': legacy(badObject),
      'legacy-keys.pt': legacy(legacyObject, { keys: badObject }),
      'legacy-machine.ckpt': assemble(magic, version, badObject, legacyObject, 'N.'),
      'tar-pickle.pt': writeTar([
        { name: 'storages', content: assemble(proto(2), 'K\x00.') },
        { name: 'tensors', content: assemble(proto(2), 'K\x00.') },
        { name: 'pickle', content: maliciousPickle() },
      ]),
      'tar-record.pt': tarLayout({ type: global('os', 'system') }),
      'tar-object.pt': tarLayout({ object: maliciousPickle() }),
      'tar-storages.pt': writeTar([{ name: 'storages', content: assemble(proto(2), 'K\x00.', maliciousPickle()) }]),
      'plain.bin': maliciousPickle(),
    },
  },
  'refers to storages that are not as it says': {
    rule: 'torch-storage',
    samples: {
      'missing.pt': torchZip(torchDataPickle(4, 4, '7')),
      'too-short.pt': torchZip(torchDataPickle(5)),
      'two-sizes.pt': torchZip(assemble(proto(2), '}', torchEntry(4, 4, '0'), torchEntry(2, 2, '0'), '.')),
    },
  },
  'looks out of its storage': {
    rule: 'torch-tensor-view',
    samples: {
      'zip.pt': torchZip(torchDataPickle(4, 5)),
      'far.pt': torchZip(torchDataPickle(4, 0x7fff_ffff)),
      'second.pt': torchZip(assemble(proto(2), '}', torchEntry(4, 4, '0'), torchEntry(4, 6, '0'), '.')),
    },
  },
  'brings records nobody asks for': {
    rule: 'torch-record-unreferenced',
    samples: {
      'text.pt': torchZip(undefined, [{ name: 'model/data/note.txt', content: Buffer.from('hello') }]),
      'pickle.pt': torchZip(undefined, [{ name: 'model/data/9', content: assemble(proto(2), 'N.') }]),
      'folder.pt': torchZip(undefined, [{ name: 'model/data/x/y.txt', content: Buffer.from('hello') }]),
    },
  },
  'gives the class of a network in a way that clears nobody': {
    rule: 'pickle-persistent-id',
    verdict: 'suspicious',
    samples: {
      'unknown-class.pt': legacy(legacyContainer({ type: global('my_package', 'Net') })),
      'no-class.pt': legacy(legacyContainer({ type: binUnicode('torch.nn.Linear') })),
      'source-no-text.pt': legacy(legacyContainer({ source: Buffer.from('K\x01') })),
      'other-tag.pt': legacy(legacyContainer({ tag: 'modules' })),
      'in-the-zip-layout.pt': torchZip(legacyContainer()),
    },
  },
  'names what runs as the class of a network': {
    rule: 'pickle-import-process',
    samples: {
      'class.pt': legacy(legacyContainer({ type: global('os', 'system') })),
      'source.pt': legacy(legacyContainer({ source: global('os', 'system') })),
      'file.pt': legacy(legacyContainer({ file: global('subprocess', 'Popen') })),
    },
  },
  'breaks the layout before 1.6': {
    rule: 'torch-legacy-layout',
    samples: {
      'tar-count.pt': tarLayout({ elements: 0x7fff_ffff }),
      'tar-tail.pt': tarLayout({ tail: 'more' }),
      'view-beyond.pt': legacy(legacyView(assemble('(', binUnicode('7'), 'K\x03K\x02t'))),
      'view-no-number.pt': legacy(legacyView(assemble('(', binUnicode('7'), 'K\x00', binUnicode('2'), 't'))),
      'tail.pt': legacy(legacyObject, { tail: 'more' }),
      'count.pt': legacy(legacyObject, { elements: 5 }),
      'key.pt': legacy(legacyObject, { keys: assemble(proto(2), ']U\x019a.') }),
      'cut.pt': legacy(legacyObject, { data: 12 }),
      'pickles-missing.pt': assemble(magic, version, machine),
      'version.pt': assemble(
        magic,
        proto(2),
        'K\x01.',
        machine,
        legacyObject,
        proto(2),
        ']U\x010a.',
        eightBytes(4),
        Buffer.alloc(16),
      ),
    },
  },
  'brings programs': {
    rule: 'torch-script',
    verdict: 'suspicious',
    samples: {
      'code.pt': torchZip(undefined, [script('__torch__', 'def f(x):\n  return x\n')]),
      'many.pt': torchZip(undefined, [script('a', ''), script('b', 'def g(): pass')]),
      'mobile.ptl': torchZip(undefined, [
        { name: 'model/bytecode.pkl', content: assemble(proto(2), '(K\x08U\x04f.g.t.') },
      ]),
    },
  },
  'brings programs that reach files': {
    rule: 'torch-script-file-access',
    samples: {
      'read.pt': torchZip(undefined, [script('__torch__', 'y = torch.from_file("/etc/passwd", False, 10)')]),
      'write.pt': torchZip(undefined, [script('__torch__', '_0 = torch.save(x, "/tmp/x")')]),
      'operator.pt': torchZip(undefined, [script('a', '_1 = ops.image.read_file("/etc/passwd")')]),
      'aten.pt': torchZip(undefined, [script('a', '_1 = ops.aten.from_file ("/etc/passwd")')]),
      'mobile.ptl': torchZip(undefined, [
        { name: 'model/bytecode.pkl', content: assemble(proto(2), '(U\x0faten::from_fileU\x00t.') },
      ]),
    },
  },
  'is a package of source code': {
    rule: 'script-file',
    samples: {
      'package.pt': writeZip([
        { name: 'p/.data/version', content: Buffer.from('6\n') },
        { name: 'p/model/net.py', content: Buffer.from('import os\n') },
      ]),
      'one-script.zip': writeZip([{ name: 'setup.py', content: Buffer.from('print(1)\n') }]),
      'shell.zip': writeZip([{ name: 'run.sh', content: Buffer.from('ls\n') }]),
    },
  },
};
