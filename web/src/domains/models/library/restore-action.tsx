import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';

import {
  listLibrary,
  listQuarantine,
  type QuarantineItemView,
  readScanStatus,
  restoreQuarantined,
  SHORTEST_REASON,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Takes two steps; the second says in words what is at stake. What policy blocks takes a permission and a reason. */
export function RestoreAction({ item }: { readonly item: QuarantineItemView }) {
  const { t } = useTexts();
  const may = useMay('models:write');
  const mayOverride = useMay('models:override');
  const [asked, setAsked] = useState(false);
  if (!may) return null;
  if (item.action === 'block' && !mayOverride)
    return <p className="k-quarantine-place">{t('models.restore.forbidden')}</p>;
  if (asked) return <RestoreForm item={item} onCancel={() => setAsked(false)} />;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => setAsked(true)}
      aria-label={`${t('models.restore')}: ${item.originalPath}`}
    >
      {t('models.restore')}
    </Button>
  );
}

interface RestoreFormProps {
  readonly item: QuarantineItemView;
  readonly onCancel: () => void;
}

function RestoreForm({ item, onCancel }: RestoreFormProps) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const restore = useRouteMutation(restoreQuarantined, { stales: [listQuarantine, listLibrary, readScanStatus] });
  const reason = text.trim();
  const isEnough = reason.length >= SHORTEST_REASON || (item.action !== 'block' && reason === '');
  return (
    <Notice tone="bad" title={t('models.restore.really')} role="alert">
      <p>{t('models.restore.consequence')}</p>
      <TextInput
        label={t('models.restore.reason')}
        description={t('models.restore.reason.hint')}
        required={item.action === 'block'}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {restore.isError && <ProblemNotice error={restore.error} />}
      <Group mt="xs">
        <Button
          color="red.9"
          size="xs"
          disabled={!isEnough}
          loading={restore.isPending}
          onClick={() =>
            restore.mutate({
              params: { id: item.id },
              body: { acceptRisk: true, ...(reason === '' ? {} : { reason }) },
            })
          }
        >
          {t('models.restore.accept')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('models.restore.cancel')}
        </Button>
      </Group>
    </Notice>
  );
}
