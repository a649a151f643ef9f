export const en = {
  'http.api-description':
    'REST API of Kura. Errors are RFC 9457 problem details; their `code` is stable, their text follows Accept-Language.',
  'http.invalid-input': 'The input is not valid; nothing was changed. {list}',
  'http.invalid-field': '{reason}',
  'http.no-route': 'There is no {method} {path} here.',
  'http.no-route.advice': 'See /api/docs for everything that exists.',
  'http.bad-request': 'The request could not be read: {reason}',
  'http.body-too-large': 'The request is longer than this address takes. Nothing of it was read.',
  'http.body-too-large.advice': 'Send less at once: most addresses take 8 MiB, saved lists may have 32 MiB.',
  'http.too-many-requests': 'Too many requests within a short time; this one was not carried out.',
  'http.too-many-requests.advice':
    'Wait {seconds} s and send it again. What the limits are is said by the settings limits.*.',
  'http.docs-title': 'Kura API reference',
  'http.docs-permission': 'Permission',
  'http.docs-public': 'Public',
  'http.bad-request.advice': 'Send UTF-8 JSON with the content type application/json, at most 8 MiB.',
  'http.invalid-input.advice': 'Correct the fields named here and send the request again.',
} as const;
