import './content-note.css';

import { type ModelFactsView, readLibraryFile } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { type Format, useFormat } from '../../../lib/use-format.ts';
import { type SayText, useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';

/** What a file of the library is by its content, in a line that opens; doubts about what the site says stand below it. */
export function ContentNote({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { data } = useRouteQuery(readLibraryFile, { params: { id } });
  if (data === undefined) return null;
  if (data.facts === null) return <small>{t('models.facts.none')}</small>;
  const { facts } = data;
  return (
    <>
      <details className="k-content">
        <summary>{inShort(facts, t)}</summary>
        <Facts facts={rowsOf(facts, t, format)} />
      </details>
      {facts.contradictions.map(({ code, message }) => (
        <p key={code + message} className="k-content-doubt">
          <Icon name="question" size={16} />
          {message}
        </p>
      ))}
    </>
  );
}

function inShort(facts: ModelFactsView, t: SayText): string {
  const parts = [
    facts.kind?.id,
    baseOf(facts, t),
    facts.precision,
    facts.rank === null ? null : `${t('models.facts.rank')} ${facts.rank.usual}`,
  ];
  const known = parts.filter((part) => part !== null && part !== undefined);
  return known.length === 0 ? t('models.facts.none') : known.join(' · ');
}

function rowsOf(facts: ModelFactsView, t: SayText, format: Format) {
  const { tensors, parameters, alpha, trainedWords, resolutions, statedBases, trainedOn, mergeRecipe } = facts;
  const rows: readonly (readonly [term: string, value: string | null])[] = [
    [t('models.facts.kind'), judged(facts.kind, [facts.kind?.id, ...facts.special].join(', '), { t, format })],
    [t('models.facts.base'), judged(facts.base, baseOf(facts, t) ?? '', { t, format })],
    [t('models.facts.precision'), facts.precision ?? t('models.facts.unknown')],
    [
      t('models.facts.tensors'),
      t('models.facts.tensors.value', { tensors: format.number(tensors), parameters: format.number(parameters) }),
    ],
    [t('models.facts.rank'), rankText(facts, t)],
    [t('models.facts.alpha'), alpha === null ? null : String(alpha)],
    [t('models.facts.words'), trainedWords.join(', ')],
    [t('models.facts.resolutions'), resolutions.join(', ')],
    [t('models.facts.stated'), statedBases.join(', ')],
    [t('models.facts.trained-on'), trainedOn],
    [t('models.facts.merge'), mergeRecipe],
  ];
  return rows.flatMap(([term, value]) => (value === null || value === '' ? [] : [{ term, value }]));
}

interface Words {
  readonly t: SayText;
  readonly format: Format;
}

function judged(judgement: ModelFactsView['kind'], what: string, { t, format }: Words): string {
  if (judgement === null) return t('models.facts.unknown');
  const reasons = judgement.reasons.map(({ message }) => message);
  return [what, t('models.facts.sure', { percent: format.percent(judgement.confidence) }), ...reasons].join(' · ');
}

function baseOf({ baseName, variant }: ModelFactsView, t: SayText): string | null {
  if (baseName === null) return null;
  return t('models.facts.family', { base: variant === null ? baseName : `${baseName} ${variant}` });
}

function rankText({ rank }: ModelFactsView, t: SayText): string | null {
  if (rank === null) return null;
  return rank.least === rank.most ? String(rank.usual) : t('models.facts.rank.range', rank);
}
