/** Who an assistant speaks for, and the one way in which its tools reach Kura: the routes. */
import type { Permission, RouteCall, RouteContract, RouteOutput } from '#platform/contract';
import type { Translator } from '#platform/i18n';

export interface Assistant {
  readonly permissions: ReadonlySet<Permission>;
  readonly translator: Translator;
  /** Full address of a page of the web UI, for people to follow. */
  readonly pageUrl: (path: string) => string;
  /** Runs the use case behind a route as the caller: their permission, the input's schema, the output's schema. */
  call<Route extends RouteContract>(
    route: Route,
    input: RouteCall<Route>,
    signal: AbortSignal,
  ): Promise<RouteOutput<Route>>;
  /** Tells of each call that ended. */
  readonly noteCall: (call: FinishedCall) => void;
  /** Notes in the audit log that a program wrote, beside what the use case itself notes. */
  readonly noteWrite: (write: AssistantWrite) => Promise<void>;
}

export interface FinishedCall {
  readonly tool: string;
  readonly result: 'done' | 'failed';
  readonly ms: number;
  /** Why it failed; for the log. */
  readonly error?: unknown;
}

export interface AssistantWrite {
  readonly tool: string;
  /** Name and version of the program, as it calls itself. */
  readonly client: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  /** What was written, without texts. */
  readonly after: Readonly<Record<string, unknown>>;
}
