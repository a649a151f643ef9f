import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { forgetToolSnapshots, readCopyTool, type ToolName } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { type Keep, KeepFields } from './keep-fields.tsx';

interface ForgetFormProps {
  readonly job: string;
  readonly copy: string;
  readonly tool: ToolName;
}

/** Says first what would go. */
export function ForgetForm({ job, copy, tool }: ForgetFormProps) {
  const { t } = useTexts();
  const [keep, setKeep] = useState<Keep>({ last: 7 });
  const plan = useRouteMutation(forgetToolSnapshots);
  const forget = useRouteMutation(forgetToolSnapshots, {
    stales: [readCopyTool],
    onSuccess({ forgotten }) {
      notifications.show({ message: t('tools.forget.done', { forgotten: forgotten.length }) });
      plan.reset();
    },
  });
  const params = { key: job, copy };
  function change(wanted: Keep): void {
    setKeep(wanted);
    plan.reset();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    plan.mutate({ params, body: { keep, dryRun: true } });
  }
  const counts = plan.data && { forgotten: plan.data.forgotten.length, kept: plan.data.kept.length };
  return (
    <form className="k-register-form" onSubmit={submit} aria-label={`${t('tools.forget')}: ${copy}`}>
      <h4>{t('tools.forget')}</h4>
      <KeepFields keep={keep} lastOnly={tool === 'rclone'} onChange={change} />
      {plan.isError && <ProblemNotice error={plan.error} />}
      <Group gap="xs" align="start">
        <Button type="submit" size="compact-sm" variant="default" loading={plan.isPending}>
          {t('tools.forget.try')}
        </Button>
        {counts !== undefined && counts.forgotten > 0 && (
          <ConfirmAction
            label={t('tools.forget.apply')}
            question={t('tools.forget.question', counts)}
            consequence={t('tools.forget.consequence')}
            mutation={forget}
            onConfirm={(done) => forget.mutate({ params, body: { keep, dryRun: false } }, { onSuccess: done })}
          />
        )}
      </Group>
      {counts !== undefined && <p role="status">{t('tools.forget.planned', counts)}</p>}
    </form>
  );
}
