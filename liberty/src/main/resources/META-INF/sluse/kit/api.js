// SPDX-License-Identifier: Apache-2.0
// Calls to /api/{tenant}/..., or /api/... on a page that belongs to no clinic: JSON in, JSON out, and each refusal a Problem.

import { tenant } from './i18n.js';

/** An answer that is no success (RFC 9457), or no answer at all: then the status is 0 and the slug is "no-connection". */
export class Problem extends Error {
  /**
   * @param status  the HTTP status
   * @param body    the problem document; members beyond the usual ones ("reasons") stay readable there
   */
  constructor(status, body = {}) {
    const slug = status === 0 ? 'no-connection' : (body.type ?? '').split('/problem/')[1] || fallback(status);
    super(`${status} ${slug}`);
    this.name = 'Problem';
    this.status = status;
    this.type = body.type ?? 'about:blank';
    this.slug = slug;
    this.errors = body.errors ?? [];
    this.incident = body.incident;
    this.body = body;
  }
}

const fallback = status => (status === 404 ? 'not-found' : status === 401 ? 'not-signed-in' : status === 403 ? 'forbidden' : 'internal');

let signedOut = () => {};

/** What happens when the server no longer knows who this is; a staff page goes to sign-in, a patient's page stays. */
export function whenSignedOut(action) {
  signedOut = action;
}

/** Paths are relative to /api/{tenant}/, for example api.get('video/sessions', { query: { day }, signal }). */
export const api = {
  get: (path, options) => call('GET', path, undefined, options),
  post: (path, body = {}, options) => call('POST', path, body, options),
  put: (path, body = {}, options) => call('PUT', path, body, options),
  delete: (path, options) => call('DELETE', path, undefined, options),
  /** The address itself, for a link that downloads. */
  url: (path, query = {}) => address(path, query),
};

function address(path, query) {
  const chosen = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return `/api/${tenant ? `${tenant}/` : ''}${path}${chosen.length ? `?${new URLSearchParams(chosen)}` : ''}`;
}

async function call(method, path, body, { query = {}, signal, headers = {}, keepalive = false } = {}) {
  const request = { method, signal, keepalive, headers: { Accept: 'application/json', ...headers } };
  if (method !== 'GET') request.headers['X-Sluse-Request'] = '1';
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(address(path, query), request);
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Problem(0);
  }
  if (answer.ok) return answer.status === 204 ? undefined : jsonOf(answer);
  if (answer.status === 401) signedOut();
  throw new Problem(answer.status, await jsonOf(answer));
}

async function jsonOf(answer) {
  const text = await answer.text();
  if (!(answer.headers.get('Content-Type') ?? '').includes('json')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(answer.status);
  }
}
