export const en = {
  'http.api-description':
    'REST API of Kura. Errors are RFC 9457 problem details; their `code` is stable, their text follows Accept-Language.',
  'http.invalid-input': 'The input is not valid; nothing was changed. {list}',
  'http.invalid-field': '{reason}',
  'http.no-route': 'There is no {method} {path} here.',
  'http.no-route.advice': 'See /api/docs for everything that exists.',
  'http.bad-request': 'The request could not be read: {reason}',
  'http.docs-title': 'Kura API reference',
  'http.docs-permission': 'Permission',
  'http.docs-public': 'Public',
  'http.bad-request.advice': 'Send UTF-8 JSON with the content type application/json, at most 8 MiB.',
  'http.invalid-input.advice': 'Correct the fields named here and send the request again.',
} as const;
