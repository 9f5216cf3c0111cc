// SPDX-License-Identifier: Apache-2.0
import { PatientPage, api, banner, button, choiceList, html, icon, language, messages, moment, nothing, seenLink, status, stylesheet, time } from 'kit';
import { Answers } from './answers.js';
import { copyright, help, privacyNotice } from './notice.js';
import { review, sentAnswers } from './review.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** Where this browser remembers that somebody wants to see all questions at once; nothing else is kept in it. */
const shown = 'sluse-questions';

/**
 * What a patient answers: notice, one question a screen or all of them, a look at the answers, sent. Nothing of the answers stays in the browser.
 *
 * A step is 'notice', the index of a question, 'all' (the list of them), 'help', 'review' or 'sent'.
 */
class EprQuestionnaire extends PatientPage {
  static plugin = 'epr';
  #step = 'notice';
  #all = localStorage.getItem(shown) === 'all';
  #keyed = false;
  #help;

  #answers = new Answers();

  /** Link ids of questions without an answer, once somebody wanted to go on. */
  #missing = new Set();

  constructor() {
    super();
    const page = this;
    this.addForm({ get wrong() { return page.#missing.size > 0; }, summary: () => this.#summary() });
  }

  async load(signal) {
    const code = location.hash.slice(1);
    if (!code) return;
    [this.notice] = await Promise.all([api.get('core/notice', { signal, query: { lang: language } }), this.#answers.load(code, signal)]);
    this.clinicName = this.form.clinic;
    if (this.form.state === 'COMPLETED' && this.#step !== 'help') this.#step = 'sent';
  }

  get form() {
    return this.#answers.form;
  }

  get #index() {
    return typeof this.#step === 'number' ? this.#step : -1;
  }

  get #item() {
    return this.form.items[this.#step];
  }

  get #asks() {
    return this.#index >= 0 || this.#step === 'all';
  }

  heading() {
    if (!this.form) return t('form.no-code');
    if (this.form.state === 'WITHDRAWN') return t('form.withdrawn-title');
    if (this.#index >= 0) return html`<span lang=${this.form.language}>${this.#item.text}</span>`;
    return {
      notice: () => t('form.title', { clinic: this.form.clinic, title: this.form.title }),
      all: () => t('form.all-title', { title: this.form.title, n: this.form.items.length - this.#answers.open.length, of: this.form.items.length }),
      help: () => t('form.help-title'),
      review: () => t('form.review-title'),
      sent: () => t('form.sent-title'),
    }[this.#step]();
  }

  head() {
    if (!this.form || this.#index < 0) return super.head();
    return html`<div class="epr-progress" aria-hidden="true">${this.form.items.map((_, index) =>
        html`<span class=${index < this.#index ? 'done' : index === this.#index ? 'present' : ''}></span>`)}</div>
      <p class="second">${t('form.of', { n: this.#index + 1, of: this.form.items.length })}</p>
      ${this.form.stem ? html`<p class="second epr-stem" lang=${this.form.language}>${this.form.stem}</p>` : nothing}
      ${super.head()}`;
  }

  lead() {
    if (!this.form) return nothing;
    if (this.form.state === 'WITHDRAWN') return t('form.withdrawn-lead');
    if (this.#step === 'notice') return `${t('form.lead', { n: this.form.items.length })}${this.form.language === language ? ''
      : ` ${t('form.asked-in', { language: t(`language.${this.form.language}`) })}`}`;
    if (this.#step === 'all' && this.form.stem) return html`<span class="epr-stem" lang=${this.form.language}>${this.form.stem}</span>`;
    if (this.#step === 'sent') return t('form.sent-lead', { clinic: this.form.clinic, time: moment(this.form.sentAt) });
    return nothing;
  }

  headerStart() {
    if (!this.form || !this.#asks && this.#step !== 'review') return super.headerStart();
    return html`<div class="epr-back">${button(t('form.back'), { kind: 'bare', icon: 'left', press: () => this.#leave(this.#back()) })}</div>`;
  }

  headerEnd() {
    if (!this.form || !this.#asks) return super.headerEnd();
    return this.form.savedAt ? html`<span class="status status-ok epr-saved">${icon('check')}<span>${t('form.saved', { time: time(this.form.savedAt) })}</span></span>` : nothing;
  }

  banners() {
    return this.#missing.size && this.#index >= 0 ? html`<div id="question-error">${banner('stop', t('form.missing'), { icon: 'refused' })}</div>` : nothing;
  }

  offlineText() {
    return t('form.offline');
  }

  main() {
    if (!this.form || this.form.state === 'WITHDRAWN') return nothing;
    if (this.#index >= 0) return this.#question();
    return { notice: () => privacyNotice(this.form, this.notice, this.#answers.link), all: () => this.#list(), help: () => help(this.form), review: () => review(this.#answers, index => this.#go(index)), sent: () => html`<div class="stack">${this.form.help ? help(this.form) : nothing}${sentAnswers(this.#answers)}${seenLink('epr', this.#answers.link)}${copyright(this.form)}</div>` }[this.#step]();
  }

  foot() {
    if (!this.form || this.form.state === 'WITHDRAWN') return nothing;
    if (this.#step === 'sent') return this.form.help ? nothing : this.#helpLink();
    const actions = {
      all: () => button(t('form.check'), { kind: 'filled', press: () => this.#check() }),
      notice: () => button(this.form.savedAt ? t('form.go-on') : t('form.begin'), { kind: 'filled', press: () => this.#go(this.#answers.firstOpen) }),
      help: () => button(t(this.#help === 'sent' ? 'form.back' : 'form.help-on'), { kind: 'filled', press: () => this.#go(this.#help) }),
      review: () => button(t('form.send'), { kind: 'filled', working: t('form.sending'), press: () => this.#send() }),
    };
    const action = this.#index >= 0
      ? button(t(this.#next() === 'review' ? 'form.check' : 'form.next'), { kind: 'filled', press: () => this.#goOn() }) : actions[this.#step]();
    return html`<div>${action}</div>${this.#step === 'help' ? nothing : this.#helpLink()}`;
  }

  #helpLink() {
    return html`<p>${button(t('form.help-link'), { kind: 'link', press: () => this.#askForHelp() })}</p>`;
  }

  #question() {
    return html`<div class="stack" lang=${this.form.language}>${this.#choices(this.#item, {
      hideLegend: true, legend: this.#item.text, describedby: this.#missing.size ? 'question-error' : undefined })}</div>
    <p>${button(t('form.skip'), { kind: 'link', press: () => this.#skip(this.#item) })}</p>
    <p>${button(t('form.all'), { kind: 'link', press: () => this.#show('all') })}</p>`;
  }

  #list() {
    return html`<p>${button(t('form.single'), { kind: 'link', press: () => this.#show('single') })}</p>
      <div class="stack epr-all" @keydown=${this.#onKey} @pointerdown=${this.#onPointer}>${this.form.items.map((item, index) => this.#listed(item, index))}</div>`;
  }

  #listed(item, index) {
    const wrong = this.#missing.has(item.linkId);
    return html`<div class=${`field ${wrong ? 'wrong' : ''}`} @focusout=${event => event.currentTarget.contains(event.relatedTarget) || this.#keep(item)}>
      <div lang=${this.form.language}>${this.#choices(item, { describedby: wrong ? `missing-${index}` : undefined,
        legend: html`<span class="second" lang=${language}>${t('form.of', { n: index + 1, of: this.form.items.length })}</span><span>${item.text}</span>` })}</div>
      ${wrong ? html`<p class="error" id=${`missing-${index}`}>${icon('refused')}<span>${t('form.missing')}</span></p>` : nothing}
      <p>${this.#answers.isSkipped(item) ? status('ended', t('form.skipped')) : button(t('form.skip'), { kind: 'link', about: item.text, press: () => this.#decline(item) })}</p></div>`;
  }

  #choices(item, options) {
    return choiceList({ ...options, id: idOf(item), name: item.linkId, value: this.#answers.of(item),
      options: item.choices.map(choice => ({ value: choice.code, label: choice.text })), error: this.#missing.has(item.linkId),
      change: value => this.#choose(item, value) });
  }

  /** "There are 2 things to put right", above the list. */
  #summary() {
    if (this.#missing.size === 0 || this.#index >= 0) return nothing;
    return html`<div class="error-summary" tabindex="-1" role="group" aria-labelledby="missing"><h2 id="missing">${t('error.summary', { n: this.#missing.size })}</h2>
      <ul>${this.form.items.map((item, index) => (this.#missing.has(item.linkId) ? html`<li><a href=${`#${idOf(item)}`} @click=${event => {
        event.preventDefault();
        this.#focus(item);
      }}>${t('form.missing-in', { n: index + 1 })}</a></li>` : nothing))}</ul></div>`;
  }

  #back() {
    if (this.#step === 'review') return this.form.items.length - 1;
    return this.#step === 0 || this.#step === 'all' ? 'notice' : this.#step - 1;
  }

  /** What follows a question: the next one, or a look at all answers. */
  #next(item = this.#item) {
    const next = this.form.items.indexOf(item) + 1;
    return next < this.form.items.length ? next : 'review';
  }

  /** A question by its index is on its own screen, or in the list of all. */
  async #go(step) {
    const listed = this.#all && typeof step === 'number';
    this.#step = listed ? 'all' : step;
    this.#missing.clear();
    await this.moved();
    if (listed && step > 0) this.#focus(this.form.items[step]);
  }

  /** @param way 'all' or 'single'; remembered in this browser */
  async #show(way) {
    const from = this.#index >= 0 ? this.#step : 0;
    const helps = await this.#answers.saveAll();
    this.#all = way === 'all';
    localStorage.setItem(shown, way);
    return helps ? this.#showHelp(from) : this.#go(from);
  }

  /** @param then the step that follows the help page */
  #showHelp(then) {
    this.#help = then;
    return this.#go('help');
  }

  async #askForHelp() {
    const from = this.#step === 'all' ? 0 : this.#step;
    // Help first: whoever asks for it gets it without a connection too. What has been chosen stays chosen, and is saved with the next press.
    await this.#showHelp(from);
    await this.#answers.saveAll().catch(() => undefined);
  }

  /** Another step without "Next": what has been chosen is saved first, so that nothing is lost. Help comes at once, before the step that was wanted. */
  async #leave(step) {
    return (await this.#answers.saveAll()) ? this.#showHelp(step) : this.#go(step);
  }

  #goOn() {
    if (this.#answers.isUnsaved()) return this.#leave(this.#next());
    if (this.#answers.has(this.#item)) return this.#go(this.#next());
    this.#missing.add(this.#item.linkId);
    this.say(t('form.missing'));
    return this.#focus(this.#item);
  }

  /** From the list to the look at all answers, unless some are missing. */
  async #check() {
    if (await this.#answers.saveAll()) return this.#showHelp(this.#answers.firstOpen);
    if (this.#answers.open.length === 0) return this.#go('review');
    this.#missing = new Set(this.#answers.open.map(item => item.linkId));
    this.requestUpdate();
    await this.updateComplete;
    return this.querySelector('.error-summary')?.focus();
  }

  async #focus(item) {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector(`#${idOf(item)} input`)?.focus();
  }

  async #skip(item) {
    return (await this.#answers.decline(item)) ? this.#showHelp(this.#next(item)) : this.#go(this.#next(item));
  }

  #choose(item, value) {
    this.#answers.choose(item, value);
    this.#missing.delete(item.linkId);
    this.requestUpdate();
    // Arrow keys pass over choices that nobody means; those are saved once the question is left.
    if (this.#step === 'all' && !this.#keyed) this.#keep(item);
  }

  #onKey = () => { this.#keyed = true; };
  #onPointer = () => { this.#keyed = false; };

  /** A question of the list was answered or left. */
  async #keep(item) {
    if (!this.#answers.isUnsaved(item)) return;
    try {
      if (await this.#answers.save(item)) await this.#showHelp(this.#next(item));
      else this.requestUpdate();
    } catch (problem) {
      this.fail(problem);
    }
  }

  async #decline(item) {
    this.#missing.delete(item.linkId);
    await this.#answers.decline(item);
    this.say(t('form.skipped'));
  }

  /** Whoever puts the phone away, or leaves, has saved. A connection that is lost then is met by the next press. */
  #onHidden = () => {
    if (document.hidden && this.#asks) this.#answers.saveAll({ keepalive: true }).then(() => this.requestUpdate(), () => undefined);
  };

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onHidden);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onHidden);
  }

  async #send() {
    const open = this.#answers.firstOpen;
    if (open !== 'review') return this.#go(open);
    await this.#answers.send();
    return this.#go('sent');
  }
}

const idOf = item => `question-${item.linkId}`;

customElements.define('epr-questionnaire', EprQuestionnaire);
