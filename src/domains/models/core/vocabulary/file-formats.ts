/** Formats of files as the site names them (civitai-api.md §5.3), with what else people call them (M-020). */
import type { SpelledWord } from '../../contract/index.ts';

export interface FileFormat {
  /** As the site spells it. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Lower case, without the dot. */
  readonly extensions: readonly string[];
  /** Loading it runs what its author put in: only with consent. */
  readonly canRunCode: boolean;
}

export const fileFormats: readonly FileFormat[] = [
  format('SafeTensor', ['safetensors', 'safe tensors', 'safe', 'セーフテンソル'], ['safetensors', 'sft']),
  {
    ...format(
      'PickleTensor',
      ['pickle', 'pickles', 'ckpt', 'pt', 'torch', 'ピックル'],
      ['ckpt', 'pt', 'pth', 'bin', 'pkl'],
    ),
    canRunCode: true,
  },
  format('GGUF', ['ggml', 'quantised'], ['gguf']),
  format('Diffusers', ['diffusers folder', 'ディフューザーズ'], ['zip']),
  format('Core ML', ['coreml', 'mlpackage'], ['mlmodel', 'mlpackage']),
  format('ONNX', ['onnx model'], ['onnx']),
  format('Other', ['その他'], []),
];
export const formatWords: readonly SpelledWord[] = fileFormats.map(({ name, aliases }) => ({ word: name, aliases }));

function format(name: string, aliases: readonly string[], extensions: readonly string[]): FileFormat {
  return { name, aliases, extensions, canRunCode: false };
}
