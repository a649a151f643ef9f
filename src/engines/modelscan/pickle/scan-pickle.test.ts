import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ScanReport } from '../report.ts';
import { scanBytes } from '../scan-file.ts';
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
} from '../testing/pickle-assembler.ts';

async function scan(...parts: readonly Part[]): Promise<ScanReport> {
  return scanBytes(assemble(...parts), { names: ['model.pkl'] });
}

async function rulesOf(...parts: readonly Part[]): Promise<string[]> {
  return (await scan(...parts)).findings.map(({ rule }) => rule);
}

describe('a dangerous import', () => {
  const args = oneArgument('id');
  const byOpcode: Readonly<Record<string, readonly Part[]>> = {
    'GLOBAL and REDUCE': [proto(2), global('os', 'system'), args, 'R.'],
    'text protocol': ['(S"id"\nios\nsystem\n.'],
    'GLOBAL at protocol 0': ["cos\nsystem\n(S'id'\ntR."],
    OBJ: [proto(1), '(', global('os', 'system'), binUnicode('id'), 'o.'],
    NEWOBJ: [proto(2), global('os', 'system'), args, 0x81, '.'],
    NEWOBJ_EX: [proto(4), global('os', 'system'), args, '}', 0x92, '.'],
    BUILD: [proto(2), ']', global('os', 'system'), 'b.'],
    STACK_GLOBAL: [proto(4), shortUnicode('os'), shortUnicode('system'), STACK_GLOBAL, args, 'R.'],
    'names in BINSTRING': [proto(4), 'U\x02os', 'T\x06\x00\x00\x00system', STACK_GLOBAL, args, 'R.'],
    'names in STRING with escapes': ["S'o\\x73'\nS'sys\\164em'\n", STACK_GLOBAL, args, 'R.'],
    'names in UNICODE with escapes': ['V\\u006fs\nV\\u0073ystem\n', STACK_GLOBAL, args, 'R.'],
    'names in BINUNICODE8': [
      0x8d,
      Buffer.from('0200000000000000', 'hex'),
      'os',
      shortUnicode('system'),
      STACK_GLOBAL,
      args,
      'R.',
    ],
    'names through the memo': [shortUnicode('system'), 0x94, '0', shortUnicode('os'), 'h', 0, STACK_GLOBAL, args, 'R.'],
    'a memo index written for humans': [
      shortUnicode('system'),
      'p1_0\n0',
      shortUnicode('os'),
      'g 10\n',
      STACK_GLOBAL,
      args,
      'R.',
    ],
    'names under a shuffled stack': [
      shortUnicode('os'),
      shortUnicode('x'),
      '0',
      shortUnicode('system'),
      '(N1',
      STACK_GLOBAL,
      args,
      'R.',
    ],
    'a discarded value': [proto(2), global('os', 'system'), args, 'R0N.'],
    'a dictionary key': [proto(2), '}', global('os', 'system'), 'Ns.'],
    'a persistent id': [proto(2), global('os', 'system'), 'Q.'],
    'an import without a call': [proto(2), global('os', 'system'), '.'],
    'no line end at the end of the file': ['cos\nsystemx'],
    'a dotted path through another module': [
      proto(4),
      shortUnicode('torch.serialization'),
      shortUnicode('os.system'),
      STACK_GLOBAL,
      '.',
    ],
    'a name of Python 2': [proto(2), global('__builtin__', 'eval'), args, 'R.'],
    'a module that Python 3 renamed': [proto(2), global('commands', 'getoutput'), args, 'R.'],
  };
  for (const [name, parts] of Object.entries(byOpcode)) {
    it(`is found in ${name}`, async () => {
      const report = await scan(...parts);
      assert.equal(report.verdict, 'dangerous');
      assert.ok(report.imports.some(({ verdict }) => verdict === 'denied'));
    });
  }

  it('is found when its name is not a literal', async () => {
    assert.ok((await rulesOf(']', shortUnicode('system'), STACK_GLOBAL, '.')).includes('pickle-import-computed'));
  });

  for (const name of [
    'subprocess.Popen',
    'builtins.getattr',
    'importlib.import_module',
    'functools.partial',
    'operator.attrgetter',
    'pickle.loads',
    'torch.load',
    'torch.storage._load_from_bytes',
    'numpy.load',
    'ctypes.CDLL',
    'shutil.rmtree',
    'urllib.request.urlopen',
    'pip.main',
    'pdb.run',
    'timeit.timeit',
    'picklescan.scanner.scan',
    'types.CodeType',
    'codecs.decode',
    'numpy.testing._private.utils.runstring',
    'collections.OrderedDict.__class__',
    'torch.Tensor.__init__.__globals__',
    'idlelib.pyshell.ModifiedInterpreter.runcommand',
    'cProfile.run',
    'builtins.print',
    'lib2to3.pgen2.grammar.Grammar.loadgrammar',
    'asyncio.unix_events._UnixSubprocessTransport._start',
  ]) {
    it(`is ${name}`, async () => {
      const dot = name.lastIndexOf('.');
      const report = await scan(
        proto(4),
        shortUnicode(name.slice(0, dot)),
        shortUnicode(name.slice(dot + 1)),
        STACK_GLOBAL,
        '.',
      );
      assert.equal(report.verdict, 'dangerous');
    });
  }
});

