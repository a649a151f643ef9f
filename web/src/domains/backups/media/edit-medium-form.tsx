import { Button, NativeSelect } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { changeMedium, type MediumDetail, mediumConditions } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { bodyOf, type MediumFacts, MediumFields, terabyte } from './medium-fields.tsx';
import { mediumStales } from './medium-stales.ts';

/** What is written down about a medium; where it is changes by actions only. */
export function EditMediumForm({ medium }: { readonly medium: MediumDetail }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const { label, name, maker, model, serial, owner, notes, capacityBytes } = medium;
  const [condition, setCondition] = useState(medium.condition);
  const [facts, setFacts] = useState<MediumFacts>({
    name,
    maker,
    model,
    serial,
    owner,
    notes,
    capacityTb: capacityBytes === null ? '' : capacityBytes / terabyte,
    generation: medium.generation ?? '',
    purchasedOn: medium.purchasedOn ?? '',
    warrantyUntil: medium.warrantyUntil ?? '',
  });
  const change = useRouteMutation(changeMedium, { stales: mediumStales });
  if (!may) return null;
  function submit(event: FormEvent): void {
    event.preventDefault();
    change.mutate({ params: { label }, body: { ...bodyOf(facts), condition } });
  }
  return (
    <form className="k-card" onSubmit={submit} aria-labelledby="medium-edit">
      <h2 id="medium-edit">{t('media.edit')}</h2>
      <div className="k-media-fields">
        <MediumFields facts={facts} onChange={setFacts} />
        <NativeSelect
          label={t('media.condition')}
          value={condition}
          onChange={(event) =>
            setCondition(mediumConditions.find((one) => one === event.currentTarget.value) ?? 'unknown')
          }
          data={mediumConditions.map((one) => ({ value: one, label: t(`media.condition.${one}`) }))}
        />
      </div>
      {change.isError && <ProblemNotice error={change.error} />}
      <Button type="submit" loading={change.isPending}>
        {t('media.save')}
      </Button>{' '}
      {change.isSuccess && <span role="status">{t('media.saved')}</span>}
    </form>
  );
}
