/** SentencePiece tokenizers as their trainer writes them. */
import { field, message } from './onnx-writer.ts';

/** −1 as the score of each piece. */
const score = Buffer.from('15000080bf', 'hex');

export function writeSentencePiece(words: readonly string[], ...more: readonly Buffer[]): Buffer {
  const pieces = ['<unk>', '<s>', '</s>', ...'abcdefghijklmnop'.split(''), ...words];
  const trainer = message(2, field(1, '/home/me/corpus.txt'), field(2, 'spiece'));
  const normaliser = message(3, field(1, 'nmt_nfkc'), field(2, Buffer.alloc(40, 7)));
  return Buffer.concat([
    ...pieces.map((text, index) => message(1, field(1, text), score, ...(index < 3 ? [field(3, 2)] : []))),
    trainer,
    normaliser,
    ...more,
  ]);
}
