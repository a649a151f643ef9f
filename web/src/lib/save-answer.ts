import { pathOf, type RouteCall, type RouteContract, refusalIn } from '#platform/contract';

import { ask } from './api.ts';
import { saveFile } from './save-file.ts';

/**
 * Saves what a route of `streamedFile` sends, under the name it gives. The browser keeps the bytes, on its disk when
 * they are many. @throws ApiProblem what the server refused; TypeError when the answer broke off
 */
export async function saveAnswer<Route extends RouteContract>(route: Route, input: RouteCall<Route>): Promise<void> {
  const response = await ask({ method: route.method, path: pathOf(route, input) });
  if (!response.ok) throw refusalIn(route, { status: response.status, body: await response.text() });
  const content = await response.blob();
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  saveFile({ name: name === undefined ? route.id : decodeURIComponent(name), mediaType: content.type }, [content]);
}
