import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';

import type { ChannelMessage, WordedNotice } from '#platform/notify';

import { hostileTexts } from '#stand-ins/hostile-texts';

import { mayBeChannel } from './channel-hosts.ts';
import { signedWebhook } from './signed-webhook.ts';
import { slackMessage } from './slack-message.ts';
import { teamsMessage } from './teams-message.ts';

const notice: WordedNotice = {
  id: 'n1',
  kind: 'backup-failed',
  event: 'raised',
  severity: 'error',
  severityText: 'Error',
  subject: { kind: 'job', id: 'library', name: 'Library' },
  tags: [],
  site: null,
  title: 'The backup of <!channel> & <https://evil.example|Library> failed',
  lines: ['[click](https://evil.example) *now*'],
  url: 'https://kura.example.org/operations/alerts/a1',
  at: '2026-11-22T00:00:00.000Z',
};

function message(count: number, change: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    id: 'm1',
    kind: 'slack',
    url: 'https://hooks.slack.com/services/x',
    secrets: [],
    language: 'en',
    title: notice.title,
    notices: Array.from({ length: count }, () => notice),
    action: 'Open in Kura',
    more: (rest) => `… and ${rest} more.`,
    ...change,
  };
}

/** Without the summary, which is no Markdown. */
function cardOf(written: ChannelMessage): unknown {
  const { summary: _summary, ...card } = { summary: '', ...teamsMessage(written) };
  return card;
}

describe('the address of a chat channel', () => {
  it('is one of the service, and nothing that only looks like it', () => {
    const fine = [
      ['slack', 'hooks.slack.com'],
      ['teams', 'prod-12.japaneast.logic.azure.com'],
      ['teams', 'default1234.56.environment.api.powerplatform.com'],
      ['teams', 'house.webhook.office.com'],
      ['webhook', 'anything.example.org'],
      ['slack', 'chat.house.example.org'],
    ] as const;
    const foreign = [
      ['slack', 'hooks.slack.com.evil.example'],
      ['slack', 'evil-slack.com'],
      ['teams', 'evil-office.com'],
      ['teams', 'logic.azure.com.evil.example'],
      ['teams', 'hooks.slack.com'],
    ] as const;
    for (const [kind, host] of fine) assert.ok(mayBeChannel(kind, host, ['chat.house.example.org']), host);
    for (const [kind, host] of foreign) assert.equal(mayBeChannel(kind, host, []), false, host);
  });
});

describe('what somebody else named', () => {
  it('makes no mention and no link in Slack', () => {
    const text = JSON.stringify(slackMessage(message(1)));
    assert.match(text, /&lt;!channel&gt; &amp; &lt;https:\/\/evil\.example\|Library&gt;/);
    assert.doesNotMatch(text, /<!channel>/);
  });

  it('is text in both, whatever somebody wrote', () => {
    for (const text of hostileTexts) {
      const written = message(1, { title: text, notices: [{ ...notice, title: text, lines: [text] }] });
      assert.doesNotMatch(JSON.stringify(slackMessage(written)), /[<>]/, text);
      assert.doesNotMatch(JSON.stringify(cardOf(written)), /[^\\]\]\(|"url":"(?!https:\/\/kura\.example\.org\/)/, text);
    }
  });

  it('makes no link and no emphasis in Teams', () => {
    const text = JSON.stringify(teamsMessage(message(1)));
    assert.ok(text.includes(JSON.stringify('\\[click\\](https://evil.example) \\*now\\*').slice(1, -1)), text);
  });
});

describe('a message about many', () => {
  it('shows ten and counts the rest, and stays within what the services take', () => {
    const [slack, teams] = [slackMessage(message(200)), teamsMessage(message(200))].map((one) => JSON.stringify(one));
    for (const text of [slack ?? '', teams ?? '']) {
      assert.match(text, /… and 190 more\./);
      assert.equal(text.split('evil.example|Library').length - 1 >= 10, true);
      assert.ok(Buffer.byteLength(text) < 28_000);
    }
  });
});

describe('a signed webhook', () => {
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const secrets = keys.map((key) => `whsec_${key.toString('base64')}`);

  it('bears a signature per secret over id, time and body', () => {
    const { body, headers } = signedWebhook(message(1, { kind: 'webhook', secrets }), Date.UTC(2026, 0, 1));
    const signed = `m1.${Date.UTC(2026, 0, 1) / 1000}.${body}`;
    const expected = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    assert.deepEqual(headers['webhook-signature']?.split(' '), expected);
    assert.deepEqual([headers['webhook-id'], headers['webhook-timestamp']], ['m1', '1767225600']);
  });
});
