/** Connections through an HTTP proxy; what the proxy itself refuses is told as what it is. */
import { DecoratorHandler, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { KuraError } from '#kernel/errors';

export class ProxiedAgent extends EnvHttpProxyAgent {
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    return super.dispatch(options, new RefusalTelling(handler));
  }
}

class RefusalTelling extends DecoratorHandler {
  readonly #handler: Dispatcher.DispatchHandler;

  constructor(handler: Dispatcher.DispatchHandler) {
    super(handler);
    this.#handler = handler;
  }

  onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    this.#handler.onResponseError?.(controller, refusalIn(error) ?? error);
  }
}

/** undici says these in words only, and under the code of a request that its caller gave up. */
function refusalIn(error: Error): Error | undefined {
  const status = /^Proxy response \((\d{3})\)|^Proxy Authentication Required \((407)\)/.exec(error.message);
  const code = Number(status?.[1] ?? status?.[2]);
  if (Number.isNaN(code)) return undefined;
  if (code === 407) return new KuraError('unauthenticated', 'transfer.proxy-login', { cause: error });
  if (code === 401 || code === 403) return new KuraError('forbidden', 'transfer.proxy-refused', { cause: error });
  // The place behind the proxy is out of reach for now: as good as a connection that failed.
  return Object.assign(new Error(`the proxy answers ${code}`, { cause: error }), { code: 'UND_ERR_PRX_CONN' });
}
