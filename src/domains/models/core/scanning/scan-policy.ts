/**
 * What a verdict leads to: a file passes, somebody is asked, or it is blocked. Exceptions name a rule or a format. A
 * finding follows its rule's exception, else what its severity leads to; the strictest finding decides for the file.
 */
import { type PolicyAction, policyActions, type ScanVerdict } from '../../contract/index.ts';

export interface ScanPolicy {
  readonly verdicts: Readonly<Record<ScanVerdict, PolicyAction>>;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, PolicyAction>;
  /** By format: never less than this; what is not dangerous leads to this instead of what its verdict says. */
  readonly formats: ReadonlyMap<string, PolicyAction>;
}

export const defaultScanPolicy: ScanPolicy = {
  verdicts: { dangerous: 'block', invalid: 'block', suspicious: 'ask', unscanned: 'ask', clean: 'pass' },
  rules: new Map(),
  formats: new Map(),
};

/** A scan, as far as policy looks at it. */
export interface Judged {
  readonly verdict: ScanVerdict;
  /** Null where nobody knows it. */
  readonly format: string | null;
  readonly findings: ReadonlyArray<{ readonly rule: string; readonly severity: ScanVerdict }>;
}

export interface Ruling {
  readonly action: PolicyAction;
  /** Rules of the findings that do not pass, each once. */
  readonly rules: readonly string[];
}

export function ruleOn(policy: ScanPolicy, { verdict, format, findings }: Judged): Ruling {
  const ofFormat = format === null ? undefined : policy.formats.get(format);
  const told = findings.map(({ rule, severity }) => ({
    rule,
    action: policy.rules.get(rule) ?? plainAction(policy, severity, ofFormat),
  }));
  // A verdict without a finding that stands for it: clean, or nothing could be read.
  const isExplained = findings.some(({ severity }) => severity === verdict);
  const plain = isExplained ? [] : [plainAction(policy, verdict, ofFormat)];
  return {
    action: strictest([...told.map(({ action }) => action), ...plain, ofFormat ?? 'pass']),
    rules: [...new Set(told.filter(({ action }) => action !== 'pass').map(({ rule }) => rule))],
  };
}

/** No format is so trusted that running code in it would pass. */
function plainAction(policy: ScanPolicy, verdict: ScanVerdict, ofFormat: PolicyAction | undefined): PolicyAction {
  return verdict === 'dangerous' ? policy.verdicts.dangerous : (ofFormat ?? policy.verdicts[verdict]);
}

function strictest(actions: readonly PolicyAction[]): PolicyAction {
  return policyActions.findLast((action) => actions.includes(action)) ?? 'pass';
}

/** A person's word for a file. */
export interface RiskTaken {
  readonly acceptRisk: boolean;
  /** Given by somebody who may override the policy. */
  readonly riskReason: string | null;
}

/** Whether the file may stand in the library. */
export function isAdmitted({ action }: Ruling, { acceptRisk, riskReason }: RiskTaken): boolean {
  if (action === 'pass') return true;
  return acceptRisk && (action === 'ask' || riskReason !== null);
}

/** Settings `scanPolicy.*` as they are written. */
export interface PolicySettings extends Readonly<Record<ScanVerdict, PolicyAction>> {
  /** `rule-id=action`, joined by commas. */
  readonly rules: string;
  /** `format=action`, joined by commas. */
  readonly formats: string;
}

export function readScanPolicy({ rules, formats, ...verdicts }: PolicySettings): ScanPolicy {
  return { verdicts, rules: exceptionsIn(rules), formats: exceptionsIn(formats) };
}

function exceptionsIn(text: string): ReadonlyMap<string, PolicyAction> {
  return new Map(
    text.split(',').flatMap((entry): Array<[string, PolicyAction]> => {
      const [name = '', word] = entry.split('=').map((part) => part.trim());
      const action = policyActions.find((one) => one === word);
      return action === undefined ? [] : [[name, action]];
    }),
  );
}
