import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { type EntryLink, linkEntries, linkKinds, listLinks, unlinkEntries } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { EntryBadges } from '../entries/entry-badges.tsx';

/** What an entry is linked with, from either end; who writes here links and unlinks. */
export function EntryLinks({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  const { data } = useRouteQuery(listLinks, { params: { id } });
  const unlink = useRouteMutation(unlinkEntries, { stales: [listLinks] });
  const items = data?.items ?? [];
  if (items.length === 0 && !may) return null;
  function remove({ kind, direction, entry }: EntryLink): void {
    const [from, target] = direction === 'to' ? [id, entry.id] : [entry.id, id];
    unlink.mutate({ params: { id: from, kind, target } });
  }
  return (
    <section className="k-no-print" aria-label={t('knowledge.links')}>
      <h2>{t('knowledge.links')}</h2>
      <ul className="k-plain-list k-related">
        {items.map((link) => (
          <li key={`${link.kind} ${link.direction} ${link.entry.id}`} className="k-card">
            <span>
              {t(`knowledge.link.${link.kind}.${link.direction}`)}:{' '}
              <Link to="/knowledge/entries/$id" params={{ id: link.entry.id }}>
                {link.entry.title}
              </Link>
            </span>
            <EntryBadges type={link.entry.type} status={link.entry.status} tags={[]} />
            {link.note !== null && <small>{link.note}</small>}
            {may && (
              <Group>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => remove(link)}
                  aria-label={t('knowledge.unlink.from', { title: link.entry.title })}
                >
                  {t('knowledge.unlink')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {unlink.isError && <ProblemNotice error={unlink.error} />}
      {may && <NewLink id={id} />}
    </section>
  );
}

function NewLink({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const [kind, setKind] = useState<EntryLink['kind']>('related');
  const [target, setTarget] = useState('');
  const link = useRouteMutation(linkEntries, { stales: [listLinks], onSuccess: () => setTarget('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    // Whoever copies the address of the other entry means its id.
    const other = target.trim().split('/').at(-1) ?? '';
    if (other !== '') link.mutate({ params: { id }, body: { kind, target: other } });
  }
  return (
    <form onSubmit={submit} className="k-entry-form">
      <Group align="end" gap="xs">
        <NativeSelect
          label={t('knowledge.link.kind')}
          value={kind}
          onChange={({ currentTarget: { value } }) => setKind(linkKinds.find((one) => one === value) ?? 'related')}
          data={linkKinds.map((value) => ({ value, label: t(`knowledge.link.${value}.to`) }))}
        />
        <TextInput
          label={t('knowledge.link.target')}
          value={target}
          onChange={({ currentTarget: { value } }) => setTarget(value)}
          maxLength={300}
        />
        <Button type="submit" variant="default" loading={link.isPending}>
          {t('knowledge.link.add')}
        </Button>
      </Group>
      {link.isError && <ProblemNotice error={link.error} />}
    </form>
  );
}
