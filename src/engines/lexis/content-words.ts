/** Which words of a query carry its meaning; the rest is grammar that no text need hold. */
import type { Query, QueryLeaf } from './query-node.ts';
import { synonymsOf } from './synonyms.ts';
import { wordSegmenter } from './word-segmenter.ts';
import { withKnownCompounds } from './written-variants.ts';

/** Words of the piece as typed, cut by the dictionary of ICU. */
export function segmented(text: string): readonly string[] {
  return [...wordSegmenter().segment(text.normalize('NFKC'))]
    .filter((part) => part.isWordLike)
    .map((part) => part.segment);
}

export function isHiragana(text: string): boolean {
  return /^[ぁ-ゖー]+$/u.test(text);
}

const englishGrammar = new Set(
  (
    'a an the of to in on at for from by with and or is are was were be been am do does did how what when where why ' +
    'which who can could should would will shall may might must i my me we our us you your it its this that these ' +
    'those there if as so not no any some someone please tell help need want'
  ).split(' '),
);
const japaneseGrammar = new Set(
  (
    'どう どこ どれ どの どんな なぜ なに いつ だれ する した して なる なった できる できない ない ある いる ください くれる もらう ' +
    'れる られる たい です ます ました ません とき こと もの ため よう から まで など について いい よい ほしい しまった しまい ' +
    'いけ べき たら なら ので のに けど でき しまっ あり ませ まし なり なっ いり なく または および ほう あと とい いただ もう ' +
    '出来 出来る 出来ない すれば すれ いり した ませ ありま すか ので だけ ほど より でも には では とは ても たく たり ながら くれ られ いく くる みる おく ' +
    '何 教え 教えて 方法 下さい 私 方 時 場合 枚 日前'
  ).split(' '),
);

/** A piece that is only grammar: "how", "the". */
export function isGrammar(leaf: QueryLeaf): boolean {
  return leaf.kind === 'words' && englishGrammar.has(leaf.text.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

/** A piece of nothing but grammar in either language: how, 方法, 出来ない. */
export function saysNothing(leaf: QueryLeaf): boolean {
  if (leaf.kind !== 'words') return false;
  return isGrammar(leaf) || (isJapanese(leaf) && !segmented(leaf.text).some(carriesMeaning));
}

function isJapanese({ terms }: QueryLeaf): boolean {
  return terms.every(({ kind }) => kind === 'japanese');
}

/** Grammar between words of one piece: a particle, or the end of a verb. */
const grammarInside = /[^ぁ-ゖ][ぁ-ゖ]{3,}|[\p{Script=Han}ァ-ヺーa-zA-Z][をはがにで][\p{Script=Han}ァ-ヺa-zA-Z]/u;

/** The words that matter, most of them with kanji, katakana or Latin letters; all when nothing else is left. */
export function contentWords(leaf: QueryLeaf): readonly string[] {
  if (synonymsOf(leaf.text).length > 0) return [leaf.text];
  // ノートパソコン and 空き容量 are taken to pieces by the dictionary, but have other words for them as a whole.
  const known = withKnownCompounds(segmented(leaf.text), leaf.text, (word) => synonymsOf(word).length > 0);
  const words = withVerbsOfKana(known);
  const meaningful = words.filter(carriesMeaning);
  return meaningful.length === 0 ? words : meaningful;
}

/** Whether a word is more than grammar. */
export function carriesMeaning(word: string): boolean {
  return (
    !japaneseGrammar.has(word) && !englishGrammar.has(word.toLowerCase()) && (!isHiragana(word) || word.length > 1)
  );
}

/** The dictionary takes verbs written in kana to pieces: こ|ぼ|し|た. Their pieces are joined without the ending. */
function withVerbsOfKana(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let run = '';
  for (const word of [...words, '']) {
    if (/^[ぁ-ゖ]$/u.test(word) && !(run === '' && /[をがはにでとのもへや]/u.test(word))) {
      run += word;
      continue;
    }
    if (run !== '') joined.push(run.replace(/[たてだで]$/u, ''));
    run = '';
    if (word !== '') joined.push(word);
  }
  return joined;
}

/** Whether it reads like a question or a sentence: then nobody expects every word of it in the text. */
export function isSentence({ wanted }: Query): boolean {
  const loose = wanted.filter((leaf) => leaf.kind === 'words');
  const words = loose.flatMap(contentWords);
  return words.length > 1 && loose.some((leaf) => isGrammar(leaf) || grammarInside.test(leaf.text));
}

/** Whether it was typed without a blank: its words are the searcher's no more than its wording. */
export function isOnePiece({ wanted }: Query): boolean {
  const [leaf] = wanted;
  if (leaf === undefined || wanted.length > 1 || leaf.kind !== 'words') return false;
  return contentWords(leaf).filter((word) => word.length > 1).length > 1;
}
