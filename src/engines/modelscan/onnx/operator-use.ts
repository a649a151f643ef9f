/** Which operators a model calls, and whether anything but a runtime's own operators is behind them. */

import type { ProtobufReader } from '../protobuf/protobuf-reader.ts';
import type { Scope } from '../scope.ts';
import { builtInDomains, declaredOnlyDomains, foreignOperators } from './operator-domains.ts';
import { textOf } from './read-text.ts';
import type { OnnxMessage } from './walk-messages.ts';

/** More different operators, functions or domains than any real model has. */
const MOST_NAMES = 100_000;

export class OperatorUse {
  readonly #scope: Scope;
  readonly #reader: ProtobufReader;
  /** Operators as `domain::type`, with the place they were met first. */
  readonly #operators = new Map<string, { readonly domain: string; readonly at: number }>();
  /** What the model itself defines out of other operators, as `domain::name`. */
  readonly #functions = new Set<string>();
  readonly #functionDomains = new Set<string>();
  readonly #declared = new Map<string, { readonly version: number; readonly at: number }>();

  constructor(scope: Scope, reader: ProtobufReader) {
    this.#scope = scope;
    this.#reader = reader;
  }

  /** Version by domain, as declared. */
  get sets(): ReadonlyMap<string, number> {
    return new Map([...this.#declared].map(([domain, { version }]) => [domain, version]));
  }

  get typeCount(): number {
    return this.#operators.size;
  }

  addNode(node: OnnxMessage): void {
    const types = this.#texts(node, 'op_type').filter((type) => type !== '');
    if (types.length === 0)
      this.#scope.report('onnx-broken', { offset: node.start, evidence: 'node without an operator' });
    for (const domain of this.#domains(node)) {
      for (const type of types) {
        const name = `${domain}::${type}`;
        if (!this.#operators.has(name) && this.#hasRoom(this.#operators, node.start))
          this.#operators.set(name, { domain, at: node.start });
      }
    }
  }

  addFunction(definition: OnnxMessage): void {
    if (!this.#hasRoom(this.#functions, definition.start)) return;
    for (const domain of this.#domains(definition)) {
      this.#functionDomains.add(domain);
      for (const name of this.#texts(definition, 'name')) this.#functions.add(`${domain}::${name}`);
    }
  }

  addSet(set: OnnxMessage): void {
    if (!this.#hasRoom(this.#declared, set.start)) return;
    const version = set.all('version').at(-1)?.value ?? 0;
    for (const domain of this.#domains(set)) this.#declared.set(domain, { version, at: set.start });
  }

  /** Only at the end: functions may be defined after they are used. */
  report(): void {
    for (const [domain, { at }] of this.#declared) {
      if (!builtInDomains.has(domain) && !declaredOnlyDomains.has(domain) && !this.#functionDomains.has(domain))
        this.#scope.report('onnx-custom-domain', { offset: at, evidence: domain });
    }
    for (const [name, { domain, at }] of this.#operators) {
      if (foreignOperators.has(name)) this.#scope.report('onnx-foreign-operator', { offset: at, evidence: name });
      else if (!builtInDomains.has(domain) && !this.#functions.has(name))
        this.#scope.report('onnx-custom-domain', { offset: at, evidence: name });
    }
  }

  #hasRoom({ size }: { readonly size: number }, offset: number): boolean {
    if (size < MOST_NAMES) return true;
    this.#scope.report('onnx-limit', { offset, evidence: `${MOST_NAMES} names` });
    return false;
  }

  #domains(message: OnnxMessage): readonly string[] {
    const domains = this.#texts(message, 'domain');
    return domains.length === 0 ? [''] : domains;
  }

  #texts(message: OnnxMessage, field: string): readonly string[] {
    return message.all(field).map((occurrence) => textOf(this.#reader, occurrence));
  }
}
