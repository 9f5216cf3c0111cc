// SPDX-License-Identifier: Apache-2.0
// The answers to one questionnaire, on their way to the server. Nothing of them stays in the browser.

import { api } from 'kit';

export const declined = 'declined';

/** What was answered and what is chosen and not saved yet; knows nothing of screens. */
export class Answers {
  #link;

  /** What is chosen and not saved yet, by link id. */
  #chosen = new Map();
  #saving = Promise.resolve();

  /** Public name of the link, once its code is exchanged. */
  get link() {
    return this.#link;
  }

  /** What GET epr/questionnaire answered; kept true by each save. */
  form;

  /** Exchanges the code of the link, once, and reads the questionnaire. */
  async load(code, signal) {
    this.#link ??= (await api.post('epr/questionnaire/exchange', { code }, { signal })).link;
    this.form = await api.get('epr/questionnaire', this.#with({ signal }));
  }

  #with(options = {}) {
    return { ...options, headers: { 'X-Sluse-Link': this.#link } };
  }

  /** Questions without an answer or a refusal. */
  get open() {
    return this.form.items.filter(item => !this.has(item));
  }

  /** Index of the first of them; 'review' when there is none. */
  get firstOpen() {
    return this.open.length ? this.form.items.indexOf(this.open[0]) : 'review';
  }

  has(item) {
    return item.linkId in this.form.answers;
  }

  /** The code that is chosen or saved, or 'declined'. */
  of(item) {
    return this.#chosen.get(item.linkId) ?? this.form.answers[item.linkId];
  }

  isSkipped(item) {
    return this.of(item) === declined;
  }

  choose(item, code) {
    this.#chosen.set(item.linkId, code);
  }

  /** Whether something is chosen and not saved, of this question or of any. */
  isUnsaved(item) {
    return item ? this.#chosen.has(item.linkId) : this.#chosen.size > 0;
  }

  /** Refuses the question. @returns whether help is to be shown now */
  decline(item) {
    this.#chosen.delete(item.linkId);
    return this.#save(item.linkId, { declined: true });
  }

  /** Saves whatever is chosen. @returns whether help is to be shown now */
  async saveAll(options) {
    let help = false;
    for (const linkId of [...this.#chosen.keys()]) help = (await this.#saveChosen(linkId, options)) || help;
    return help;
  }

  /** Saves what is chosen of one question. @returns whether help is to be shown now */
  save(item) {
    return this.#saveChosen(item.linkId);
  }

  async send() {
    const { state, sentAt } = await api.post('epr/questionnaire/send', {}, this.#with());
    Object.assign(this.form, { state, sentAt });
  }

  /** What is chosen stays chosen when it cannot be saved. */
  async #saveChosen(linkId, options) {
    const code = this.#chosen.get(linkId);
    const help = await this.#save(linkId, { code }, options);
    if (this.#chosen.get(linkId) === code) this.#chosen.delete(linkId);
    return help;
  }

  /** One after the other: of two answers to one question the later one is to be kept. */
  #save(linkId, answer, options) {
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#saveNow(linkId, answer, options));
    return this.#saving;
  }

  async #saveNow(linkId, answer, options) {
    const saved = await api.put(`epr/questionnaire/answers/${linkId}`, answer, this.#with(options));
    this.form.answers[linkId] = answer.code ?? declined;
    this.form.savedAt = saved.savedAt;
    this.form.help ||= saved.help;
    return saved.help;
  }
}
