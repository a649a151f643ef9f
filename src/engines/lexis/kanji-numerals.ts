/** Numbers before a counter are written in kanji and in figures: 七階 and 7階, 十二月 and 12月. */

const digits = '〇一二三四五六七八九';
const counters = new Set(
  '階 台 本 個 件 回 年 月 日 時 分 秒 週 週間 か月 カ月 年度 歳 人 名 章 条 項 号 番 次 世代 期 限 割 円 点 段 列 行'.split(
    ' ',
  ),
);
const inKanji = /^(?<number>[〇一二三四五六七八九十百]{1,5})(?<counter>[^〇一二三四五六七八九十百]{1,2})$/u;
const inFigures = /^(?<number>[1-9]\d{0,2})(?<counter>\D{1,2})$/u;

/** The other ways to write `word`; none when it is no number with a counter. */
export function numeralVariants(word: string): readonly string[] {
  const plain = word.normalize('NFKC');
  const { number = '', counter = '' } = (inKanji.exec(plain) ?? inFigures.exec(plain))?.groups ?? {};
  if (!counters.has(counter)) return [];
  if (/^\d/.test(number)) return [`${kanjiOf(Number(number))}${counter}`];
  const value = valueOf(number);
  return value === undefined ? [] : [`${value}${counter}`];
}

/** Undefined for what is no way to write a number below a thousand: 三百五十, 二〇. */
function valueOf(kanji: string): number | undefined {
  if (/^[〇一二三四五六七八九]+$/u.test(kanji)) {
    const value = Number(Array.from(kanji, (digit) => digits.indexOf(digit)).join(''));
    return value > 0 ? value : undefined;
  }
  const parts =
    /^(?:(?<hundreds>[二三四五六七八九]?)百)?(?:(?<tens>[二三四五六七八九]?)十)?(?<ones>[一二三四五六七八九]?)$/u.exec(
      kanji,
    )?.groups;
  if (parts === undefined) return undefined;
  return 100 * times(parts['hundreds']) + 10 * times(parts['tens']) + digits.indexOf(parts['ones'] || '〇');
}

/** Ten is 十, not 一十. */
function times(digit: string | undefined): number {
  if (digit === undefined) return 0;
  return digit === '' ? 1 : digits.indexOf(digit);
}

function kanjiOf(value: number): string {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  return `${placed(hundreds, '百')}${placed(tens, '十')}${ones === 0 ? '' : digits.charAt(ones)}`;
}

function placed(digit: number, unit: string): string {
  if (digit === 0) return '';
  return digit === 1 ? unit : `${digits.charAt(digit)}${unit}`;
}
