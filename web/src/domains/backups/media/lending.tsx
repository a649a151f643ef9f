import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';

import { lendMedium, listLoans, type MediumCondition, mediumConditions, returnMedium } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { MediumConfirm, NoteField } from './medium-confirm.tsx';
import { mediumStales } from './medium-stales.ts';

const texts = ['borrower', 'organisation', 'contact', 'purpose'] as const;
const nothing = { borrower: '', organisation: '', contact: '', purpose: '', dueOn: '' };

export function LendAction({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const [loan, setLoan] = useState(nothing);
  const lend = useRouteMutation(lendMedium, { stales: [...mediumStales, listLoans] });
  return (
    <MediumConfirm action="lend" label={label} body={loan} mutation={lend} tone="warn">
      <div className="k-media-fields">
        {texts.map((field) => (
          <TextInput
            key={field}
            label={t(`media.loan.${field}`)}
            value={loan[field]}
            maxLength={field === 'borrower' ? 100 : 200}
            required={field === 'borrower'}
            onChange={(event) => setLoan({ ...loan, [field]: event.currentTarget.value })}
          />
        ))}
        <TextInput
          type="date"
          label={t('media.loan.due-on')}
          value={loan.dueOn}
          required
          onChange={(event) => setLoan({ ...loan, dueOn: event.currentTarget.value })}
        />
      </div>
    </MediumConfirm>
  );
}

export function ReturnAction({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const [condition, setCondition] = useState<MediumCondition>('good');
  const [note, setNote] = useState('');
  const back = useRouteMutation(returnMedium, { stales: [...mediumStales, listLoans] });
  return (
    <MediumConfirm action="return" label={label} body={{ condition, note }} mutation={back} tone="warn">
      <div className="k-media-fields">
        <NativeSelect
          label={t('media.condition')}
          value={condition}
          onChange={(event) =>
            setCondition(mediumConditions.find((one) => one === event.currentTarget.value) ?? 'unknown')
          }
          data={mediumConditions.map((one) => ({ value: one, label: t(`media.condition.${one}`) }))}
        />
        <NoteField value={note} onChange={setNote} />
      </div>
    </MediumConfirm>
  );
}
