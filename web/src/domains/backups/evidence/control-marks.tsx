import '../../../ui/stacking-table.css';

import { Button, Table, Textarea } from '@mantine/core';
import { useState } from 'react';

import { type ControlId, type ControlMark, controlMarks, listControlMarks, markControl } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { NamedChoice } from '../../../ui/named-choice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<ControlMark['mark'], Tone>> = { accepted: 'ok', finding: 'bad', 'not-applicable': 'calm' };

export function ControlMarks() {
  const { t } = useTexts();
  const query = useRouteQuery(listControlMarks);
  return (
    <section className="k-card k-documents-card" aria-labelledby="control-marks">
      <h2 id="control-marks">{t('evidence.controls')}</h2>
      <QueryView query={query}>
        {({ items }) => (
          <Table className="k-stacking">
            <thead>
              <tr>
                <th scope="col">{t('evidence.control')}</th>
                <th scope="col">{t('evidence.mark')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ control, mark }) => (
                <ControlRow key={control} control={control} mark={mark} />
              ))}
            </tbody>
          </Table>
        )}
      </QueryView>
    </section>
  );
}

interface ControlRowProps {
  readonly control: ControlId;
  readonly mark: ControlMark | null;
}

function ControlRow({ control, mark }: ControlRowProps) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('audit:review');
  const [isMarking, setMarking] = useState(false);
  return (
    <tr>
      <td data-label={t('evidence.control')}>{control}</td>
      <td data-label={t('evidence.mark')}>
        {mark === null ? (
          t('evidence.mark.none')
        ) : (
          <>
            <StateBadge tone={tones[mark.mark]} label={t(`evidence.mark.${mark.mark}`)} /> {mark.note} ({mark.by},{' '}
            {format.date(mark.at)})
          </>
        )}{' '}
        {may && !isMarking && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setMarking(true)}
            aria-label={`${t('evidence.mark-it')}: ${control}`}
          >
            {t('evidence.mark-it')}
          </Button>
        )}
        {isMarking && <MarkForm control={control} onDone={() => setMarking(false)} />}
      </td>
    </tr>
  );
}

function MarkForm({ control, onDone }: { readonly control: ControlId; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [mark, setMark] = useState<ControlMark['mark']>('accepted');
  const [note, setNote] = useState('');
  const send = useRouteMutation(markControl, { stales: [listControlMarks], onSuccess: onDone });
  return (
    <form
      className="k-documents"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ params: { control }, body: { mark, note } });
      }}
    >
      <NamedChoice
        label={t('evidence.mark')}
        value={mark}
        values={controlMarks}
        nameOf={(one) => t(`evidence.mark.${one}`)}
        onChange={setMark}
      />
      <Textarea
        label={t('evidence.note')}
        required
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormButtons label={t('evidence.save')} busy={send.isPending} onCancel={onDone} size="compact-sm" />
      {send.isError && <ProblemNotice error={send.error} />}
    </form>
  );
}
