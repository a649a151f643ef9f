import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';

import { severities, visibilities } from '#knowledge/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import type { EntryDraft } from './entry-draft.ts';

interface EntryCareFieldsProps {
  readonly draft: EntryDraft;
  readonly isDepartmentFaulty: boolean;
  readonly onChange: (change: Partial<EntryDraft>) => void;
}

/** Who sees the entry, who answers for it, and until when. */
export function EntryCareFields({ draft, isDepartmentFaulty, onChange }: EntryCareFieldsProps) {
  const { t } = useTexts();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <NativeSelect
        label={t('knowledge.care.visibility')}
        value={draft.visibility}
        onChange={({ currentTarget: { value } }) =>
          onChange({ visibility: visibilities.find((one) => one === value) ?? 'confidential' })
        }
        data={visibilities.map((value) => ({ value, label: t(`knowledge.visibility.${value}`) }))}
      />
      {draft.visibility === 'department' ? (
        <TextInput
          label={t('knowledge.care.department')}
          description={t('knowledge.care.department.hint')}
          value={draft.department}
          onChange={({ currentTarget: { value } }) => onChange({ department: value })}
          error={isDepartmentFaulty && t('knowledge.care.department.fault')}
          maxLength={100}
          withAsterisk
          aria-required
        />
      ) : (
        <NativeSelect
          label={t('knowledge.care.severity')}
          value={draft.severity}
          onChange={({ currentTarget: { value } }) =>
            onChange({ severity: severities.find((one) => one === value) ?? '' })
          }
          data={[
            { value: '', label: t('knowledge.severity.none') },
            ...severities.map((value) => ({ value, label: t(`knowledge.severity.${value}`) })),
          ]}
        />
      )}
      <TextInput
        label={t('knowledge.care.owner')}
        description={t('knowledge.care.owner.hint')}
        value={draft.owner}
        onChange={({ currentTarget: { value } }) => onChange({ owner: value })}
        maxLength={100}
      />
      <TextInput
        label={t('knowledge.care.reviewer')}
        description={t('knowledge.care.reviewer.hint')}
        value={draft.reviewer}
        onChange={({ currentTarget: { value } }) => onChange({ reviewer: value })}
        maxLength={100}
      />
      <TextInput
        type="date"
        label={t('knowledge.care.review-on')}
        value={draft.reviewOn}
        onChange={({ currentTarget: { value } }) => onChange({ reviewOn: value })}
      />
      <TextInput
        label={t('knowledge.care.note')}
        description={t('knowledge.care.note.hint')}
        value={draft.note}
        onChange={({ currentTarget: { value } }) => onChange({ note: value })}
        maxLength={500}
      />
    </SimpleGrid>
  );
}
