"""Writes the samples beside it with the real writers (Debian: python3-onnx, python3-torch, python3-numpy).

Run by hand: /usr/bin/python3 make-onnx-files.py. The name of a file begins with the verdict it must get. Harmless:
nothing here is ever loaded by a runtime.
"""
import pathlib, shutil, warnings
import numpy, onnx, torch
from onnx import TensorProto, external_data_helper, helper, numpy_helper

here = pathlib.Path(__file__).parent
warnings.simplefilter('ignore')


def model(nodes=(), initializers=(), name='small', inputs=('x',), outputs=('y',), **more):
    value = lambda n: helper.make_tensor_value_info(n, TensorProto.FLOAT, [2, 'n'])
    nodes = list(nodes) or [helper.make_node('Relu', ['x'], ['y'])]
    sparse = more.pop('sparse', None)
    graph = helper.make_graph(nodes, name, [value(n) for n in inputs], [value(n) for n in outputs], list(initializers), sparse_initializer=sparse)
    return helper.make_model(graph, producer_name='kura', **more)


def save(name, made, **how):
    onnx.save(made, str(here / f'{name}.onnx'), **how)


def tensor(name, array):
    return numpy_helper.from_array(array, name)


floats = numpy.arange(6, dtype='f4').reshape(2, 3)

# Every element type, as raw bytes and as fields.
types = ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', '?', 'c8', 'c16']
save('clean-types-raw', model(initializers=[tensor(f't_{t}', numpy.zeros((2, 3), dtype=t)) for t in types]))
fields = [
    helper.make_tensor('float', TensorProto.FLOAT, [2], [1.0, 2.0]), helper.make_tensor('double', TensorProto.DOUBLE, [2], [1.0, 2.0]),
    helper.make_tensor('half', TensorProto.FLOAT16, [2], [1.0, 2.0]), helper.make_tensor('brain', TensorProto.BFLOAT16, [2], [1.0, 2.0]),
    helper.make_tensor('int8', TensorProto.INT8, [3], [-1, 0, 1]), helper.make_tensor('int64', TensorProto.INT64, [2], [-1, 2**40]),
    helper.make_tensor('uint64', TensorProto.UINT64, [2], [1, 2**50]), helper.make_tensor('bool', TensorProto.BOOL, [2], [True, False]),
    helper.make_tensor('complex', TensorProto.COMPLEX64, [2], [1 + 2j, 3j]), helper.make_tensor('text', TensorProto.STRING, [2], [b'os.system', b'']),
    helper.make_tensor('scalar', TensorProto.FLOAT, [], [1.0]), helper.make_tensor('nothing', TensorProto.FLOAT, [0, 3], []),
]
save('clean-types-fields', model(initializers=fields))

# Sparse tensors, as initializers and as attributes.
values = helper.make_tensor('sparse', TensorProto.FLOAT, [2], [1.0, 2.0])
indices = helper.make_tensor('indices', TensorProto.INT64, [2], [0, 5])
sparse = helper.make_sparse_tensor(values, indices, [2, 3])
save('clean-sparse', model(nodes=[helper.make_node('Constant', [], ['c'], sparse_value=sparse), helper.make_node('Add', ['x', 'c'], ['y'])], sparse=[sparse]))

# Graphs inside of graphs.
def branch(name, inner=()):
    out = helper.make_tensor_value_info('z', TensorProto.FLOAT, [2, 3])
    return helper.make_graph([*inner, helper.make_node('Constant', [], ['z'], value=tensor('c', floats))], name, [], [out])

condition = helper.make_node('Constant', [], ['b'], value=helper.make_tensor('b', TensorProto.BOOL, [], [True]))
nested = helper.make_node('If', ['b'], ['z2'], then_branch=branch('a'), else_branch=branch('b'))
save('clean-subgraphs', model(nodes=[condition, helper.make_node('If', ['b'], ['y'], then_branch=branch('then', [nested]), else_branch=branch('else'))]))

# Functions of the model itself, and attributes of every kind.
own = helper.make_function('kura.local', 'Twice', ['a'], ['b'], [helper.make_node('Add', ['a', 'a'], ['b'])], [helper.make_opsetid('', 17)])
local = model(nodes=[helper.make_node('Twice', ['x'], ['y'], domain='kura.local')], opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid('kura.local', 1)])
local.functions.append(own)
save('clean-own-function', local)
save('clean-attributes', model(nodes=[
    helper.make_node('Conv', ['x', 'w'], ['y'], auto_pad='SAME_UPPER', kernel_shape=[3, 3], group=1, doc_string='eval(open("/etc/passwd"))'),
    helper.make_node('Constant', [], ['s'], value_strings=['os.system', '../../x']), helper.make_node('Constant', [], ['f'], value_floats=[1.0]),
], initializers=[tensor('w', numpy.zeros((1, 1, 3, 3), 'f4'))]))

