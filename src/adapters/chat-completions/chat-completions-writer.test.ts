import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import type { OutboundAnswer, OutboundRequest } from '#platform/outbound';

import { createChatCompletionsWriter } from './chat-completions-writer.ts';

const settings = { url: 'http://127.0.0.1:11434/v1/', model: 'small', key: 'geheim', timeoutSeconds: 5 };
const passages = [{ number: 1, title: 'VPN', text: '再起動する。' }];
const { signal } = new AbortController();

function writerSaying(answer: Partial<OutboundAnswer> | Error, sent: OutboundRequest[] = []) {
  return createChatCompletionsWriter(settings, {
    async send(request) {
      sent.push(request);
      if (answer instanceof Error) throw answer;
      return { status: 200, headers: {}, body: '', ...answer };
    },
  });
}

function reply(content: string) {
  return { body: JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }) };
}

describe('a model behind chat completions', () => {
  it('is sent the question and the passages once, and its sentences are read out of what it says', async () => {
    const sent: OutboundRequest[] = [];
    const said = 'Here: ```json\n{"sentences":[{"text":"再起動する。","cites":[1]}]}\n```';
    const sentences = await writerSaying(reply(said), sent).write({ question: 'VPN?', passages }, signal);
    assert.deepEqual(sentences, [{ text: '再起動する。', cites: [1] }]);
    assert.deepEqual(
      sent.map(({ url, headers }) => [url, headers['authorization']]),
      [['http://127.0.0.1:11434/v1/chat/completions', 'Bearer geheim']],
    );
    assert.match(String(sent[0]?.body), /再起動する/u);
  });

  it('failing in any way is said with its host, and with no word of what was sent or answered', async () => {
    const unreachable = new KuraError('unavailable', 'outbound.unreachable', { params: { host: 'x', reason: 'y' } });
    for (const answer of [
      { status: 500, body: 'geheim' },
      { body: '<html>' },
      reply('no JSON'),
      reply('{"a":1}'),
      unreachable,
    ])
      await assert.rejects(
        writerSaying(answer).write({ question: 'VPN?', passages }, signal),
        (error) =>
          error instanceof KuraError &&
          error.code === 'knowledge.writer-failed' &&
          error.params['host'] === '127.0.0.1:11434' &&
          !JSON.stringify(error.params).includes('geheim'),
      );
    const refused = new KuraError('refused', 'outbound.refused', { params: { target: 'x' } });
    await assert.rejects(writerSaying(refused).write({ question: 'VPN?', passages }, signal), {
      code: 'outbound.refused',
    });
  });
});
