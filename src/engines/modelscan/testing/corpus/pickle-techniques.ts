/** What pickles do with imports, and how they break or hide (scan-rules §3). */
import { writeTar } from '../model-writer.ts';
import {
  assemble,
  binUnicode,
  global,
  harmlessPickle,
  maliciousPickle,
  oneArgument,
  type Part,
  proto,
  STACK_GLOBAL,
  shortUnicode,
} from '../pickle-assembler.ts';
import type { Techniques } from './technique.ts';

const argument = oneArgument('id');
const system = global('os', 'system');

function doubled(times: number): readonly Part[] {
  return Array.from({ length: times }, () => assemble('2', 0x86));
}

export const pickleTechniques: Techniques = {
  'calls through every call opcode': {
    rule: 'pickle-import-process',
    samples: {
      'reduce-0.pkl': "cos\nsystem\n(S'id'\ntR.",
      'reduce-1.pkl': assemble(proto(1), system, '(U\x02idtR.'),
      'reduce-2.pkl': assemble(proto(2), system, argument, 'R.'),
      'reduce-3.pkl': assemble(proto(3), system, argument, 'R.'),
      'reduce-4.pkl': assemble(proto(4), 0x95, Buffer.alloc(8), system, argument, 'R.'),
      'reduce-5.pkl': assemble(proto(5), system, argument, 'R.'),
      'inst.pkl': '(S"id"\nios\nsystem\n.',
      'obj.pkl': assemble('(', system, binUnicode('id'), 'o.'),
      'newobj.pkl': assemble(proto(2), system, argument, 0x81, '.'),
      'newobj-ex.pkl': assemble(proto(4), system, argument, '}', 0x92, '.'),
      'build-calls-setstate.pkl': assemble(proto(2), '}', binUnicode('__setstate__'), system, 's0', ')', system, 'b.'),
    },
  },
  'throws the value away or puts it where nobody looks': {
    rule: 'pickle-import-process',
    samples: {
      'popped.pkl': assemble(proto(2), system, argument, 'R0N.'),
      'pop-mark.pkl': assemble(proto(2), '(', system, argument, 'R1N.'),
      'key.pkl': assemble(proto(2), '}', system, 'Ns.'),
      'set-item.pkl': assemble(proto(4), 0x8f, '(', system, 0x90, '.'),
      'frozen-set.pkl': assemble(proto(4), '(', system, 0x91, '.'),
      'persistent-id.pkl': assemble(proto(2), system, 'Q.'),
      'argument-of-a-dictionary.pkl': assemble(proto(2), global('collections', 'OrderedDict'), system, 0x85, 'R.'),
      'behind-the-memo.pkl': assemble(proto(2), system, 'q\x000h\x00', argument, 'R.'),
    },
  },
  'names the import in every kind of text': {
    rule: 'pickle-import-process',
    samples: {
      'string.pkl': assemble("S'os'\nS'system'\n", STACK_GLOBAL, argument, 'R.'),
      'string-escaped.pkl': assemble("S'o\\x73'\nS'sys\\164em'\n", STACK_GLOBAL, argument, 'R.'),
      'unicode-escaped.pkl': assemble('V\\u006fs\nVsyst\\u0065m\n', STACK_GLOBAL, argument, 'R.'),
      'binstring.pkl': assemble('T\x02\0\0\0osU\x06system', STACK_GLOBAL, argument, 'R.'),
      'short-binunicode.pkl': assemble(shortUnicode('os'), shortUnicode('system'), STACK_GLOBAL, argument, 'R.'),
      'binunicode8.pkl': assemble(0x8d, '\x02\0\0\0\0\0\0\0os', shortUnicode('system'), STACK_GLOBAL, argument, 'R.'),
      'memoize.pkl': assemble(
        shortUnicode('system'),
        0x94,
        '0',
        shortUnicode('os'),
        'h\x00',
        STACK_GLOBAL,
        argument,
        'R.',
      ),
      'long-binget.pkl': assemble(
        shortUnicode('system'),
        'r\x05\0\0\x000',
        shortUnicode('os'),
        'j\x05\0\0\0',
        STACK_GLOBAL,
        '.',
      ),
      'dup-pop.pkl': assemble(shortUnicode('os'), shortUnicode('system'), '2', '0', STACK_GLOBAL, '.'),
      'carriage-return.pkl': assemble('cos\nsystem\n', "(S'id'\r\ntR."),
    },
  },
  'uses the names of Python 2': {
    rule: 'pickle-import-evaluation',
    samples: {
      'eval.pkl': assemble(proto(2), global('__builtin__', 'eval'), argument, 'R.'),
      'execfile.pkl': assemble(proto(1), global('__builtin__', 'execfile'), argument, 'R.'),
      'input.pkl': assemble(global('__builtin__', 'input'), argument, 'R.'),
    },
  },
  'hides behind a harmless pickle': {
    rule: 'pickle-import-process',
    samples: {
      'second.pkl': assemble(harmlessPickle(), maliciousPickle()),
      'third.pkl': assemble('N.', 'N.', maliciousPickle()),
      'before-damage.pkl': assemble(system, argument, 'R', 0xff),
      'without-end.pkl': assemble(proto(2), system, argument, 'R'),
      'nested-array.pkl': assemble(
        proto(3),
        global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
        [')', 0x81, '}('].map((part) => assemble(part)).reduce((left, right) => assemble(left, right)),
        binUnicode('shape'),
        'K\x01',
        0x85,
        binUnicode('dtype'),
        global('numpy', 'dtype'),
        oneArgument('O8'),
        'Rub',
        maliciousPickle(),
        '.',
      ),
    },
  },
  'changes a class instead of an object': {
    rule: 'pickle-build-on-import',
    verdict: 'dangerous',
    samples: {
      'tensor.pkl': assemble(global('torch', 'Tensor'), '}', binUnicode('__setstate__'), 'Nsb.'),
      'ordered-dict.pkl': assemble(global('collections', 'OrderedDict'), '}', binUnicode('get'), 'Nsb.'),
      'unknown.pkl': assemble(proto(4), shortUnicode('a.b'), shortUnicode('C'), STACK_GLOBAL, '}b.'),
    },
  },
  'calls what is only to be named': {
    rule: 'pickle-call-unknown',
    samples: {
      'dtype.pkl': assemble(global('torch', 'float32'), ')R.'),
      'storage.pkl': assemble(global('torch', 'FloatStorage'), ')R.'),
      'result-of-a-call.pkl': assemble(global('collections', 'OrderedDict'), ')R)R.'),
      'text.pkl': assemble(binUnicode('x'), ')R.'),
    },
  },
  'calls with arguments that no writer gives': {
    rule: 'pickle-call-arguments',
    samples: {
      'codec.pkl': assemble(global('_codecs', 'encode'), binUnicode('x'), binUnicode('rot13'), 0x86, 'R.'),
      'memory-bytes.pkl': assemble(global('builtins', 'bytearray'), 'J\x00\x00\x00\x7f', 0x85, 'R.'),
      'memory-array.pkl': assemble(global('numpy', 'ndarray'), 'J\x00\x00\x00\x7fJ\x00\x00\x00\x7f', 0x86, 0x85, 'R.'),
      'memory-tensor.pkl': assemble(global('torch', 'Tensor'), Buffer.from('8a06000000000001', 'hex'), 0x85, 'R.'),
      'factory.pkl': assemble(global('collections', 'defaultdict'), global('torch', 'Size'), 0x85, 'R.'),
      'keywords.pkl': assemble(proto(4), global('collections', 'OrderedDict'), ')}', binUnicode('a'), 'Ns', 0x92, '.'),
      'indirect.pkl': assemble(
        global('torch._tensor', '_rebuild_from_type_v2'),
        '(',
        global('torch', 'Size'),
        'N)NtR.',
      ),
      'no-storage.pkl': assemble(global('torch._utils', '_rebuild_tensor_v2'), '(NK\x00))t', 'R.'),
    },
  },
  'sets the state of what has none': {
    rule: 'pickle-build-unknown',
    samples: {
      'list.pkl': assemble(']}b.'),
      'text.pkl': assemble(binUnicode('x'), '}b.'),
      'size.pkl': assemble(global('builtins', 'set'), ')R]b.'),
      'class.pkl': assemble(
        global('collections', 'OrderedDict'),
        ')R}',
        binUnicode('__class__'),
        global('torch', 'Size'),
        'sb.',
      ),
      'slots.pkl': assemble(proto(2), global('torch', 'Tensor'), ')RN}', binUnicode('__len__'), 'Ns\x86b.'),
    },
  },
  'assigns to what is no dictionary': {
    rule: 'pickle-assignment',
    samples: {
      'list-item.pkl': assemble(']K\x00Ns.'),
      'append-to-dictionary.pkl': assemble('}Na.'),
      'items-of-a-tensor.pkl': assemble(global('torch', 'Tensor'), ')R(K\x00Nu.'),
      'add-to-list.pkl': assemble(proto(4), '](N', 0x90, '.'),
    },
  },
  'asks the extension registry': {
    rule: 'pickle-extension-registry',
    samples: {
      'ext1.pkl': assemble(proto(2), 0x82, 1, ')R.'),
      'ext2.pkl': assemble(proto(2), 0x83, 1, 1, '.'),
      'ext4.pkl': assemble(proto(2), 0x84, 1, 0, 1, 0, '.'),
    },
  },
  'has the loader resolve an identifier': {
    rule: 'pickle-persistent-id',
    samples: {
      'text.pkl': assemble('Pwhatever\n.'),
      'tuple.pkl': assemble(proto(2), binUnicode('module'), binUnicode('x'), 0x86, 'Q.'),
      'storage-outside-of-torch.pkl': assemble(
        proto(2),
        '(',
        binUnicode('storage'),
        global('torch', 'FloatStorage'),
        binUnicode('0'),
        binUnicode('cpu'),
        'K\x01tQ.',
      ),
    },
  },
  'takes data from outside the file': {
    rule: 'pickle-out-of-band',
    samples: {
      'buffer.pkl': assemble(proto(5), 0x97, '.'),
      'read-only.pkl': assemble(proto(5), 0x97, 0x98, '.'),
      'in-array.pkl': assemble(proto(5), ']', 0x97, 'a.'),
    },
  },
  'has something behind its end': {
    rule: 'pickle-trailing-bytes',
    samples: {
      'zeros.pkl': assemble(harmlessPickle(), Buffer.alloc(3)),
      'text.pkl': assemble(harmlessPickle(), 'note'),
      'broken-second.pkl': assemble('N.', 'h\x00.'),
    },
  },
  breaks: {
    rule: 'pickle-broken',
    samples: {
      'unknown-opcode.pkl': assemble(proto(2), 0xff, '.'),
      'length-past-the-end.pkl': assemble(proto(4), 0x8e, Buffer.alloc(8, 0x7f), '.'),
      'underflow.pkl': assemble(proto(2), 'R.'),
      'no-mark.pkl': assemble(proto(2), 't.'),
      'protocol-9.pkl': assemble(proto(9), 'N.'),
      'empty-memo.pkl': assemble(proto(2), 'h\x07.'),
      'frame-past-the-end.pkl': assemble(proto(4), 0x95, '\xff\xff\x00\x00\x00\x00\x00\x00', 'N.'),
      'cut.pkl': harmlessPickle().subarray(0, 4),
    },
  },
  'wears out who reads it': {
    rule: 'pickle-limit',
    samples: {
      'memo-index.pkl': assemble(proto(2), 'Nr\xff\xff\xff\x7f.'),
      'graph.pkl': assemble(proto(2), 'N', ...doubled(40), '.'),
      'nesting.pkl': assemble(proto(2), 'N', Buffer.alloc(11_000, 0x85), '.'),
      'marks.pkl': assemble(proto(2), Buffer.alloc(1_000_010, '('), '.'),
    },
  },
  'counts on nobody reading so many names': {
    rule: 'pickle-import-count',
    samples: Object.fromEntries(
      ['a', 'b', 'c'].map((prefix) => [
        `${prefix}.pkl`,
        assemble(...Array.from({ length: 5010 }, (_, index) => assemble(`cpackage\n${prefix}${index}\n0`)), 'N.'),
      ]),
    ),
  },
  'lies in an archive under a name of no importance': {
    rule: 'pickle-import-process',
    samples: {
      'readme.tar': writeTar([{ name: 'README', content: maliciousPickle() }]),
      'picture.tar': writeTar([{ name: 'a.png', content: maliciousPickle() }]),
      'numbers.tar': writeTar([{ name: 'data/0', content: maliciousPickle() }]),
    },
  },
};
