import { Button, NumberInput, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';

import { initToolRepository, type JobView, type ToolName } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { type Keep, KeepFields } from './keep-fields.tsx';

export interface ToolChoice {
  /** One pattern per line. */
  readonly exclude: string;
  readonly keep: Keep;
  readonly uploadKib: number | undefined;
  readonly verifyParts: number;
  readonly replicaOf: string | null;
}

export const emptyToolChoice: ToolChoice = {
  exclude: '',
  keep: {},
  uploadKib: undefined,
  verifyParts: 1,
  replicaOf: null,
};

/** As the server takes them. */
export function engineSettingsOf({ exclude, keep, uploadKib, verifyParts, replicaOf }: ToolChoice) {
  const patterns = exclude.split('\n').filter((line) => line.trim() !== '');
  return {
    exclude: patterns,
    verifyParts,
    ...(Object.keys(keep).length === 0 ? {} : { keep }),
    ...(uploadKib === undefined ? {} : { uploadKib }),
    ...(replicaOf === null ? {} : { replicaOf }),
  };
}

interface ToolFieldsProps {
  readonly tool: ToolName;
  readonly job: JobView;
  readonly place: { readonly repository: string; readonly passphraseFile: string | null };
  readonly choice: ToolChoice;
  readonly onChange: (choice: ToolChoice) => void;
}

/** What can be said of a copy that restic, borg or rclone makes. */
export function ToolFields({ tool, job, place, choice, onChange }: ToolFieldsProps) {
  const { t } = useTexts();
  const others = job.copies.filter(({ engine }) => engine === tool).map(({ name }) => name);
  function set(change: Partial<ToolChoice>): void {
    onChange({ ...choice, ...change });
  }
  return (
    <div className="k-register-form">
      <NewRepository tool={tool} place={place} />
      <div className="k-register-fields">
        <Textarea
          label={t('tools.exclude')}
          description={t('tools.exclude.note')}
          value={choice.exclude}
          spellCheck={false}
          autosize
          minRows={2}
          onChange={(event) => set({ exclude: event.currentTarget.value })}
        />
        <NumberInput
          label={t('tools.upload-kib')}
          value={choice.uploadKib ?? ''}
          min={1}
          allowDecimal={false}
          onChange={(kib) => set({ uploadKib: kib === '' ? undefined : Number(kib) })}
        />
        {tool !== 'borg' && (
          <NumberInput
            label={t('tools.verify-parts')}
            description={t('tools.verify-parts.note')}
            value={choice.verifyParts}
            min={1}
            max={100}
            allowDecimal={false}
            onChange={(parts) => set({ verifyParts: Number(parts) })}
          />
        )}
        {tool !== 'borg' && others.length > 0 && (
          <Select
            label={t('tools.replica-of')}
            description={t('tools.replica-of.note')}
            data={others}
            value={choice.replicaOf}
            clearable
            onChange={(replicaOf) => set({ replicaOf })}
          />
        )}
      </div>
      <KeepFields
        keep={choice.keep}
        note={t('tools.keep.note')}
        lastOnly={tool === 'rclone'}
        onChange={(keep) => set({ keep })}
      />
    </div>
  );
}

function NewRepository({ tool, place }: Pick<ToolFieldsProps, 'tool' | 'place'>) {
  const { t } = useTexts();
  const init = useRouteMutation(initToolRepository, {
    onSuccess: () => notifications.show({ message: t('tools.init.done') }),
  });
  const { repository, passphraseFile } = place;
  const body = { repository, environment: [], ...(passphraseFile === null ? {} : { passphraseFile }) };
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        disabled={repository === ''}
        loading={init.isPending}
        onClick={() => init.mutate({ params: { tool }, body })}
      >
        {t('tools.init')}
      </Button>
      {init.isError && <ProblemNotice error={init.error} />}
    </div>
  );
}
