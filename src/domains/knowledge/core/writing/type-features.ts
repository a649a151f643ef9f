/** What a type is told by: characters, pairs and triples of Japanese, words and pairs of words of other languages. */
import { analyse } from '#engines/lexis';

export interface TextFeature {
  readonly name: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/** The rest of a longer text hardly changes what it is. */
const longestRead = 6000;
/** What these say stands behind them: 影響なし is no effect. */
const negated =
  /(?:障害|影響|異常|エラー|停止|変更|依頼|申請|承認|不具合|リリース)(?:は|が|を|も|の)?(?:なし|ない|無し|不要|しない|ありません|せず)/gu;

export function featuresOf(text: string): readonly TextFeature[] {
  const read = text.slice(0, longestRead).replaceAll(negated, (words) => ' '.repeat(words.length));
  const terms = analyse(read).filter(({ position }) => position !== undefined);
  return terms.flatMap(({ kind, text: term, start, end }, place) => {
    const next = terms[place + 1];
    const isNext = next !== undefined && next.kind === kind && next.start - end <= 1;
    return [
      { name: term, start, end },
      ...(kind === 'japanese' ? [{ name: term.slice(0, 1), start, end: start + 1 }] : []),
      ...(isNext ? [{ name: `${term} ${next.text}`, start, end: next.end }] : []),
    ];
  });
}
