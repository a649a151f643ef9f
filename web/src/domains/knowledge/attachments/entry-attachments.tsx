import { Button, FileButton, Group } from '@mantine/core';

import { type Attachment, addAttachment, listAttachments, removeAttachment } from '#knowledge/contract';

import { base64Of } from '../../../lib/base64-of.ts';
import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { attachmentAddress } from './attachment-address.ts';

/** Files beside an entry; who writes here adds and removes them. */
export function EntryAttachments({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('knowledge:write');
  const { data } = useRouteQuery(listAttachments, { params: { id } });
  const items = data?.items ?? [];
  if (items.length === 0 && !may) return null;
  return (
    <section className="k-no-print" aria-label={t('knowledge.attachments')}>
      <h2>{t('knowledge.attachments')}</h2>
      <ul className="k-plain-list k-related">
        {items.map((attachment) => (
          <li key={attachment.name} className="k-card">
            <span>
              <a href={attachmentAddress(id, attachment.name)} download={attachment.name}>
                {attachment.name}
              </a>{' '}
              · {format.bytes(attachment.sizeBytes)} · {attachment.addedBy}
            </span>
            {may && <RemoveFile id={id} attachment={attachment} />}
          </li>
        ))}
      </ul>
      {may && <AddFile id={id} />}
    </section>
  );
}

function RemoveFile({ id, attachment: { name } }: { readonly id: string; readonly attachment: Attachment }) {
  const { t } = useTexts();
  const remove = useRouteMutation(removeAttachment, { stales: [listAttachments] });
  return (
    <Group>
      <ConfirmAction
        label={t('knowledge.attachments.remove')}
        name={t('knowledge.attachments.remove-file', { name })}
        question={t('knowledge.attachments.really', { name })}
        consequence={t('knowledge.attachments.consequence')}
        mutation={remove}
        onConfirm={(done) => remove.mutate({ params: { id, name } }, { onSuccess: done })}
      />
    </Group>
  );
}

function AddFile({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const add = useRouteMutation(addAttachment, { stales: [listAttachments] });
  async function send(file: File | null): Promise<void> {
    if (file === null) return;
    add.mutate({ params: { id }, body: { name: file.name, content: await base64Of(file) } });
  }
  return (
    <>
      <Group>
        <FileButton onChange={(file) => void send(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={add.isPending}>
              {t('knowledge.attachments.add')}
            </Button>
          )}
        </FileButton>
        <small>{t('knowledge.attachments.hint')}</small>
      </Group>
      {add.isError && <ProblemNotice error={add.error} />}
    </>
  );
}
