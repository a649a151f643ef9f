/** Text under a name that says nothing: some loader may know it as YAML, a template, or a graph written out. */
import type { Scope } from '../scope.ts';
import { isKnown } from '../tensorflow/graph-judge.ts';
import { reachOf } from '../tensorflow/reaching-operators.ts';
import { hasInternalNames, judgeTemplate } from './chat-template.ts';
import { judgeConfigText } from './config-rules.ts';
import { judgePossibleYaml, judgeWholeYaml } from './scan-yaml.ts';

export function judgeForeignText(scope: Scope, text: string): void {
  judgePossibleYaml(scope, text);
  if (hasInternalNames(text)) judgeTemplate(scope, text, scope.names[0] ?? '');
  if (scope.names.some((name) => /\.pb(?:txt|\.txt)$|\.prototxt$/i.test(name))) judgeGraphText(scope, text);
}

/** Words without which neither reading of a note as configuration nor as a template finds anything. */
const telling =
  /(?:^|[\s:[{,-])!|%TAG|target|class_path|loader_module|parent_library|auto_map|trust_remote_code|__|py\/|class_name|class_type|weight_map|attr/;

/** A note for people that is configuration or a template from its first character to its last: its name may be wrong. */
export function judgeNote(scope: Scope, text: string): void {
  if (!telling.test(text)) return;
  const [start = ''] = /^\s*(?:\{[{%#]|[{[])/.exec(text) ?? [];
  if (/\{.$/.test(start)) judgeTemplate(scope, text, scope.names[0] ?? '', { onlyInternals: true });
  else if (start !== '') judgeConfigText(scope, text, '');
  else judgeWholeYaml(scope, text);
}

/** TensorFlow reads `saved_model.pbtxt` as well; here only its operators are looked at. */
function judgeGraphText(scope: Scope, text: string): void {
  scope.report('not-yet-analysed-format', { evidence: 'protobuf as text' });
  for (const match of text.matchAll(/\bop\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)')/g)) {
    const operator = match[1] ?? match[2] ?? '';
    const rule = reachOf(operator) ?? (isKnown(operator) ? undefined : 'tensorflow-custom-operator');
    if (rule !== undefined) scope.report(rule, { offset: match.index, evidence: operator });
  }
}
