import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../../../lib/use-texts.ts';
import { MarkdownText } from '../../../ui/markdown-text.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { anchorOf } from './rule-anchor.ts';

const route = getRouteApi('/inside/models/scan/rules');

/** The page of the documentation about rules, with the asked one on screen. */
export function RulesPage() {
  const { t, i18n } = useTexts();
  const { rule } = route.useSearch();
  const lang = i18n.language === 'ja' ? 'ja' : 'en';
  const query = useQuery({ queryKey: ['scan-rules', lang], queryFn: async () => readRules(lang), staleTime: Infinity });
  return (
    <>
      <Anchor component={Link} to="/models/scan" size="sm">
        {t('models.rules.back')}
      </Anchor>
      <PageHeader title={t('models.rules.title')} />
      <QueryView query={query}>{(text) => <Rules text={text} lang={lang} rule={rule} />}</QueryView>
    </>
  );
}

interface RulesProps {
  readonly text: string;
  readonly lang: string;
  readonly rule: string | undefined;
}

function Rules({ text, lang, rule }: RulesProps) {
  useEffect(() => {
    if (rule === undefined) return;
    const heading = document.getElementById(anchorOf(rule));
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus();
  }, [rule]);
  return <MarkdownText text={text.replace(/^# .*\n/, '').replaceAll(/<!--.*?-->/g, '')} lang={lang} withAnchors />;
}

async function readRules(lang: 'en' | 'ja'): Promise<string> {
  const { default: text } =
    lang === 'ja'
      ? await import('../../../../../docs/ja/scan-rules.md?raw')
      : await import('../../../../../docs/en/scan-rules.md?raw');
  return text;
}
