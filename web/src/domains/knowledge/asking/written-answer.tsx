import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { readAnswerWriter, type WrittenAnswer as Written, writeAnswer } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Where a model is configured, it may put the passages into a few sentences; nothing is sent before somebody asks for it. */
export function WrittenAnswer({ question }: { readonly question: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { data } = useRouteQuery(readAnswerWriter);
  const write = useRouteMutation(writeAnswer, { stales: [readAnswerWriter] });
  const writer = data?.writer ?? null;
  if (writer === null) return null;
  const { model, host, left } = writer;
  return (
    <>
      {write.data === undefined && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            loading={write.isPending}
            onClick={() => write.mutate({ body: { q: question } })}
          >
            {t('knowledge.ask.write', { model })}
          </Button>{' '}
          <small>{t('knowledge.ask.write.hint', { host, left: format.number(left) })}</small>
        </>
      )}
      {write.isError && <ProblemNotice error={write.error} />}
      {write.data !== undefined && <Sentences written={write.data} />}
    </>
  );
}

function Sentences({ written: { model, sentences, passages, dropped, withheld } }: { readonly written: Written }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Notice tone="info" title={t('knowledge.ask.written', { model })}>
      {sentences.length === 0 ? (
        <p>{t('knowledge.ask.written.none')}</p>
      ) : (
        <ul className="k-plain-list">
          {sentences.map(({ text, passages: places }) => (
            <li key={`${text} ${places.join(' ')}`}>
              {text}{' '}
              <small>
                {t('knowledge.ask.written.sources')}:{' '}
                {places.flatMap((place) => {
                  const passage = passages[place];
                  return passage === undefined
                    ? []
                    : [
                        <Link key={place} to="/knowledge/entries/$id" params={{ id: passage.entry.id }}>
                          {passage.heading ?? passage.entry.title}
                        </Link>,
                        ' ',
                      ];
                })}
              </small>
            </li>
          ))}
        </ul>
      )}
      {dropped > 0 && <p>{t('knowledge.ask.written.dropped', { count: format.number(dropped) })}</p>}
      {withheld > 0 && <p>{t('knowledge.ask.written.withheld', { count: format.number(withheld) })}</p>}
      <p>{t('knowledge.ask.written.check')}</p>
    </Notice>
  );
}
