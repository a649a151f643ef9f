import type { Catalogue } from '../messages.ts';
import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'kernel.interrupted': '中断しました。完了した分は保存されています。',
  'kernel.interrupted.advice': '同じコマンドをもう一度実行すると、続きから再開します。',
  'kernel.unexpected': '予期しない問題が起きました: {reason}',
  'kernel.unexpected.advice': '詳細はエラー ID でログに残っています。その ID を添えてご報告ください。',
  'kernel.disk-full': 'ディスクの空きがありません ({path})。保存済みのデータは失われていません。',
  'kernel.disk-full.advice': '空きを作ってから、同じコマンドをもう一度実行してください。',
  'kernel.no-permission': '{path} へのアクセス権がありません: {reason}',
  'kernel.no-permission.advice': '所有者と権限を確認するか、--home で別の場所を指定してください。',
  'kernel.path-not-found': '{path} には何もありません。',
  'kernel.path-not-found.advice': 'パスの綴りを確認してください。',
};
