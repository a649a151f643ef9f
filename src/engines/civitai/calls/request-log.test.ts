import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { redactUrl } from './request-log.ts';

describe('redactUrl', () => {
  it('masks keys, signatures and passwords, and nothing else', () => {
    const cases = [
      ['https://civitai.com/x?token=sesame&limit=2#a', 'https://civitai.com/x?token=***&limit=2#a'],
      ['https://civitai.com/x?limit=2&API_KEY=sesame', 'https://civitai.com/x?limit=2&API_KEY=***'],
      [
        'https://b2.example/f?X-Amz-Expires=9&X-Amz-Signature=sesame&X-Amz-Credential=sesame%2Fa',
        'https://b2.example/f?X-Amz-Expires=9&X-Amz-Signature=***&X-Amz-Credential=***',
      ],
      ['https://cdn.example/f?sig=sesame&key=sesame', 'https://cdn.example/f?sig=***&key=***'],
      ['https://user:sesame@proxy.example/api', 'https://***@proxy.example/api'],
      ['https://civitai.com/x?query=token%3Dword&tag=key', 'https://civitai.com/x?query=token%3Dword&tag=key'],
    ] as const;
    for (const [url, shown] of cases) assert.equal(redactUrl(url), shown);
  });
});
