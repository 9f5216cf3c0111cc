// SPDX-License-Identifier: Apache-2.0
// What waits for the person signed in, whichever page they are on.

import { Problem } from './api.js';
import { tenant } from './i18n.js';

const told = 'sluse-told';

/**
 * Asks what the modules say. A plugin's `watch.js` exports `look()` -> `{urgent, counts}`:
 *
 *     urgent  a person may be at risk: {ids, text, brief, href, link}, or nothing. `ids` are what is told once in a window, `text` says it at the
 *             desk, `brief` on a screen that others may see (no name, no answer), `href` and `link` go there
 *     counts  what waits, by the page's path: {today: 2, deliveries: 1}
 */
export class Watch {
  #looks = new Map();
  #found = new Map();

  /** Which modules are asked from now on. */
  async of(modules) {
    for (const id of this.#looks.keys()) if (!modules.includes(id)) this.#forget(id);
    await Promise.all(modules.filter(id => !this.#looks.has(id)).map(async id => {
      try {
        this.#looks.set(id, (await import(`/ui/${tenant}/${id}/watch.js`)).look);
      } catch (problem) {
        // The page is of use without; the next load tries again.
        console.error(problem);
      }
    }));
  }

  /** Asks each module; what is known stays when one does not answer. True when something changed. */
  async look() {
    const before = JSON.stringify([...this.#found]);
    await Promise.all([...this.#looks].map(async ([id, look]) => {
      try {
        this.#found.set(id, await look());
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        if (problem.slug === 'not-found') this.#forget(id);
      }
    }));
    return JSON.stringify([...this.#found]) !== before;
  }

  get urgent() {
    return [...this.#found.values()].map(found => found.urgent).filter(Boolean);
  }

  /** What waits behind a page's entry. */
  count(path) {
    return [...this.#found.values()].reduce((sum, { counts }) => sum + (counts[path] ?? 0), 0);
  }

  /** What is urgent and has not been told in this window, on whichever page; told from now on. */
  tell() {
    const known = JSON.parse(sessionStorage.getItem(told) ?? '[]');
    const fresh = this.urgent.filter(one => one.ids.some(id => !known.includes(id)));
    if (fresh.length) sessionStorage.setItem(told, JSON.stringify(this.urgent.flatMap(one => one.ids)));
    return fresh;
  }

  #forget(id) {
    this.#looks.delete(id);
    this.#found.delete(id);
  }
}
