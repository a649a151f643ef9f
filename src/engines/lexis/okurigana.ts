/** Compound verbs as nouns are written with and without kana between their kanji: 立替, 立替え, 立て替え. */

/** Kanji that make such compounds, each with the kana they end in there; 見 and 手 take none. */
const endings: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '取:り 消:し 立:て,ち 替:え 換:え 申:し 込:み 引:き 継:ぎ 組:み 繰:り 返:し 切:り,れ 戻:し,り 払:い 受:け 付:け 渡:し 書:き ' +
    '読:み 打:ち 合:わせ 問:い 見: 積:み,もり,り 貸:し 出:し 入:れ 買:い 売:り 上:げ 下:げ 落:とし 振:り 割:り 当:て 呼:び 差:し ' +
    '締:め 貼:り 置:き 持:ち 越:し 抜:き 扱:い 手: 続:き 埋:め 直:し 送:り 折:り 絞:り 止:め 追:い 巻:き'
  )
    .split(' ')
    .map((entry) => entry.split(':') as [string, string]),
);

const compound = /^(?<first>\p{Script=Han})(?<middle>[ぁ-ゖ]{0,2})(?<second>\p{Script=Han})(?<end>[ぁ-ゖ]{0,2})$/u;

/** The other ways to write `word`; none when it is no such compound. */
export function okuriganaVariants(word: string): readonly string[] {
  // 合わせ alone has two ways to end, which mean the same: 打合せ, 打ち合わせ.
  const full = word.normalize('NFKC').replace(/合せ$/u, '合わせ');
  const { first = '', middle = '', second = '', end = '' } = compound.exec(full)?.groups ?? {};
  const middles = chosen(first, middle);
  const ends = chosen(second, end);
  if (middles.length === 0 || ends.length === 0) return [];
  const forms = ['', ...middles].flatMap((inside) =>
    ['', ...ends].filter((last) => inside === '' || last !== '').map((last) => `${first}${inside}${second}${last}`),
  );
  const short = forms.filter((form) => form.endsWith('合わせ')).map((form) => form.replace(/合わせ$/u, '合せ'));
  return [...new Set([...forms, ...short])].filter((form) => form !== word);
}

/** What was typed decides between several endings; kana that are none of them make it another word. */
function chosen(kanji: string, typed: string): readonly string[] {
  const known = Object.hasOwn(endings, kanji) ? (endings[kanji]?.split(',') ?? []) : [];
  return typed === '' ? known : known.filter((ending) => ending === typed);
}
