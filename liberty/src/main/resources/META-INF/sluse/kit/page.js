// SPDX-License-Identifier: Apache-2.0
// What each page has in common: it loads, says one true sentence, keeps what it knows when something fails, and speaks to a screen reader.

import { LitElement, html, nothing } from 'lit';
import { Problem } from './api.js';
import { icon } from './icons.js';
import { banner, button, menu, skeleton } from './parts.js';
import { hasText, language, languages, messages, speak, t, texts, time } from './i18n.js';

const quiet = 400;
const patience = 5000;

/**
 * A page. Override what you need; keep state in plain fields. It draws itself again after `load`, after a kit button's `press` and after a
 * form was sent; elsewhere call `this.requestUpdate()`.
 *
 *     load(signal)  fetches, and sets fields          heading()  the one true sentence (text; h1 and the tab's title)
 *     changed()     whether a quiet reload would find anything new
 *     lead()        a line under it                   crumbs()   [{label, href}]
 *     actions()     buttons beside it                 banners()  above everything, most urgent first
 *     main()        the content                       aside()    staff: a second column;  foot()  patient: the sticky foot
 */
export class Page extends LitElement {
  /** Seconds between quiet reloads while the page is in view; 0 for none. */
  refreshEvery = 0;

  /** What stands behind the page's name in the address: "epr" in /clinic-north/admin/modules/epr. */
  arg = document.documentElement.dataset.arg ?? '';

  #phase = 'quiet';
  #problem;
  #offline = !navigator.onLine;
  #loadedAt;
  #loading;
  #forms = [];
  #toast;
  #drawn = false;
  #underWay = Promise.resolve();

  load(_signal) {}
  changed(_signal) { return true; }
  heading() { return ''; }
  lead() { return nothing; }
  crumbs() { return []; }
  actions() { return nothing; }
  banners() { return nothing; }
  main() { return nothing; }
  aside() { return nothing; }
  foot() { return nothing; }

  /** Loads again and keeps what is shown meanwhile. @param quietly only if something has changed */
  async reload({ quietly = false } = {}) {
    // One after the other, or a search would be answered by what was asked before it. A quiet one has nothing new to ask.
    while (this.#loading) {
      if (quietly) return;
      await this.#underWay;
    }
    this.#underWay = this.#load(quietly);
    await this.#underWay;
  }

