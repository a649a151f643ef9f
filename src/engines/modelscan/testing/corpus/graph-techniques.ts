/** ONNX, TensorFlow and TensorFlow Lite: tensors elsewhere, operators nobody knows, graphs that reach out (§6). */
import {
  externalTensor,
  field,
  floatTensor,
  message,
  node,
  smallGraph,
  wholeTensor,
  writeOnnx,
} from '../onnx-writer.ts';
import { writeSentencePiece } from '../sentencepiece-writer.ts';
import {
  tensorflowFunction,
  tensorflowNode,
  textConstant,
  writeKerasMetadata,
  writeSavedModel,
} from '../tensorflow-writer.ts';
import { writeTflite } from '../tflite-writer.ts';
import type { Techniques } from './technique.ts';

function stored(location: string): Buffer {
  return externalTensor({ location });
}

/** A graph with one node that has the tensor in an attribute. */
function inAttribute(tensor: Buffer, ...wrap: readonly number[]): Buffer {
  return message(1, node('Constant', message(5, field(1, 'value'), ...wrap.map((number) => message(number, tensor)))));
}

const subgraph = message(1, node('If', message(5, field(1, 'then_branch'), message(6, message(5, stored('../x'))))));
const lambda = JSON.stringify({ class_name: 'Lambda', config: { function: ['4wEAAA==', null, null] } });

function graph(...nodes: readonly Buffer[]): Buffer {
  return writeSavedModel({ nodes });
}

