import '../alerts.css';

import { Button, Checkbox, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { alertTypeNames } from '#platform/alerts/contract';
import type { RouteOutput } from '#platform/contract';
import { type Rhythm, readPreferences, savePreferences } from '#platform/notify/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { RhythmFields } from '../rhythm-fields.tsx';
import { rhythmOf } from '../rhythm-input.ts';

type Own = RouteOutput<typeof readPreferences>;

/** What one wants to hear oneself, and when. */
export function OwnNotices() {
  const { t } = useTexts();
  const query = useRouteQuery(readPreferences);
  return (
    <section className="k-card k-alerts-card" aria-labelledby="own-notices">
      <h2 id="own-notices">{t('notify.own')}</h2>
      <QueryView query={query}>{(own) => <OwnNoticesForm key={JSON.stringify(own)} own={own} />}</QueryView>
    </section>
  );
}

function OwnNoticesForm({ own }: { readonly own: Own }) {
  const { t } = useTexts();
  const [mail, setMail] = useState(own.mail);
  const [muted, setMuted] = useState<readonly string[]>(own.muted);
  const [rhythm, setRhythm] = useState<Rhythm>(rhythmOf(own));
  const save = useRouteMutation(savePreferences, {
    stales: [readPreferences],
    onSuccess: () => notifications.show({ message: t('notify.own.saved') }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ body: { mail, muted: [...muted], ...rhythm } });
  }
  return (
    <form className="k-alerts-form" onSubmit={submit}>
      <p className="k-alerts-dim">
        {own.address === null ? t('notify.own.nowhere') : t('notify.own.lead', { address: own.address })}
      </p>
      {save.isError && <ProblemNotice error={save.error} />}
      <Checkbox
        label={t('notify.own.mail')}
        checked={mail}
        onChange={(event) => setMail(event.currentTarget.checked)}
      />
      <RhythmFields value={rhythm} onChange={setRhythm} />
      <details>
        <summary>{t('notify.own.muted')}</summary>
        <Checkbox.Group aria-label={t('notify.own.muted')} value={[...muted]} onChange={setMuted}>
          <div className="k-alerts-checks">
            {alertTypeNames.map((kind) => (
              <Checkbox key={kind} value={kind} label={t(`alerts.kind.${kind}`)} />
            ))}
          </div>
        </Checkbox.Group>
      </details>
      <Group>
        <Button type="submit" loading={save.isPending}>
          {t('notify.save')}
        </Button>
      </Group>
    </form>
  );
}
