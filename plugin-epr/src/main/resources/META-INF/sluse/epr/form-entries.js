// SPDX-License-Identifier: Apache-2.0
// What somebody puts into a form, on its way to the server and back. Nothing of it stays in the browser.

import { api } from 'kit';
import { present } from './form-answers.js';

/** Knows nothing of screens. */
export class Entries {
  #link;
  #arrived;

  /** What was put in and is not saved yet, by key. */
  #unsaved = new Map();

  /** What of the last save was not taken, by key: it stays in its field. */
  #refused = new Map();
  #saving = Promise.resolve();

  /** What GET epr/form answered; `form` is kept true by each save. */
  view;

  /** @param arrived  called after each save */
  constructor(arrived) {
    this.#arrived = arrived;
  }

  /** Public name of the link, once its code is exchanged. */
  get link() {
    return this.#link;
  }

  /** Exchanges the code of the link, once, and reads the form. What was not saved is given up: it was put into what is no longer there. */
  async load(code, signal) {
    this.#link ??= (await api.post('epr/questionnaire/exchange', { code }, { signal })).link;
    this.view = present(await api.get('epr/form', this.#with({ signal })));
    this.#unsaved.clear();
    this.#refused.clear();
  }

  #with(options = {}) {
    return { ...options, headers: { 'X-Sluse-Link': this.#link } };
  }

  put(key, given) {
    this.#unsaved.set(key, given);
    this.#refused.delete(key);
  }

  isUnsaved() {
    return this.#unsaved.size > 0;
  }

  /** As they stand in the fields: what was put in, else what is saved. [{option, text, unit, file}] */
  valuesOf(item) {
    const given = this.#unsaved.get(item.key) ?? this.#refused.get(item.key)?.given;
    return given ? given.map(one => (one.kept === undefined ? { ...one, text: one.text ?? '' } : item.values[one.kept])) : item.values;
  }

  /** One after the other; a later one carries what was put in meanwhile. @param change  {add} or {remove}: key of a group */
  save(change) {
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#saveNow(change));
    return this.#saving;
  }

  async #saveNow(change = {}) {
    if (this.#unsaved.size === 0 && !change.add && !change.remove) return;
    const sent = new Map(this.#unsaved);
    const saved = present(await api.put('epr/form', { version: this.view.form.version, answers: Object.fromEntries(sent), ...change }, this.#with()));
    for (const [key, given] of sent) if (this.#unsaved.get(key) === given) this.#unsaved.delete(key);
    for (const finding of saved.refused) this.#refused.set(finding.key, { finding, given: sent.get(finding.key) });
    this.view.form = saved;
    this.#arrived();
  }

  async send() {
    await this.save();
    const { state, sentAt } = await api.post('epr/form/send', { version: this.view.form.version }, this.#with());
    Object.assign(this.view, { state, sentAt });
  }

  find(key) {
    return this.view.form.pages.flatMap(page => page.items.flatMap(within)).find(item => item.key === key);
  }

  /** What keeps the form from being sent, of one page. */
  wrong(page) {
    const keys = new Set(page.items.flatMap(within).map(item => item.key));
    const refused = [...this.#refused.values()].map(one => one.finding);
    return [...refused, ...this.view.form.findings.filter(one => one.holds && !this.#refused.has(one.key))]
      .filter(one => keys.has(one.key) || one.key === '' && page === this.view.form.pages.at(-1));
  }

  /** What the form only advises, of one page. */
  advice(page) {
    const keys = new Set(page.items.flatMap(within).map(item => item.key));
    return this.view.form.findings.filter(one => !one.holds && (keys.has(one.key) || one.key === ''));
  }

  /** All that keeps the form from being sent. */
  open() {
    return this.view.form.pages.flatMap(page => this.wrong(page));
  }
}

const within = item => [item, ...item.items.flatMap(within)];