export const graphTechniques: Techniques = {
  'keeps tensors outside of its folder': {
    rule: 'onnx-external-escape',
    samples: {
      'climbing.onnx': writeOnnx({ graph: message(5, stored('../../etc/passwd')) }),
      'absolute.onnx': writeOnnx({ graph: message(5, stored('/etc/passwd')) }),
      'drive.onnx': writeOnnx({ graph: message(5, stored('C:\\secret.bin')) }),
      'address.onnx': writeOnnx({ graph: message(5, stored('https://example.com/w')) }),
      'backslash.onnx': writeOnnx({ graph: message(5, stored('a\\..\\..\\w')) }),
      'attribute.onnx': writeOnnx({ graph: inAttribute(stored('../x'), 5) }),
      'attribute-list.onnx': writeOnnx({ graph: inAttribute(stored('../x'), 10) }),
      'subgraph.onnx': writeOnnx({ graph: subgraph }),
      'function.onnx': writeOnnx({
        model: message(
          25,
          field(1, 'f'),
          field(10, 'kura'),
          message(7, node('Constant', message(5, field(1, 'value'), message(5, stored('../x'))))),
        ),
      }),
      'sparse.onnx': writeOnnx({ graph: message(15, message(1, stored('../x')), message(2, wholeTensor)) }),
      'training.onnx': writeOnnx({ model: message(20, message(1, message(5, stored('../x')))) }),
      'memory.onnx': writeOnnx({ graph: message(5, stored('*/_ORT_MEM_ADDR_/*')) }),
    },
  },
  'keeps tensors where nobody can look': {
    rule: 'onnx-external-unchecked',
    samples: Object.fromEntries(
      ['weights.bin', 'sub/w', 'model.onnx_data'].map((name) => [
        `${name.length}.onnx`,
        writeOnnx({ graph: message(5, stored(name)) }),
      ]),
    ),
  },
  'uses operators of its own': {
    rule: 'onnx-custom-domain',
    samples: {
      'node.onnx': writeOnnx({ graph: message(1, node('Magic', field(7, 'com.example'))) }),
      'set.onnx': writeOnnx({
        model: message(8, field(1, 'com.example'), field(2, 1)),
        graph: message(1, node('Magic', field(7, 'com.example'))),
      }),
      'subgraph.onnx': writeOnnx({
        graph: message(
          1,
          node('If', message(5, field(1, 'then_branch'), message(6, message(1, node('X', field(7, 'evil')))))),
        ),
      }),
    },
  },
  'calls foreign programs': {
    rule: 'onnx-foreign-operator',
    samples: Object.fromEntries(
      ['PyOp', 'PythonOp', 'ATen'].map((name) => [
        `${name}.onnx`,
        writeOnnx({ graph: message(1, node(name, field(7, 'com.microsoft'))) }),
      ]),
    ),
  },
  'says things twice': {
    rule: 'onnx-repeated-field',
    samples: {
      'graph.onnx': writeOnnx({ model: field(7, smallGraph) }),
      'domain.onnx': writeOnnx({ graph: message(1, node('Relu', field(7, ''), field(7, 'ai.onnx'))) }),
      'raw.onnx': writeOnnx({ graph: message(5, floatTensor(field(9, Buffer.alloc(8)), field(9, Buffer.alloc(8)))) }),
    },
  },
  'breaks as an ONNX': {
    rule: 'onnx-broken',
    samples: {
      'cut.onnx': writeOnnx().subarray(0, -3),
      'no-version.onnx': field(7, smallGraph),
      'wrong-size.onnx': writeOnnx({ graph: message(5, floatTensor(field(9, Buffer.alloc(7)))) }),
      'wire-type.onnx': writeOnnx({ model: field(14, 3) }),
    },
  },
  'goes too deep for an ONNX': {
    rule: 'onnx-limit',
    samples: {
      'subgraphs.onnx': writeOnnx({ graph: nestedGraphs(60) }),
      'deeper.onnx': writeOnnx({ graph: nestedGraphs(200) }),
      'names.onnx': writeOnnx({ graph: message(1, field(4, 'a'.repeat(70_000))) }),
    },
  },
  'reaches files from a graph': {
    rule: 'tensorflow-file-access',
    samples: {
      'read/saved_model.pb': graph(tensorflowNode('r', 'ReadFile')),
      'write/saved_model.pb': graph(tensorflowNode('w', 'WriteFile')),
      'function/saved_model.pb': writeSavedModel({
        functions: [tensorflowFunction('f', tensorflowNode('m', 'MatchingFiles'))],
      }),
      'restore/saved_model.pb': graph(
        textConstant('p', '/etc/passwd'),
        tensorflowNode('r', 'RestoreV2', { inputs: ['p'] }),
      ),
      'print/saved_model.pb': graph(tensorflowNode('p', 'PrintV2', { texts: { output_stream: 'file:///tmp/x' } })),
      'text/saved_model.pbtxt': 'meta_graphs {\n graph_def {\n  node { name: "w" op: "WriteFile" }\n }\n}\n',
    },
  },
  'runs Python from a graph': {
    rule: 'tensorflow-foreign-code',
    samples: {
      'py/saved_model.pb': graph(tensorflowNode('p', 'PyFunc')),
      'eager/saved_model.pb': graph(tensorflowNode('p', 'EagerPyFunc')),
      'stateless/saved_model.pb': writeSavedModel({
        functions: [tensorflowFunction('f', tensorflowNode('p', 'PyFuncStateless'))],
      }),
      'text/graph.pbtxt': "node { name: 'p' op: 'PyFunc' }\n",
    },
  },
  'uses the network from a graph': {
    rule: 'tensorflow-network',
    samples: Object.fromEntries(
      ['RpcCall', 'DataServiceDatasetV2', 'GcsConfigureCredentials'].map((name) => [
        `${name}/saved_model.pb`,
        graph(tensorflowNode('n', name)),
      ]),
    ),
  },
  'names assets outside of its folder': {
    rule: 'tensorflow-asset-escape',
    samples: Object.fromEntries(
      ['../../x', '/etc/passwd', 'C:\\x'].map((file) => [
        `${file.length}/saved_model.pb`,
        writeSavedModel({ assets: { a: file } }),
      ]),
    ),
  },
  'uses operators TensorFlow does not have': {
    rule: 'tensorflow-custom-operator',
    samples: {
      'node/saved_model.pb': graph(tensorflowNode('n', 'MyCustomOp')),
      'function/saved_model.pb': writeSavedModel({
        functions: [tensorflowFunction('f', tensorflowNode('n', 'Zeroize'))],
      }),
      'send/saved_model.pb': graph(tensorflowNode('n', '_Send')),
    },
  },
  'breaks as a TensorFlow model': {
    rule: 'tensorflow-broken',
    samples: {
      'cut/saved_model.pb': writeSavedModel().subarray(0, -5),
      'cut-early/saved_model.pb': writeSavedModel().subarray(0, 40),
      'nodes/saved_model.pb': writeSavedModel({ nodes: [field(2, Buffer.alloc(70_000, 'a'))] }),
    },
  },
  'keeps a Keras lambda beside the graph': {
    rule: 'keras-lambda',
    samples: {
      'saved_model.pb': writeSavedModel({ metadata: [lambda] }),
      'keras_metadata.pb': writeKerasMetadata(lambda),
      'second/keras_metadata.pb': writeKerasMetadata('{"class_name": "Dense", "config": {}}', lambda),
    },
  },
  'uses operators TensorFlow Lite does not have': {
    rule: 'tflite-custom-operator',
    samples: Object.fromEntries(
      ['Evil', 'PyFunc', 'Flex'].map((name) => [`${name}.tflite`, writeTflite({ custom: [name] })]),
    ),
  },
  'breaks as a tokenizer': {
    rule: 'tokenizer-broken',
    samples: {
      'cut.model': writeSentencePiece([]).subarray(0, -3),
      'field/spiece.model': writeSentencePiece([], field(9, 'more')),
      'piece.spm': writeSentencePiece([], message(1, field(4, 1))),
    },
  },
  'breaks as a TensorFlow Lite model': {
    rule: 'tflite-broken',
    samples: {
      'cut.tflite': writeTflite().subarray(0, 60),
      'operator.tflite': writeTflite({ operatorIndex: 9 }),
      'root.tflite': Buffer.concat([Buffer.from('ffffff7f54464c33', 'hex'), Buffer.alloc(60)]),
    },
  },
};

function nestedGraphs(depth: number): Buffer {
  let inner: Buffer = smallGraph;
  for (let level = 0; level < depth; level += 1)
    inner = message(1, node('If', message(5, field(1, 'then_branch'), field(6, inner))));
  return inner;
}
