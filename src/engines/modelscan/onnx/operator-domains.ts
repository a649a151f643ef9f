/** Where operators come from: only those that runtimes bring along themselves are known (onnxruntime, constants.h). */

/** Operators of these domains are part of ONNX or built into onnxruntime. */
export const builtInDomains: ReadonlySet<string> = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.training',
  'ai.onnx.preview',
  'ai.onnx.preview.training',
  'com.microsoft',
  'com.microsoft.nchwc',
  'com.microsoft.experimental',
  'com.microsoft.dml',
  'com.ms.internal.nhwc',
]);

/**
 * onnxruntime lists all domains it knows when it writes a model. Listing one runs nothing, but operators of this one
 * call any function of torch by its name.
 */
export const declaredOnlyDomains: ReadonlySet<string> = new Set(['org.pytorch.aten']);

/** Built-in operators that hand over to Python, torch, or machine code kept in the model or a file beside it. */
export const foreignOperators: ReadonlySet<string> = new Set([
  'com.microsoft::PyOp',
  'com.microsoft::PythonOp',
  'com.microsoft::PythonOpGrad',
  'com.microsoft::ATen',
  'com.microsoft::ATenOp',
  'com.microsoft::ATenGrad',
  'com.microsoft::ATenOpGrad',
  'com.microsoft::TritonOp',
  'com.microsoft::EPContext',
]);
