import type { Catalogue } from '#kernel/messages';

import type { everybodyEn } from './everybody.en.ts';

export const everybodyJa: Catalogue<keyof typeof everybodyEn> = {
  'route.session.list': '全員のセッション一覧',
  'route.key.list-all': '全員の API キー一覧',
};
