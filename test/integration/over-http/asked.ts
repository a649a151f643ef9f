/** What tests ask over HTTP, as a browser or another program would. */
import { csrfHeader, csrfTokenOf } from '#platform/http';

export const machineToken = 'kura_the-token-of-the-machine';

/** Good enough for the policy, and different for each name. */
export function passwordOf(name: string): string {
  return `${name} rides 7 violet yaks`;
}

export interface Asked {
  readonly bearer?: string | undefined;
  readonly session?: string | undefined;
  readonly body?: unknown;
  readonly from?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read answers of many shapes and assert what they find
export type AnswerBody = any;

/** With a session comes its token against forgery, as the pages send it. */
export function requestOf({ bearer, session, body, from = '192.0.2.10', headers }: Asked) {
  return {
    remoteAddress: from,
    headers: {
      'user-agent': 'Mozilla/5.0 test',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(session === undefined ? {} : { cookie: `kura_session=${session}`, [csrfHeader]: csrfTokenOf(session) }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
  };
}
