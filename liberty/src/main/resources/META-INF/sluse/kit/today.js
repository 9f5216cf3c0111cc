// SPDX-License-Identifier: Apache-2.0
// What a module adds to the page Today.

import { LitElement, html, nothing, render } from 'lit';
import { Problem } from './api.js';
import { banner, status } from './parts.js';
import { t, texts } from './i18n.js';

/**
 * A plugin's part of Today: `/ui/{tenant}/{plugin}/today.js` defines the element `<{plugin}-today>` from this class.
 *
 *     load()        fetches, and sets fields; called again each `refreshEvery` seconds
 *     headline()    {weight, text}, what the page may say first: 100 a person at risk, 50 someone waits, 20 something parked, 10 the day's
 *                   plan; undefined for nothing. The heaviest of all parts becomes the page's h1.
 *     main()        sections of the wide column, each with an h2
 *     aside()       sections of "Needs you": `needsYou({...})` rows; `actions()` buttons beside the h1
 */
export class TodayPart extends LitElement {
  refreshEvery = 10;

  /** Where the page wants the parts that stand outside this element; set by the page. */
  places = {};

  /** What GET core/me answered; set by the page. */
  me;

  #problem;
  #here = false;

  load() {}
  headline() { return undefined; }
  main() { return nothing; }
  aside() { return nothing; }
  actions() { return nothing; }

  /** Loads again and tells the page. A module that went off takes its part away. */
  async reload() {
    try {
      await Promise.all([this.load(), texts()]);
      this.#problem = undefined;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.slug === 'not-found') return this.leave();
      this.#problem = problem;
    }
    await texts();
    this.#here = true;
    this.requestUpdate();
  }

  /** Takes the part off the page. */
  leave() {
    clearInterval(this.timer);
    this.#tell(undefined);
    for (const place of Object.values(this.places)) render(nothing, place);
    this.remove();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.reload();
    this.timer = setInterval(() => document.hidden || this.reload(), this.refreshEvery * 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  render() {
    if (!this.#here) return nothing;
    return html`${this.#problem ? banner('info', this.#problem.status === 0 ? t('problem.no-connection') : t('today.part-failed')) : nothing}${this.main()}`;
  }

  updated() {
    if (!this.#here) return;
    if (this.places.aside) render(this.aside(), this.places.aside, { host: this });
    if (this.places.actions) render(this.actions(), this.places.actions, { host: this });
    this.#tell(this.headline());
  }

  #tell(headline) {
    this.dispatchEvent(new CustomEvent('sluse-headline', { bubbles: true, detail: headline }));
  }
}

/**
 * A row of "Needs you": what it is, who and why, and the link that goes there.
 *
 * @param kind   a status shape; 'review' (a person at risk) is tinted, and comes first on a phone
 * @param brief  the link's first word or two ("Open"), where a row is one line; `link` unless given
 */
export function needsYou({ kind, title, text, href, link, brief = link }) {
  return html`<section class=${`needs needs-${kind}`}><h3>${status(kind, title)}</h3><p>${text}</p>
    <p><a href=${href}><span class="needs-link">${link}</span><span class="needs-brief" aria-hidden="true">${brief}</span></a></p></section>`;
}