describe('an import that nobody vouches for', () => {
  for (const name of [
    'sklearn.svm.SVC',
    '__main__.Config',
    'argparse.Namespace',
    'pathlib.PosixPath',
    'numpy.random._pickle.__randomstate_ctor',
  ]) {
    it(`is suspicious: ${name}`, async () => {
      const dot = name.lastIndexOf('.');
      assert.equal((await scan(global(name.slice(0, dot), name.slice(dot + 1)), '.')).verdict, 'suspicious');
    });
  }
});

describe('what stays clean', () => {
  const clean: Readonly<Record<string, readonly Part[]>> = {
    'plain data': [harmlessPickle()],
    'text that mentions attacks': [
      proto(2),
      '}',
      binUnicode('os.system'),
      binUnicode('cos\nsystem\n(S"rm"\ntR.'),
      's.',
    ],
    'an ordered dictionary with items and attributes': [
      proto(2),
      global('collections', 'OrderedDict'),
      ')R',
      binUnicode('a'),
      'K',
      1,
      's}',
      binUnicode('_metadata'),
      global('collections', 'OrderedDict'),
      ')Rsb.',
    ],
    'bytes as protocol 2 writes them': [
      proto(2),
      global('_codecs', 'encode'),
      binUnicode('abc'),
      binUnicode('latin1'),
      0x86,
      'R.',
    ],
    'the checkpoint class of Stable Diffusion 1': [
      proto(2),
      '}',
      global('pytorch_lightning.callbacks.model_checkpoint', 'ModelCheckpoint'),
      '}s.',
    ],
    'a set of protocol 4': [proto(4), 0x8f, '(K', 1, 'K', 2, 0x90, '.'],
  };
  for (const [name, parts] of Object.entries(clean)) {
    it(name, async () => {
      const report = await scan(...parts);
      assert.deepEqual(report.findings, []);
      assert.equal(report.verdict, 'clean');
    });
  }
});

