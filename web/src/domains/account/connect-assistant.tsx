import './connect-assistant.css';

import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useTexts } from '../../lib/use-texts.ts';

/** What an assistant's program must know to speak to this server in the person's name. */
export function ConnectAssistant() {
  const { t } = useTexts();
  const clipboard = useClipboard();
  const settings = settingsFor(`${window.location.origin}/mcp`);
  return (
    <section className="k-card k-people-card" aria-labelledby="connect-assistant">
      <h2 id="connect-assistant">{t('account.assistant')}</h2>
      <p>{t('account.assistant.lead')}</p>
      <pre className="k-mono k-assistant-settings">{settings}</pre>
      {/* Browsers give the clipboard only to pages that came over TLS or from this machine. */}
      {window.isSecureContext && (
        <div>
          <Button size="compact-sm" variant="default" onClick={() => clipboard.copy(settings)}>
            {t(clipboard.copied ? 'people.copied' : 'people.copy')}
          </Button>
        </div>
      )}
      <p>{t('account.assistant.may')}</p>
    </section>
  );
}

/** In the form that most programs read. */
function settingsFor(url: string): string {
  const server = { type: 'http', url, headers: { Authorization: 'Bearer kura_…' } };
  return JSON.stringify({ mcpServers: { kura: server } }, undefined, 2);
}
