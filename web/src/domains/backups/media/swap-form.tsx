import { Button, Checkbox, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { confirmMediaSwap, type DueSwap, listMediaSwaps, readRotationCalendar } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { mediumStales } from './medium-stales.ts';
import { PlaceSelect } from './place-select.tsx';

interface SwapFormProps {
  readonly due: DueSwap;
  /** Label that was scanned already; it is either of the two. */
  readonly scanned?: string;
}

/** Confirms by what stands on both media, so that it is known which went where. */
export function SwapForm({ due, scanned }: SwapFormProps) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const isTakenOut = scanned !== undefined && due.takeOut.includes(scanned);
  const [takeOut, setTakeOut] = useState(isTakenOut ? scanned : '');
  const [putIn, setPutIn] = useState(isTakenOut ? '' : (scanned ?? ''));
  const [place, setPlace] = useState('');
  const [deviate, setDeviate] = useState(false);
  const [note, setNote] = useState('');
  const stales = [...mediumStales, readRotationCalendar, listMediaSwaps];
  const confirm = useRouteMutation(confirmMediaSwap, { stales });
  if (!may) return null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    const out = takeOut.trim() === '' ? {} : { takeOut, ...(place === '' ? {} : { place }) };
    confirm.mutate({ params: { key: due.set }, body: { putIn, deviate, note, ...out } });
  }
  return (
    <form onSubmit={submit}>
      <div className="k-media-fields">
        {due.takeOut.length > 0 && (
          <>
            <TextInput
              label={t('media.swap.take-out')}
              value={takeOut}
              required
              onChange={(event) => setTakeOut(event.currentTarget.value)}
            />
            <PlaceSelect value={place} onChange={setPlace} none={t('media.place.none')} />
          </>
        )}
        <TextInput
          label={t('media.swap.put-in')}
          value={putIn}
          required
          onChange={(event) => setPutIn(event.currentTarget.value)}
        />
        <TextInput
          label={t('media.field.note')}
          value={note}
          maxLength={1000}
          required={deviate}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Checkbox
          label={t('media.swap.deviate')}
          checked={deviate}
          onChange={(event) => setDeviate(event.currentTarget.checked)}
        />
      </div>
      {confirm.isError && <ProblemNotice error={confirm.error} />}
      <Button type="submit" loading={confirm.isPending}>
        {t('media.swap.confirm')}
      </Button>
    </form>
  );
}
