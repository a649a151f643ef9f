/** Files of the real writers, where a Python that has them is installed: genuine ones stay clean, harmful ones do not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { scanFile } from './scan-file.ts';

/** The first Python that can import `modules`; system packages may belong to another one than the first on the path. */
function pythonWith(...modules: readonly string[]): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', `import ${modules.join(', ')}`], { timeout: 60_000 }).status === 0,
  );
}

const plainScript = String.raw`
import pickle, collections, os, sys, array, datetime
class Run:
    def __init__(self, *call): self.call = call
    def __reduce__(self): return self.call
class Set:
    def __reduce__(self): return (collections.OrderedDict, (), {'x': Run(os.system, ('id',))})
shared = [1, 2]
good = {'a': [1, 2.5, 10**40, -1, True, None], 'b': b'x' * 300, 's': {1, 2}, 'f': frozenset([3]), 't': (1, (2, (3, 4, 5))),
        'o': collections.OrderedDict(x=1), 'd': collections.defaultdict(list, {1: [2]}), 'c': collections.Counter('aab'),
        'z': complex(1, 2), 'u': 'os.system 日本語 \n \\ ' * 50, 'same': [shared, shared], 'ba': bytearray(b'abc'), 'e': b'', 'r': range(3)}
for protocol in range(6):
    def dump(name, value):
        with open(os.path.join(sys.argv[1], f'{name}.{protocol}.pkl'), 'wb') as file: pickle.dump(value, file, protocol)
    dump('clean-data', good)
    dump('dangerous-call', Run(os.system, ('id',)))
    dump('dangerous-eval', {'w': [Run(eval, ('1',))]})
    dump('dangerous-state', Set())
    dump('dangerous-partial', Run(__import__('functools').partial, (print, 1)))
    dump('suspicious-date', datetime.datetime(2026, 1, 1))
`;

const numpyScript = String.raw`
import numpy, os, pickle, sys
folder = sys.argv[1]
class Run:
    def __reduce__(self): return (os.system, ('id',))
def at(name): return os.path.join(folder, name)
for dtype in ['f2', 'f4', 'f8', 'i1', 'i8', 'u2', 'c8', '?', 'S5', 'U3', 'M8[s]', [('a', 'f4'), ('b', 'i2', (3,))]]:
    name = str(dtype).replace("'", '').replace(' ', '')[:12]
    numpy.save(at(f'clean-{name}.npy'), numpy.zeros((3, 4), dtype=dtype))
numpy.save(at('clean-fortran.npy'), numpy.asfortranarray(numpy.zeros((3, 4))))
numpy.savez(at('clean-plain.npz'), a=numpy.ones(5), b=numpy.arange(100))
numpy.savez_compressed(at('clean-packed.npz'), a=numpy.ones(5000), b=numpy.arange(100))
numpy.save(at('dangerous-objects.npy'), numpy.array([Run(), 1], dtype=object), allow_pickle=True)
numpy.savez(at('dangerous-objects.npz'), a=numpy.array([Run()], dtype=object))
for protocol in range(6):
    value = {'a': numpy.zeros((3, 4), dtype='f2'), 's': numpy.float32(2), 'f': numpy.asfortranarray(numpy.ones((2, 3)))}
    with open(at(f'clean-arrays{protocol}.pkl'), 'wb') as file: pickle.dump(value, file, protocol)
`;

const torchScript = String.raw`
import collections, os, sys, torch
folder = sys.argv[1]
class Run:
    def __reduce__(self): return (os.system, ('id',))
def at(name): return os.path.join(folder, name)
model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))
optimiser = torch.optim.Adam(model.parameters())
model(torch.zeros(2, 4)).sum().backward(); optimiser.step()
values = {
    'weights': model.state_dict(),
    'checkpoint': {'state_dict': model.state_dict(), 'optimizer': optimiser.state_dict(), 'epoch': 3, 'global_step': 1},
    'embedding': {'string_to_token': {'*': torch.tensor(265)}, 'string_to_param': {'*': torch.nn.Parameter(torch.zeros(2, 8))}, 'name': 'cat'},
    'dtypes': {str(d): torch.zeros(4, 2, dtype=d) for d in [torch.float16, torch.float32, torch.float64, torch.bfloat16, torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool, torch.complex64]},
    'views': {'t': torch.zeros(6, 4).t(), 's': torch.zeros(10)[2:5], 'e': torch.zeros(0, 3), 'x': torch.zeros(1).expand(5)},
    'alarming': {'os.system.weight': torch.zeros(2), '__import__.bias': torch.zeros(1)},
    'sizes': {'s': torch.Size([1, 2]), 'd': torch.device('cpu'), 't': torch.float16},
}
for legacy in (False, True):
    suffix = 'legacy' if legacy else 'zip'
    for name, value in values.items(): torch.save(value, at(f'clean-{name}-{suffix}.pt'), _use_new_zipfile_serialization=not legacy)
    torch.save({'w': torch.zeros(3), 'x': Run()}, at(f'dangerous-{suffix}.pt'), _use_new_zipfile_serialization=not legacy)
    torch.save(model, at(f'suspicious-module-{suffix}.pt'), _use_new_zipfile_serialization=not legacy)
torch.jit.script(model).save(at('suspicious-script.pt'))
`;

function corpus(name: string, script: string, ...modules: readonly string[]): void {
  const python = pythonWith(...modules);
  describe(`files written by ${name}`, { skip: python === undefined ? `no Python with ${name} here` : false }, () => {
    let folder = '';

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'modelscan-'));
      const run = spawnSync(python ?? '', ['-c', script, folder], { encoding: 'utf8', timeout: 120_000 });
      assert.equal(run.status, 0, run.stderr);
    });

    after(async () => {
      await rm(folder, { recursive: true });
    });

    it('get the verdict their names say', async () => {
      const files = await readdir(folder);
      assert.ok(files.length > 10);
      for (const file of files) {
        const report = await scanFile(join(folder, file));
        assert.equal(report.verdict, file.split('-')[0], `${file}: ${JSON.stringify(report.findings, null, 1)}`);
      }
    });
  });
}

corpus('pickle', plainScript, 'pickle');
corpus('numpy', numpyScript, 'numpy');
corpus('torch', torchScript, 'torch', 'numpy');
