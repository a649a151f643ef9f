/** Conditional writes and object lock in front of a store that knows neither. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface ObjectLock {
  /** True when the request was answered here. */
  answers(request: IncomingMessage, response: ServerResponse): boolean;
}

export function createObjectLock(): ObjectLock {
  const retained = new Map<string, string>();
  const present = new Set<string>();

  function refused(response: ServerResponse, status: number, code: string): true {
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message/></Error>`);
    return true;
  }

  return {
    answers(request, response) {
      const url = new URL(request.url ?? '', 'http://store');
      const key = url.pathname;
      const makes = request.method === 'PUT' ? !url.searchParams.has('partNumber') : url.searchParams.has('uploadId');
      if (request.method === 'GET' && url.searchParams.has('object-lock')) {
        return refused(response, 404, 'ObjectLockConfigurationNotFoundError');
      }
      if (request.method === 'HEAD' && retained.has(key)) {
        response.setHeader('x-amz-object-lock-mode', 'GOVERNANCE');
        response.setHeader('x-amz-object-lock-retain-until-date', retained.get(key) ?? '');
      }
      if (request.method === 'DELETE' && !url.searchParams.has('uploadId')) {
        if (Date.parse(retained.get(key) ?? '') > Date.now()) return refused(response, 403, 'AccessDenied');
        present.delete(key);
      }
      if (makes && request.method !== 'DELETE') {
        if (request.headers['if-none-match'] === '*' && present.has(key)) {
          request.resume().once('end', () => refused(response, 412, 'PreconditionFailed'));
          return true;
        }
        present.add(key);
      }
      const until = request.headers['x-amz-object-lock-retain-until-date'];
      if (typeof until === 'string') {
        if (request.method === 'PUT' && request.headers['content-md5'] === undefined) {
          return refused(response, 400, 'InvalidRequest');
        }
        retained.set(key, until);
      }
      return false;
    },
  };
}
