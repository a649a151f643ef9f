import { after, before, describe, it } from 'node:test';

import { createHome, type KuraHome } from './harness/kura-home.ts';
import { assertTold, type ExpectedMessage } from './harness/messages.ts';

interface WrongUsage extends ExpectedMessage {
  readonly what: string;
  readonly args: readonly string[];
}

const mistakes: readonly WrongUsage[] = [
  {
    what: 'an option with a slip in it',
    args: ['knowledge', 'search', 'x', '--limt', '3'],
    code: 2,
    en: /no option --limt.*\n.*--limit/,
    ja: /--limt というオプションはありません.*\n.*--limit/,
  },
  {
    what: 'a command with a slip in it',
    args: ['knowlege', 'search', 'x'],
    code: 2,
    en: /no command knowlege.*\n.*knowledge/,
    ja: /knowlege というコマンドはありません.*\n.*knowledge/,
  },
  {
    what: 'a missing argument',
    args: ['vault', 'backup', '--repo', 'somewhere'],
    code: 2,
    en: /source is missing/,
    ja: /source が足りません/,
  },
  {
    what: 'a number out of range',
    args: ['knowledge', 'search', 'x', '--limit', '0'],
    code: 2,
    en: /limit/,
    ja: /limit/,
  },
  {
    what: 'a model id that cannot be',
    args: ['models', 'get', '0'],
    code: 2,
    en: /“0” does not name a model/,
    ja: /「0」からはモデルを特定できません/,
  },
  {
    what: 'a word where a model is wanted',
    args: ['models', 'get', 'abc'],
    code: 2,
    en: /“abc” does not name a model/,
    ja: /「abc」からはモデルを特定できません/,
  },
  {
    what: 'nothing to get',
    args: ['models', 'get'],
    code: 2,
    en: /ref/i,
    ja: /ref|参照|モデル/i,
  },
  {
    what: 'a file that is not there',
    args: ['hash', '/nonexistent/model.safetensors'],
    code: 1,
    en: /\/nonexistent\/model\.safetensors/,
    ja: /\/nonexistent\/model\.safetensors/,
  },
  {
    what: 'a repository that is none',
    args: ['vault', 'snapshots', '--repo', '/nonexistent/repository'],
    code: 1,
    en: /\/nonexistent\/repository/,
    ja: /\/nonexistent\/repository/,
  },
  {
    what: 'a server that is not there',
    args: ['knowledge', 'search', 'x', '--server', 'http://127.0.0.1:9'],
    code: 1,
    en: /127\.0\.0\.1:9 cannot be reached/,
    ja: /127\.0\.0\.1:9 に接続できません/,
  },
  {
    what: 'a local command for a server elsewhere',
    args: ['vault', 'snapshots', '--repo', 'x', '--server', 'http://127.0.0.1:9'],
    code: 2,
    en: /--server/,
    ja: /--server では実行できません/,
  },
];

describe('wrong usage', () => {
  let home: KuraHome;
  before(async () => {
    home = await createHome();
  });
  after(() => home[Symbol.asyncDispose]());

  for (const { what, args, ...expected } of mistakes) {
    it(`is explained in both languages: ${what}`, () => assertTold(home, args, expected));
  }
});