  /** Never rejects. */
  async #load(quietly) {
    const signal = (this.#loading = new AbortController()).signal;
    try {
      await untilAborted(Promise.all([this.prepare(signal), this.#loadNew(quietly, signal), texts()]), signal);
      this.#phase = 'here';
      this.#problem = undefined;
      this.#offline = false;
      this.#loadedAt = new Date();
    } catch (problem) {
      if (signal.aborted) this.#phase = this.#phase === 'here' ? 'here' : 'cancelled';
      else this.fail(problem);
    } finally {
      this.#loading = undefined;
      this.requestUpdate();
    }
  }

  /** Asked first, so that what changes while it loads is found the next time. What failed before is loaded whatever has changed. */
  async #loadNew(quietly, signal) {
    const changed = await this.changed(signal);
    if (changed || !quietly || this.#problem || this.#offline) await this.load(signal);
  }

  /** Puts a refusal in place: the banner, or "this is not here" when the module or the thing is gone. */
  fail(problem) {
    if (!(problem instanceof Problem)) {
      console.error(problem);
      problem = new Problem(500);
    }
    if (problem.status === 0) this.#offline = true;
    else if (problem.slug === 'not-found' && this.#phase === 'here') this.#phase = 'gone';
    else if (problem.slug === 'not-found') this.#phase = 'unknown';
    else this.#problem = problem;
    if (['quiet', 'skeleton', 'slow', 'cancelled'].includes(this.#phase)) this.#phase = 'failed';
    this.requestUpdate();
  }

  /** The module of this page went off while it was open: one sentence replaces everything. */
  moduleOff() {
    this.#phase = 'gone';
    this.requestUpdate();
  }

  /** Speaks a change of state politely (`role=status`); never a countdown. */
  say(text) {
    this.querySelector('.say').textContent = text;
  }

  /** Interrupts: only for let in, call ended, connection lost, safety. */
  alert(text) {
    this.querySelector('.alert').textContent = text;
  }

  /** Confirms what the person just did; 6 s, longer while it has focus or the pointer. `undo` is a function. */
  toast(text, undo) {
    clearTimeout(this.#toast?.timer);
    this.#toast = { text, undo };
    this.#endToast();
    this.say(text);
    this.requestUpdate();
  }

  /** The view changed without a new page: scroll up, draw, and let the h1 take focus. */
  async moved() {
    this.requestUpdate();
    await this.updateComplete;
    scrollTo(0, 0);
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  addForm(form) {
    this.#forms.push(form);
  }

  summaryDrawn() {
    return this.updateComplete;
  }

  /** The text for a problem: `problem.<slug>` of the page's own bundle or the host's, else the sentence for our own fault. */
  problemText(problem) {
    const plugin = this.constructor.plugin ?? 'kit';
    const key = `problem.${problem.slug}`;
    if (hasText(plugin, key)) return messages(plugin)(key);
    return problem.incident ? t('error.ours', { id: problem.incident }) : t('error.ours-unnumbered');
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.dataset.slusePage = '';
    this.addEventListener('sluse-problem', this.#onProblem);
    this.addEventListener('sluse-changed', this.#onChanged);
    addEventListener('offline', this.#onLine);
    addEventListener('online', this.#onLine);
    setTimeout(() => this.#slower('quiet', 'skeleton'), quiet);
    setTimeout(() => this.#slower('skeleton', 'slow'), patience);
    this.timer = setInterval(() => this.refreshDue() && this.reload({ quietly: true }), 1000);
    this.reload();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('offline', this.#onLine);
    removeEventListener('online', this.#onLine);
    clearInterval(this.timer);
  }

  /** What a kind of page loads besides `load`. */
  async prepare(_signal) {}

  refreshDue() {
    const age = Date.now() - (this.#loadedAt ?? Date.now());
    return this.refreshEvery > 0 && this.#phase === 'here' && !document.hidden && age >= this.refreshEvery * 1000;
  }

  get here() {
    return this.#phase === 'here';
  }

  updated() {
    const sentence = this.querySelector('h1')?.textContent.trim();
    const wrong = this.#forms.some(form => form.wrong) ? `${t('error.title')} ` : '';
    if (sentence && this.#phase !== 'quiet') document.title = `${wrong}${sentence}${this.clinicName ? ` · ${this.clinicName}` : ''}`;
    if (this.here && !this.#drawn) {
      this.#drawn = true;
      this.arrived?.();
    }
  }

  render() {
    return html`${this.shell()}
      <div class="say hidden-text" role="status"></div><div class="alert hidden-text" role="alert"></div>
      <div class="toasts">${this.#toast ? html`<div class="toast" @pointerenter=${this.#keepToast} @pointerleave=${this.#endToast}
        @focusin=${this.#keepToast} @focusout=${this.#endToast}>${icon('ok')}<span>${this.#toast.text}</span>${
        this.#toast.undo ? html`<button type="button" @click=${this.#undo}>${t('undo')}</button>` : nothing}</div>` : nothing}</div>`;
  }

  /** What is true while there is no connection. @param since when what is shown was loaded */
  offlineText(since) {
    return t('page.offline', { time: time(since) });
  }

  /** The content between header and foot, in the order of the house: banners, errors, crumbs, sentence, content. */
  content() {
    return {
      quiet: () => this.#loadingHead(nothing),
      skeleton: () => this.#loadingHead(skeleton(6)),
      slow: () => this.#loadingHead(html`<p>${t('page.slow')} ${button(t('cancel'), { kind: 'bare', press: () => this.#loading?.abort() })}</p>${skeleton(6)}`),
      cancelled: () => html`${this.#sentence(t('page.cancelled'))}<p>${this.#again()}</p>`,
      failed: () => html`${this.#sentence(this.#offline && !this.#problem ? t('problem.no-connection') : t('page.failed'))}${this.#trouble()}`,
      unknown: () => html`${this.#sentence(t('problem.not-found'))}${this.wayOut()}`,
      gone: () => html`${this.#sentence(t('page.gone'))}${this.wayOut()}`,
      here: () => html`
        ${this.#trouble()}${this.banners()}${this.#forms.map(form => form.summary())}
        ${this.crumbs().length ? html`<nav class="crumbs" aria-label=${t('page.crumbs')}><ol>${this.crumbs().map(crumb =>
          html`<li>${crumb.href ? html`<a href=${crumb.href}>${crumb.label}</a>` : crumb.label}</li>`)}</ol></nav>` : nothing}
        ${this.head()}${this.body()}`,
    }[this.#phase]();
  }

  head() {
    const lead = this.lead();
    return html`<div class="head"><div>${this.#sentence(this.heading())}${lead === nothing || !lead ? nothing : html`<p class="lead">${lead}</p>`}</div>
      <div class="head-actions">${this.actions()}</div></div>`;
  }

  body() {
    return this.main();
  }

  wayOut() {
    return nothing;
  }

  /** The choice of language, each in its own name. */
  languageMenu() {
    return menu(languages[language], Object.entries(languages).map(([code, label]) =>
      ({ label, lang: code, chosen: code === language, press: () => speak(code) })), { icon: 'globe', name: t('language') });
  }

  #sentence(text) {
    return html`<h1 tabindex="-1">${text}</h1>`;
  }

  #loadingHead(content) {
    return html`<h1 tabindex="-1" class="hidden-text">${t('page.loading')}</h1>${content}`;
  }

  #trouble() {
    const offline = this.#offline
      ? banner('info', this.#loadedAt ? this.offlineText(this.#loadedAt) : t('page.offline-empty'), { action: this.#again() })
      : nothing;
    const problem = this.#problem ? banner('stop', this.problemText(this.#problem), { icon: 'refused', action: this.#again() }) : nothing;
    return html`${problem}${offline}`;
  }

  #again() {
    return button(t('page.again'), { press: () => this.reload() });
  }

  #slower(from, to) {
    if (this.#phase !== from) return;
    this.#phase = to;
    this.requestUpdate();
  }

  #onProblem = event => this.fail(event.detail);
  #onChanged = () => this.requestUpdate();
  #onLine = event => {
    if (event.type === 'online') return this.reload();
    this.#offline = true;
    this.requestUpdate();
  };

  #keepToast = () => clearTimeout(this.#toast?.timer);
  #endToast = () => {
    if (this.#toast) this.#toast.timer = setTimeout(() => { this.#toast = undefined; this.requestUpdate(); }, 6000);
  };
  #undo = () => {
    const { undo } = this.#toast;
    this.#toast = undefined;
    this.requestUpdate();
    undo();
  };
}

function untilAborted(work, signal) {
  return Promise.race([work, new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))]);
}
