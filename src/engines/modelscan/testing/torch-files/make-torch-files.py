"""Writes the samples beside it with the real writers (Debian: python3-torch, python3-numpy). The name of a file begins
with the verdict it must get. Run by hand: /usr/bin/python3 make-torch-files.py. Harmless: nothing here is ever loaded.
"""
import collections, gzip, io, os, pathlib, pickle, random, subprocess, warnings
import numpy, torch

here = pathlib.Path(__file__).parent
warnings.simplefilter('ignore')
torch.manual_seed(0)
random.seed(0)
numpy.random.seed(0)


class Run:
    def __init__(self, *call): self.call = call
    def __reduce__(self): return self.call


network = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))


def stepped(kind, **options):
    optimiser = kind(network.parameters(), **options)
    network(torch.zeros(2, 4)).sum().backward()
    optimiser.step()
    return optimiser.state_dict()


plain = [torch.float16, torch.float32, torch.float64, torch.bfloat16, torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool, torch.complex64, torch.complex128]
optimisers = {
    'sgd': stepped(torch.optim.SGD, lr=0.1, momentum=0.9), 'adam': stepped(torch.optim.Adam), 'adamw': stepped(torch.optim.AdamW, amsgrad=True),
    'rmsprop': stepped(torch.optim.RMSprop), 'adagrad': stepped(torch.optim.Adagrad), 'adadelta': stepped(torch.optim.Adadelta),
    'nadam': stepped(torch.optim.NAdam), 'radam': stepped(torch.optim.RAdam), 'adamax': stepped(torch.optim.Adamax), 'rprop': stepped(torch.optim.Rprop), 'asgd': stepped(torch.optim.ASGD),
}
shared = torch.zeros(3, 3)
values = {
    'dtypes': {str(dtype): torch.zeros(4, 2, dtype=dtype) for dtype in plain},
    'optimisers': optimisers,
    'checkpoint': {'state_dict': network.state_dict(), 'optimizer': optimisers['adam'], 'epoch': 3, 'lr_schedulers': [{'base_lrs': [0.1], 'last_epoch': 1}], 'hyper': {'betas': (0.9, 0.999)}},
    'generators': {'python': random.getstate(), 'numpy': numpy.random.get_state(), 'cpu': torch.get_rng_state()},
    'embedding': {'string_to_token': {'*': torch.tensor(265)}, 'string_to_param': {'*': torch.nn.Parameter(torch.zeros(2, 8))}, 'name': 'cat', 'step': 500},
    'upscaler': {'params_ema': collections.OrderedDict((f'body.{i}.weight', torch.zeros(2, 2, 3, 3)) for i in range(3))},
    'views': {'t': torch.zeros(6, 4).t(), 's': torch.zeros(10)[2:5], 'e': torch.zeros(0, 3), 'x': torch.zeros(1).expand(5), 'one': shared, 'other': shared[1]},
    'quantised': {'q': torch.quantize_per_tensor(torch.zeros(3), 0.1, 2, torch.quint8), 'c': torch.quantize_per_channel(torch.zeros(2, 2), torch.ones(2), torch.zeros(2), 0, torch.qint8)},
    'sparse': {'s': torch.eye(3).to_sparse(), 'c': torch.eye(3).to_sparse_csr()},
    'sizes': {'s': torch.Size([1, 2]), 'd': torch.device('cpu'), 't': torch.float16, 'p': torch.nn.ParameterDict({'a': torch.zeros(2)}).state_dict()},
    'arrays': {'a': numpy.zeros((2, 3), 'f2'), 's': numpy.float32(2), 'i': numpy.int64(3)},
    'words': {'os.system.weight': torch.zeros(2), 'eval': '__import__("os").system("id")'},
}
harm = {
    'call': {'w': torch.zeros(3), 'x': Run(os.system, ('id',))}, 'key': {Run(eval, ('1',)).call[0]: 1},
    'among-numbers': [torch.zeros(2), Run(exec, ('pass',)), torch.zeros(2)],
}
for legacy in (False, True):
    def save(name, value):
        torch.save(value, here / f'{name}-{"legacy" if legacy else "zip"}.pt', _use_new_zipfile_serialization=not legacy)
    for name, value in values.items():
        save(f'clean-{name}', value)
    for name, value in harm.items():
        save(f'dangerous-{name}', value)
    save('suspicious-module', network)

scripted = torch.jit.script(torch.nn.Linear(2, 2))
scripted.save(str(here / 'suspicious-script.pt'))
scripted._save_for_lite_interpreter(str(here / 'suspicious-script-mobile.ptl'))
torch.jit.trace(torch.nn.ReLU(), torch.zeros(1)).save(str(here / 'suspicious-trace.pt'))


class Reader(torch.nn.Module):
    def forward(self, x: torch.Tensor):
        return torch.from_file('/etc/hostname', False, 4)


torch.jit.script(Reader()).save(str(here / 'dangerous-script-reads.pt'))
torch.jit.script(Reader())._save_for_lite_interpreter(str(here / 'dangerous-script-reads-mobile.ptl'))
with torch.package.PackageExporter(str(here / 'suspicious-package.pt')) as exporter:
    exporter.save_source_string('net', 'def f(): pass\n')
    exporter.save_text('notes', 'a.txt', 'hello')
# The layout before 1.6 by the protocols that write its magic number otherwise: as text, and in a frame.
for protocol in (1, 4, 5):
    torch.save(
        {'w': torch.ones(2), 'l': torch.zeros(3, 3).half()}, here / f'clean-protocol-{protocol}-legacy.pt',
        pickle_protocol=protocol, _use_new_zipfile_serialization=False,
    )
