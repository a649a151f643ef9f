import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';

import {
  destroyMedium,
  destroyMethods,
  listCertificates,
  type MediumDetail,
  retireMedium,
  retireReasons,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { MediumConfirm, NoteField } from './medium-confirm.tsx';
import { mediumStales } from './medium-stales.ts';

/** Retiring and destroying; both leave a signed certificate. */
export function EndOfLife({ medium: { label, actions } }: { readonly medium: MediumDetail }) {
  const may = useMay('system:configure');
  if (!may) return null;
  return (
    <>
      {actions.includes('retire') && <Retire label={label} />}
      {actions.includes('destroy') && <Destroy label={label} />}
    </>
  );
}

function Retire({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const [reason, setReason] = useState<(typeof retireReasons)[number]>('old');
  const [note, setNote] = useState('');
  const retire = useRouteMutation(retireMedium, { stales: [...mediumStales, listCertificates] });
  return (
    <MediumConfirm action="retire" label={label} body={{ reason, note }} mutation={retire}>
      <div className="k-media-fields">
        <NativeSelect
          label={t('media.reason')}
          value={reason}
          onChange={(event) => setReason(retireReasons.find((one) => one === event.currentTarget.value) ?? 'other')}
          data={retireReasons.map((one) => ({ value: one, label: t(`media.reason.${one}`) }))}
        />
        <NoteField value={note} onChange={setNote} />
      </div>
    </MediumConfirm>
  );
}

function Destroy({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const [method, setMethod] = useState<(typeof destroyMethods)[number]>('shredded');
  const [witness, setWitness] = useState('');
  const [note, setNote] = useState('');
  const destroy = useRouteMutation(destroyMedium, { stales: [...mediumStales, listCertificates] });
  return (
    <MediumConfirm action="destroy" label={label} body={{ method, witness, note }} mutation={destroy}>
      <div className="k-media-fields">
        <NativeSelect
          label={t('media.method')}
          value={method}
          onChange={(event) => setMethod(destroyMethods.find((one) => one === event.currentTarget.value) ?? 'service')}
          data={destroyMethods.map((one) => ({ value: one, label: t(`media.method.${one}`) }))}
        />
        <TextInput
          label={t('media.witness')}
          value={witness}
          maxLength={200}
          required
          onChange={(event) => setWitness(event.currentTarget.value)}
        />
        <NoteField value={note} onChange={setNote} />
      </div>
    </MediumConfirm>
  );
}
