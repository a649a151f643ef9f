import { type ComparedVersions, compareVersions } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

interface VersionChangesProps {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** What differs between two versions: fields, then the text line by line; signs say it besides the colour. */
export function VersionChanges({ id, from, to }: VersionChangesProps) {
  const query = useRouteQuery(compareVersions, { params: { id }, query: { from, to } });
  return <QueryView query={query}>{(compared) => <Changes compared={compared} />}</QueryView>;
}

function Changes({ compared: { fields, parts } }: { readonly compared: ComparedVersions }) {
  const { t, i18n } = useTexts();
  function shown(field: ComparedVersions['fields'][number]['field'], value: string): string {
    if (value === '') return '–';
    const key = `knowledge.${field}.${value}`;
    return isWorded(field) && i18n.exists(key) ? i18n.t(key) : value;
  }
  if (fields.length + parts.length === 0) return <p>{t('knowledge.history.same')}</p>;
  return (
    <>
      <Facts
        facts={fields.map(({ field, before, after }) => ({
          term: t(`knowledge.field.${field}`),
          value: `${shown(field, before)} → ${shown(field, after)}`,
        }))}
      />
      {parts.map((part) => (
        <Part key={`${part.beforeLine} ${part.afterLine}`} part={part} />
      ))}
    </>
  );
}

/** Fields whose values are words of Kura, not of people. */
function isWorded(field: string): field is 'type' | 'status' | 'visibility' | 'severity' {
  return ['type', 'status', 'visibility', 'severity'].includes(field);
}

const signs = { same: ' ', removed: '−', added: '+' } as const;

function Part({ part }: { readonly part: ComparedVersions['parts'][number] }) {
  const { t } = useTexts();
  return (
    <pre className="k-version-part" tabIndex={0} aria-label={t('knowledge.history.lines', { line: part.afterLine })}>
      {part.lines.map(({ kind, text }, index) => (
        <span key={index} data-kind={kind}>
          {signs[kind]} {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
