/** A transport that plays a list of answers and remembers what it was asked. */
import type { HttpAnswer, HttpRequest, HttpTransport } from '../http-transport.ts';

export type Script = readonly (Partial<HttpAnswer> | Error)[];

export interface ScriptedTransport extends HttpTransport {
  readonly requests: readonly HttpRequest[];
}

export function scriptedTransport(script: Script): ScriptedTransport {
  const requests: HttpRequest[] = [];
  return {
    requests,
    send: async (request) => {
      const step = script[requests.length];
      requests.push(request);
      if (step === undefined) throw new Error(`no answer scripted for request ${requests.length}: ${request.url}`);
      if (step instanceof Error) throw step;
      return { status: 200, headers: {}, body: '', ...step };
    },
  };
}

export function jsonAnswer(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
