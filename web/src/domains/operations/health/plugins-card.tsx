import { Button, Group } from '@mantine/core';

import {
  disablePlugin,
  enablePlugin,
  listPlugins,
  type PluginState,
  type PluginView,
} from '#platform/plugins/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<PluginState, Tone>> = {
  on: 'ok',
  off: 'calm',
  changed: 'warn',
  tripped: 'bad',
  broken: 'warn',
  missing: 'warn',
};

/** Scanners of others: what each may see, whether it is asked, and for which bytes somebody allowed it. */
export function PluginsCard() {
  const { t } = useTexts();
  const { data } = useRouteQuery(listPlugins, {});
  if (data === undefined) return null;
  return (
    <section className="k-card k-isolation" aria-label={t('health.plugins')}>
      <h2 className="k-isolation-title">{t('health.plugins')}</h2>
      {data.items.length === 0 ? (
        <p>{t('health.plugins.none', { folder: data.folder })}</p>
      ) : (
        <ul className="k-plain-list">
          {data.items.map((plugin) => (
            <PluginItem key={plugin.id} plugin={plugin} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PluginItem({ plugin }: { readonly plugin: PluginView }) {
  const { t } = useTexts();
  const { id, name, version, state, stateText, permissions, digest } = plugin;
  return (
    <li className="k-plugin">
      <h3>
        {name ?? id} {version} <StateBadge tone={tones[state]} label={t(`health.plugins.state.${state}`)} />
      </h3>
      <p>{stateText}</p>
      <ul>
        {permissions.length === 0 && <li>{t('health.plugins.nothing-more')}</li>}
        {permissions.map(({ permission, text }) => (
          <li key={permission}>{text}</li>
        ))}
      </ul>
      {digest !== null && <code>SHA-256 {digest}</code>}
      <Actions plugin={plugin} />
    </li>
  );
}

function Actions({ plugin: { id, state, digest } }: { readonly plugin: PluginView }) {
  const { t } = useTexts();
  const mayChange = useMay('system:configure');
  const enable = useRouteMutation(enablePlugin, { stales: [listPlugins] });
  const disable = useRouteMutation(disablePlugin, { stales: [listPlugins] });
  const failed = [enable, disable].find(({ isError }) => isError)?.error;
  if (!mayChange) return null;
  const params = { id };
  return (
    <Group gap="xs">
      {digest !== null && state !== 'on' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={enable.isPending}
          onClick={() => enable.mutate({ params, body: { digest } })}
        >
          {t(state === 'off' ? 'health.plugins.enable' : 'health.plugins.enable-again')}
        </Button>
      )}
      {state !== 'off' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={disable.isPending}
          onClick={() => disable.mutate({ params })}
        >
          {t('health.plugins.disable')}
        </Button>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </Group>
  );
}
