import './media.css';

import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { addPlace, changePlace, listPlaces, type PlaceView, removePlace } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { MediaLinks } from './media-links.tsx';

export function PlacesPage() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const query = useRouteQuery(listPlaces);
  return (
    <>
      <PageHeader title={t('media.places.title')} lead={t('media.places.lead')} />
      <div className="k-media">
        <MediaLinks />
        {may && <NewPlaceForm />}
        <QueryView query={query}>
          {({ items }) => (
            <>
              {items.length === 0 && <EmptyNote title={t('media.places.none')} />}
              {[...Map.groupBy(items, ({ site }) => site)].map(([site, places]) => (
                <section key={site} className="k-card" aria-labelledby={`site-${site}`}>
                  <h2 id={`site-${site}`}>{site}</h2>
                  <ul className="k-plain-list k-media-list">
                    {places.map((place) => (
                      <PlaceItem key={place.id} place={place} />
                    ))}
                  </ul>
                </section>
              ))}
            </>
          )}
        </QueryView>
      </div>
    </>
  );
}

function PlaceItem({ place }: { readonly place: PlaceView }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const { id, room, slot, used, capacity, notes } = place;
  const [fits, setFits] = useState<number | string>(capacity ?? '');
  const change = useRouteMutation(changePlace, { stales: [listPlaces] });
  const remove = useRouteMutation(removePlace, { stales: [listPlaces] });
  const error = change.error ?? remove.error;
  const name = [room, slot].filter((part) => part !== '').join(' / ') || '–';
  return (
    <li>
      <strong>{name}</strong>
      <span>{t('media.places.used', { used, capacity: capacity ?? '∞' })}</span>
      <span>{notes}</span>
      {may && (
        <>
          <NumberInput
            size="xs"
            aria-label={`${t('media.places.capacity')}: ${name}`}
            value={fits}
            min={1}
            onChange={setFits}
          />
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            aria-label={`${t('media.save')}: ${name}`}
            onClick={() =>
              change.mutate({ params: { id }, body: { capacity: typeof fits === 'number' ? fits : null } })
            }
          >
            {t('media.save')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={used > 0}
            loading={remove.isPending}
            aria-label={`${t('media.places.remove')}: ${name}`}
            onClick={() => remove.mutate({ params: { id } })}
          >
            {t('media.places.remove')}
          </Button>
        </>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </li>
  );
}

const nothing = { site: '', room: '', slot: '' };
const fields = ['site', 'room', 'slot'] as const;

function NewPlaceForm() {
  const { t } = useTexts();
  const [place, setPlace] = useState(nothing);
  const [capacity, setCapacity] = useState<number | string>('');
  const add = useRouteMutation(addPlace, { stales: [listPlaces], onSuccess: () => setPlace(nothing) });
  function submit(event: FormEvent): void {
    event.preventDefault();
    add.mutate({ body: { ...place, ...(typeof capacity === 'number' ? { capacity } : {}) } });
  }
  return (
    <form className="k-card" onSubmit={submit} aria-labelledby="place-new">
      <h2 id="place-new">{t('media.places.add')}</h2>
      <div className="k-media-fields">
        {fields.map((field) => (
          <TextInput
            key={field}
            label={t(`media.places.${field}`)}
            value={place[field]}
            required={field === 'site'}
            maxLength={63}
            onChange={(event) => setPlace({ ...place, [field]: event.currentTarget.value })}
          />
        ))}
        <NumberInput label={t('media.places.capacity')} value={capacity} min={1} onChange={setCapacity} />
        <Button type="submit" loading={add.isPending}>
          {t('media.register')}
        </Button>
      </div>
      {add.isError && <ProblemNotice error={add.error} />}
    </form>
  );
}
