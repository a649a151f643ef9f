import { Button, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { listSweeps, planSweep, sweepPlanSchema } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useVocabulary } from '../search/use-vocabulary.ts';

const nothing = {
  name: '',
  bases: [] as string[],
  types: [] as string[],
  tags: [] as string[],
  creators: [] as string[],
};

/** Plans a sweep over every combination of what is given; it starts when somebody says so. */
export function NewSweep() {
  const { t } = useTexts();
  const may = useMay('models:download');
  const [plan, setPlan] = useState(nothing);
  const types = [...useVocabulary('types')];
  const bases = [...useVocabulary('bases')];
  const create = useRouteMutation(planSweep, { stales: [listSweeps], onSuccess: () => setPlan(nothing) });
  if (!may) return null;
  const lists = [plan.bases, plan.types, plan.tags, plan.creators];
  const cells = lists.reduce((product, list) => product * Math.max(1, list.length), 1);
  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({ body: sweepPlanSchema.parse({ ...plan, name: plan.name.trim() }) });
  }
  return (
    <details className="k-card k-new-sweep">
      <summary>{t('models.sweep.new')}</summary>
      <form onSubmit={submit}>
        <TextInput
          label={t('models.sweep.name')}
          value={plan.name}
          onChange={(event) => setPlan({ ...plan, name: event.currentTarget.value })}
          maxLength={80}
          required
        />
        <TagsInput
          label={t('models.search.base')}
          data={bases}
          value={plan.bases}
          onChange={(list) => setPlan({ ...plan, bases: list })}
        />
        <TagsInput
          label={t('models.search.type')}
          data={types}
          value={plan.types}
          onChange={(list) => setPlan({ ...plan, types: list })}
        />
        <TagsInput
          label={t('models.sweep.tags')}
          value={plan.tags}
          onChange={(list) => setPlan({ ...plan, tags: list })}
        />
        <TagsInput
          label={t('models.sweep.creators')}
          value={plan.creators}
          onChange={(list) => setPlan({ ...plan, creators: list })}
        />
        <Button type="submit" size="compact-sm" loading={create.isPending} disabled={plan.name.trim() === ''}>
          {t('models.sweep.plan', { cells })}
        </Button>
      </form>
      {create.isError && <ProblemNotice error={create.error} />}
    </details>
  );
}