describe('allowed names in forbidden roles', () => {
  const cases: Readonly<Record<string, readonly [readonly Part[], string]>> = {
    'calling a dtype': [[global('torch', 'float32'), ')R.'], 'pickle-call-unknown'],
    'encoding with a codec that decodes': [
      [global('_codecs', 'encode'), binUnicode('x'), binUnicode('rot13'), 0x86, 'R.'],
      'pickle-call-arguments',
    ],
    'reserving memory': [[global('builtins', 'bytearray'), 'J\x00\x00\x00\x7f', 0x85, 'R.'], 'pickle-call-arguments'],
    'changing a class': [
      [global('torch', 'Tensor'), '}', binUnicode('__setstate__'), 'Nsb.'],
      'pickle-build-on-import',
    ],
    'assigning to a list': [[']K\x00Ns.'], 'pickle-assignment'],
    'an extension code': [[0x82, 1, '.'], 'pickle-extension-registry'],
    'a persistent id outside of torch': [['Px\n.'], 'pickle-persistent-id'],
    'an indirect rebuild': [
      [global('torch._tensor', '_rebuild_from_type_v2'), '(', global('torch', 'Size'), 'N)NtR.'],
      'pickle-call-arguments',
    ],
  };
  for (const [name, [parts, rule]] of Object.entries(cases)) {
    it(name, async () => {
      assert.ok((await rulesOf(...parts)).includes(rule));
    });
  }
});

describe('damage and company', () => {
  it('keeps what was found before the damage', async () => {
    const report = await scan(global('os', 'system'), oneArgument('id'), 'R', 0xff);
    assert.equal(report.verdict, 'dangerous');
    assert.ok(report.findings.some(({ rule }) => rule === 'pickle-broken'));
  });

  it('reads the second pickle too', async () => {
    assert.equal((await scan(harmlessPickle(), maliciousPickle())).verdict, 'dangerous');
  });

  it('forgets the memo between pickles', async () => {
    const second = await scan(shortUnicode('os'), 0x94, '.', 'h', 0, '.');
    assert.ok(second.findings.some(({ rule }) => rule === 'pickle-trailing-bytes'));
  });

  it('asks what bytes after the end are for', async () => {
    assert.deepEqual(await rulesOf(harmlessPickle(), '\0\0\0'), ['pickle-trailing-bytes']);
  });

  for (const length of [0, 1, 2, 5]) {
    it(`is not clean when cut to ${length} bytes`, async () => {
      assert.notEqual((await scanBytes(harmlessPickle().subarray(0, length), { names: ['a.pkl'] })).verdict, 'clean');
    });
  }

  it('refuses lengths beyond the file before reserving them', async () => {
    assert.deepEqual(await rulesOf(proto(4), 0x8e, Buffer.alloc(8, 0x7f), '.'), ['pickle-broken']);
  });

  it('refuses a memo index that runs away', async () => {
    assert.deepEqual(await rulesOf(proto(2), 'Nr\xff\xff\xff\x7f.'), ['pickle-limit']);
  });

  it('refuses an object graph that doubles until it is too large', async () => {
    const doubling = Array.from({ length: 40 }, () => assemble('2', 0x86));
    assert.deepEqual(await rulesOf(proto(2), 'N', ...doubling, '.'), ['pickle-limit']);
  });

  it('refuses nesting that no interpreter would survive', async () => {
    assert.deepEqual(await rulesOf(proto(2), 'N', Buffer.alloc(11_000, 0x85), '.'), ['pickle-limit']);
  });

  it('skips long literals without reading them', async () => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(20_000_000);
    const report = await scan(proto(3), 'B', length, Buffer.alloc(20_000_000), '.');
    assert.equal(report.verdict, 'clean');
    assert.ok(report.bytesRead < 400_000, String(report.bytesRead));
  });

  it('looks into the arrays of joblib, and steps over their numbers', async () => {
    function wrapper(dtype: string): Buffer {
      const state = [
        binUnicode('shape'),
        'K',
        4,
        0x85,
        binUnicode('dtype'),
        global('numpy', 'dtype'),
        oneArgument(dtype),
        'R',
      ];
      return assemble(proto(3), global('joblib.numpy_pickle', 'NumpyArrayWrapper'), ')', 0x81, '}(', ...state, 'ub');
    }
    assert.equal((await scan(wrapper('u1'), 'cos\n', '.')).verdict, 'clean');
    assert.equal((await scan(wrapper('O8'), maliciousPickle(), '.')).verdict, 'dangerous');
  });
});
