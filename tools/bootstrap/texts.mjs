/** What the first step says, in the language of the terminal: nothing else is installed yet to say it with. */
export const OLDEST_NODE = 20;

const catalogue = {
  en: {
    oldNode: (found) => `Kura needs Node.js ${OLDEST_NODE} or newer to set itself up; this is ${found}.`,
    oldNodeAdvice: 'Install a current Node.js from https://nodejs.org and run the same command again.',
    usage: 'Which tool? Usage: node tools/bootstrap.mjs TOOL [ARGUMENTS…]',
    noTool: (tool) => `There is no tool "${tool}" (tools/${tool}.ts is missing).`,
    installing: 'Installing packages (about a minute the first time)',
    waiting: (pid) => `Another process (${pid}) is installing packages; waiting for it`,
    installed: (seconds) => `Packages installed in ${seconds} s.`,
    failed: 'The packages could not be installed. npm said:',
    failedAdvice: (log) =>
      `Check the network and the free disk space, then run the same command again. Whole log: ${log}`,
    noPinnedNode: 'The pinned Node.js in node_modules does not run, and the Node.js found is older than 24.',
    noPinnedNodeAdvice: 'Install Node.js 24 or newer, or delete node_modules and run the same command again.',
  },
  ja: {
    oldNode: (found) => `Kura の準備には Node.js ${OLDEST_NODE} 以上が必要です（現在: ${found}）。`,
    oldNodeAdvice: 'https://nodejs.org から新しい Node.js を入れて、同じコマンドをもう一度実行してください。',
    usage: 'ツール名を指定してください: node tools/bootstrap.mjs ツール名 [引数…]',
    noTool: (tool) => `「${tool}」というツールはありません（tools/${tool}.ts が見つかりません）。`,
    installing: 'パッケージを導入しています（初回は 1 分ほどかかります）',
    waiting: (pid) => `別のプロセス（${pid}）がパッケージを導入中です。終わるのを待っています`,
    installed: (seconds) => `パッケージを ${seconds} 秒で導入しました。`,
    failed: 'パッケージを導入できませんでした。npm の出力:',
    failedAdvice: (log) => `ネットワークと空き容量を確認して、同じコマンドをもう一度実行してください。全ログ: ${log}`,
    noPinnedNode: 'node_modules の Node.js が動かず、見つかった Node.js も 24 より古いものです。',
    noPinnedNodeAdvice: 'Node.js 24 以上を入れるか、node_modules を削除して同じコマンドをもう一度実行してください。',
  },
};
export const text = catalogue[language()];

function language() {
  const locale = process.env.KURA_LANGUAGE || process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.startsWith('ja') ? 'ja' : 'en';
}
