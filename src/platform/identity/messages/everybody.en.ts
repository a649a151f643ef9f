export const everybodyEn = {
  'route.session.list': 'Sessions of everybody',
  'route.key.list-all': 'API keys of everybody',
} as const;
