/** Evidence by control, and ISO 19650 metadata of what is protected. */
import { controls } from '../../contract/index.ts';
import { findContainers, findMarks } from '../../store/documents/control-store.ts';
import { controlEvidence } from './control-evidence.ts';
import type { SectionWriter } from './report-reading.ts';

export const controlSections = {
  scope: ({ figures: { verdicts } }, words) => {
    const copies = verdicts.now.flatMap(({ facts }) => facts.copies.map(({ copy }) => copy));
    return [
      {
        kind: 'facts',
        facts: [
          words.fact('scope.jobs', verdicts.now.length),
          words.fact('scope.copies', copies.length),
          words.fact('scope.sites', new Set(copies.map(({ site }) => site.toLowerCase())).size),
        ],
      },
      words.source('scope'),
    ];
  },
  controls: async (reading, words) => {
    const evidence = await controlEvidence(reading);
    const marks = new Map((await findMarks(reading.kept)).map((mark) => [mark.control, mark]));
    return [
      words.list({
        name: 'controls',
        columns: ['control', '2control-name', '4evidence', '2source', '3mark'],
        rows: controls.flatMap((control) => {
          const mark = marks.get(control);
          const judged =
            mark === undefined
              ? words.say('mark.none')
              : `${words.say(`mark.${mark.mark}`)}: ${mark.note} (${mark.by}, ${words.translator.day(mark.at)})`;
          return evidence
            .filter((one) => one.control === control)
            .map(({ key, figures, source }) => [
              control,
              words.say(`control.${control}`),
              figures === null ? words.say('no-data') : words.say(`evidence.${key}`, words.numbers(figures)),
              source,
              judged,
            ]);
        }),
      }),
      words.source('controls'),
    ];
  },
  containers: async ({ kept, job, figures: { verdicts } }, words) => {
    const judged = new Map(verdicts.now.map(({ facts, verdict }) => [facts.job.key, { facts, verdict }]));
    const shown = (await findContainers(kept)).filter((one) => job === undefined || one.job === job);
    return [
      words.list({
        name: 'containers',
        columns: [
          '3code',
          'state',
          'suitability',
          'revision',
          '>stage',
          'classification',
          '2job',
          'status',
          '>kept-days',
        ],
        rows: shown.map((one) => {
          const known = judged.get(one.job);
          return [
            one.code,
            one.status,
            one.suitability ?? null,
            one.revision,
            words.figure(one.stage),
            one.classification ?? null,
            known?.facts.job.title ?? one.job,
            known === undefined ? null : words.say(`status.${known.verdict.status}`),
            words.optional(known?.facts.job.retentionDays ?? known?.facts.policy?.rules.retentionDays ?? null),
          ];
        }),
      }),
      words.source('containers'),
    ];
  },
  approval: (_reading, words) => [
    {
      kind: 'facts',
      facts: (['prepared', 'reviewed', 'approved'] as const).map((who) => [
        words.say(`approval.${who}`),
        words.say('approval.line'),
      ]),
    },
  ],
} satisfies Readonly<Record<string, SectionWriter>>;
