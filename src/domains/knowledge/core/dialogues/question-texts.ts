/** How a dialogue asks, in the language the entry will be in. */
interface AskedTexts {
  readonly heading: string;
  readonly wordings: readonly string[];
}

interface QuestionTexts {
  readonly title: AskedTexts;
  readonly type: AskedTexts;
  readonly tags: AskedTexts;
  /** Further wordings for a section, behind the hint of its template. */
  readonly section: (heading: string) => readonly string[];
  /** Stands where nobody knew. */
  readonly unknown: string;
}

export const questionTexts: Readonly<Record<'ja' | 'en', QuestionTexts>> = {
  ja: {
    title: {
      heading: '題名',
      wordings: [
        '何についてのナレッジですか。一言で書いてください',
        '同じことで困った人が検索しそうな言葉は何ですか',
        '例: 「社外から VPN に接続できない」',
      ],
    },
    type: {
      heading: '種類',
      wordings: [
        '次のどれに当たりますか',
        '起きたこと、原因、変えること、展開、依頼のどれについて書きますか',
        '迷ったら「その他」を選んでください。後から変えられます',
      ],
    },
    tags: {
      heading: 'タグ',
      wordings: [
        'どのシステムや話題に関係しますか。読点で区切って書いてください',
        '後で絞り込むときに使いたい言葉は何ですか',
        '無ければ「不明」のままで構いません',
      ],
    },
    section: (heading) => [
      `「${heading}」について、覚えていることを一言でも書いてください`,
      `「${heading}」を知らない同僚に話すなら、何と言いますか`,
    ],
    unknown: '不明',
  },
  en: {
    title: {
      heading: 'Title',
      wordings: [
        'What is it about, in a few words?',
        'What would somebody with the same trouble search for?',
        'For example: “No VPN connection from home”',
      ],
    },
    type: {
      heading: 'Type',
      wordings: [
        'Which of these is it?',
        'Is it about something that happened, its cause, a change, a release, or a request?',
        'When in doubt choose “other”; it can be changed later',
      ],
    },
    tags: {
      heading: 'Tags',
      wordings: [
        'Which systems or topics does it concern? Separate them by commas',
        'By which words would you narrow a search down to it?',
        'If there are none, leave it unknown',
      ],
    },
    section: (heading) => [
      `“${heading}”: whatever you remember, if only a word`,
      `“${heading}”: what would you tell a colleague who was not there?`,
    ],
    unknown: 'unknown',
  },
};
