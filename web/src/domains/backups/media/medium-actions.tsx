import { Textarea } from '@mantine/core';
import { useState } from 'react';

import { actOnMedium, type MediumDetail, type PlainAction, plainActions } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EndOfLife } from './end-of-life.tsx';
import { LendAction, ReturnAction } from './lending.tsx';
import { MediumConfirm } from './medium-confirm.tsx';
import { mediumStales } from './medium-stales.ts';
import { PlaceSelect } from './place-select.tsx';

interface MediumActionsProps {
  readonly medium: MediumDetail;
  /** What was scanned from the medium itself. */
  readonly scanned?: string;
}

/** What can be done with the medium now; each asks once more. */
export function MediumActions({ medium, scanned }: MediumActionsProps) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  if (!may) return <p>{t('media.read-only')}</p>;
  const possible = plainActions.filter((action) => medium.actions.includes(action));
  return (
    <div className="k-media-actions">
      {possible.map((action) => (
        <PlainActionButton key={action} medium={medium} action={action} scanned={scanned} />
      ))}
      {medium.actions.includes('lend') && <LendAction label={medium.label} />}
      {medium.actions.includes('return') && <ReturnAction label={medium.label} />}
      <EndOfLife medium={medium} />
    </div>
  );
}

interface PlainActionProps {
  readonly medium: MediumDetail;
  readonly action: PlainAction;
  readonly scanned?: string | undefined;
}

/** Where it may be said, or has to be. */
const placed: ReadonlySet<PlainAction> = new Set(['store', 'receive', 'load', 'suspect']);

function PlainActionButton({ medium, action, scanned }: PlainActionProps) {
  const { t } = useTexts();
  const [place, setPlace] = useState('');
  const [note, setNote] = useState('');
  const act = useRouteMutation(actOnMedium, { stales: mediumStales });
  const { label } = medium;
  const body = {
    action,
    note,
    ...(place === '' ? {} : { place }),
    ...(scanned === undefined ? {} : { scanned }),
  };
  return (
    <MediumConfirm action={action} label={label} body={body} mutation={act} tone={action === 'lose' ? 'bad' : 'warn'}>
      {placed.has(action) && (
        <PlaceSelect
          value={place}
          onChange={setPlace}
          {...(action === 'store' ? {} : { none: t('media.place.none') })}
        />
      )}
      <Textarea
        label={t('media.field.note')}
        value={note}
        maxLength={1000}
        autosize
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </MediumConfirm>
  );
}
