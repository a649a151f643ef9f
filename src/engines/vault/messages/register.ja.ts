import type { Catalogue } from '#kernel/messages';

import type { registerEn } from './register.en.ts';

export const registerJa: Catalogue<keyof typeof registerEn> = {
  'vault.snapshot-missing':
    'スナップショット {object} がありません。作成された記録があり、破棄（forget）もされていないのに、ファイルが消えています。ほかのスナップショットと共有する内容には影響ありません。',
  'vault.snapshot-missing.advice':
    '誰が削除したかを調べてください。リポジトリの複製があれば「kura vault repair --from」で元に戻せます。失われたと認める場合は、その ID を付けて「kura vault forget」を実行してください。',
  'vault.register-damaged':
    'スナップショットの台帳（{object}）が壊れているため、スナップショットが削除されたかどうかを判断できません。スナップショット自体に影響はありません。',
  'vault.register-damaged.advice':
    '「kura vault snapshots」の一覧に足りないものがないか確かめてから、「kura vault repair」を実行してください。台帳が作り直されます。',
  'vault.register-missing':
    'スナップショットの台帳の全部または一部がないため、スナップショットが削除されたかどうかを判断できません。スナップショット自体に影響はありません。',
  'vault.register-missing.advice':
    '「kura vault snapshots」の一覧に足りないものがないか確かめてから、「kura vault repair」を実行してください。台帳が作り直されます。',
  'vault.snapshot-unregistered':
    'スナップショット {snapshot} は完全ですが、まだ台帳に載っていません。作成または破棄の処理が最後の段階で中断されたためです。',
  'vault.snapshot-unregistered.advice': '何もする必要はありません。次のバックアップで台帳に載ります。',
};