# Machine learning operators of the second standard domain.
trees = helper.make_node('TreeEnsembleRegressor', ['x'], ['y'], domain='ai.onnx.ml', nodes_modes=['BRANCH_LEQ', 'LEAF', 'LEAF'], nodes_values=[0.5, 0.0, 0.0])
save('clean-trees', model(nodes=[trees], opset_imports=[helper.make_opsetid('', 15), helper.make_opsetid('ai.onnx.ml', 3)]))

# What people write beside the graph.
noted = model()
helper.set_model_props(noted, {'author': 'somebody', 'config': '{"hidden": 3, "target": "a word"}', 'prompt': '{"1": {"class_type": "KSampler", "inputs": {}}}'})
noted.doc_string = 'import os; os.system("id")'
save('clean-properties', noted)
calling = model()
helper.set_model_props(calling, {'config': '{"model": {"_target_": "os.system"}}'})
save('dangerous-properties', calling)

# Training, as ONNX foresees it.
training = model()
algorithm = helper.make_graph([helper.make_node('Add', ['w', 'one'], ['w2'])], 'train', [], [], [tensor('one', numpy.ones(1, 'f4'))])
training.training_info.append(helper.make_training_info(algorithm, [('w', 'w2')], None, None))
save('clean-training', training)

# Numbers in files of their own.
def external(name, location, **where):
    weight = tensor('w', numpy.zeros((4, 5), 'f4'))
    external_data_helper.set_external_data(weight, location, **where)
    weight.ClearField('raw_data')
    (here / f'{name}.onnx').write_bytes(model(initializers=[weight]).SerializeToString())

save('clean-external', model(initializers=[tensor('w', numpy.arange(400, dtype='f4'))]), save_as_external_data=True, location='clean-external.data', size_threshold=0)
save('clean-external-each', model(initializers=[tensor('part', numpy.arange(300, dtype='f4'))]), save_as_external_data=True, all_tensors_to_one_file=False, size_threshold=0)
external('dangerous-external-parent', '../../../../etc/hostname')
external('dangerous-external-absolute', '/etc/hostname')
external('dangerous-external-windows', 'C:\\Windows\\win.ini')
external('invalid-external-missing', 'no-such-file.data')
external('invalid-external-short', 'clean-external.data', offset=1590, length=80)

hidden = tensor('c', floats)
external_data_helper.set_external_data(hidden, '../secret.bin')
hidden.ClearField('raw_data')
for name, node in {
    'constant': helper.make_node('Constant', [], ['c'], value=hidden),
    'branch': helper.make_node('If', ['b'], ['c'], then_branch=helper.make_graph([helper.make_node('Constant', [], ['z'], value=hidden)], 'g', [], []), else_branch=branch('e')),
}.items():
    (here / f'dangerous-external-in-{name}.onnx').write_bytes(model(nodes=[condition, node, helper.make_node('Add', ['x', 'c'], ['y'])]).SerializeToString())

# Operators of others.
other = [helper.make_opsetid('', 17), helper.make_opsetid('com.example', 1)]
save('suspicious-operator', model(nodes=[helper.make_node('Magic', ['x'], ['y'], domain='com.example')], opset_imports=other))
inner = helper.make_graph([helper.make_node('Magic', [], ['z'], domain='com.example')], 'g', [], [helper.make_tensor_value_info('z', TensorProto.FLOAT, [2])])
save('suspicious-operator-in-branch', model(nodes=[condition, helper.make_node('If', ['b'], ['y'], then_branch=inner, else_branch=branch('e'))], opset_imports=other))
save('suspicious-python-operator', model(nodes=[helper.make_node('PythonOp', ['x'], ['y'], domain='com.microsoft', name='eval')], opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid('com.microsoft', 1)]))

# What torch exports.
torch.manual_seed(0)
networks = {
    'mlp': (torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.LayerNorm(3)), torch.zeros(1, 4)),
    'conv': (torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.SiLU(), torch.nn.Upsample(scale_factor=2)), torch.zeros(1, 1, 5, 5)),
    'lstm': (torch.nn.LSTM(2, 2), torch.zeros(1, 1, 2)),
}
for name, (network, example) in networks.items():
    for opset in (11, 16):
        torch.onnx.export(network.eval(), example, str(here / f'clean-torch-{name}-{opset}.onnx'), opset_version=opset)
