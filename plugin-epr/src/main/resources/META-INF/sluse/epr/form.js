// SPDX-License-Identifier: Apache-2.0
import { PatientPage, Problem, api, banner, button, html, icon, language, messages, moment, nothing, seenLink, stylesheet, time } from 'kit';
import { Entries } from './form-entries.js';
import { said } from './form-answers.js';
import { itemId, parts } from './form-fields.js';
import { copyright, help, privacyNotice, whereTo } from './notice.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/**
 * What a patient answers to a questionnaire of the clinic's own: notice, page by page, a look at all answers, sent. Which questions there are, and what is calculated, the server says after each
 * save; nothing of the answers stays in the browser.
 *
 * A step is 'notice', the id of a page, 'help', 'review' or 'sent'.
 */
class EprForm extends PatientPage {
  static plugin = 'epr';
  #step = 'notice';
  #help = 'notice';
  #entries = new Entries(() => this.#arrived());

  /** Pages that somebody wanted to leave: what is missing on them is said. */
  #tried = new Set();
  #newer = false;

  constructor() {
    super();
    const page = this;
    this.addForm({ get wrong() { return page.#wrong.length > 0; }, summary: () => this.#summary() });
  }

  async load(signal) {
    const code = location.hash.slice(1);
    if (!code) return;
    [this.notice] = await Promise.all([api.get('core/notice', { signal, query: { lang: language } }), this.#entries.load(code, signal)]);
    this.clinicName = this.view.clinic;
    if (this.view.state === 'COMPLETED' && this.#step !== 'help') this.#step = 'sent';
  }

  get view() {
    return this.#entries.view;
  }

  get #pages() {
    return this.view.form.pages;
  }

  get #page() {
    return this.#pages.find(page => page.id === this.#step);
  }

  get #closed() {
    return !this.view || this.view.state === 'WITHDRAWN';
  }

  /** What is to be put right on this page: what cannot be so at once, what is missing once somebody wanted to go on. */
  get #wrong() {
    if (!this.view || !this.#page) return [];
    const all = this.#entries.wrong(this.#page);
    return this.#tried.has(this.#step) ? all : all.filter(one => one.code !== 'required');
  }

  heading() {
    if (!this.view) return t('form.no-code');
    if (this.#closed) return t('form.withdrawn-title');
    if (this.#page) return html`<span lang=${this.#page.title ? this.view.language : nothing}>${this.#page.title || t('own.page', this.#place)}</span>`;
    return {
      notice: () => t('form.title', this.view),
      help: () => t('form.help-title'),
      review: () => t('form.review-title'),
      sent: () => t('form.sent-title'),
    }[this.#step]();
  }

  get #place() {
    return { n: this.#pages.indexOf(this.#page) + 1, of: this.#pages.length };
  }

  head() {
    if (this.#closed || !this.#page) return super.head();
    const present = this.#place.n - 1;
    return html`<div class="epr-progress" aria-hidden="true">${this.#pages.map((_, index) =>
      html`<span class=${index < present ? 'done' : index === present ? 'present' : ''}></span>`)}</div>
      ${this.#page.title ? html`<p class="second">${t('own.page', this.#place)}</p>` : nothing}${super.head()}`;
  }

  lead() {
    if (!this.view) return nothing;
    if (this.#closed) return t('form.withdrawn-lead');
    if (this.#step === 'notice') {
      return `${t('own.lead', { n: this.#pages.length })}${this.view.language === language ? '' : ` ${t('form.asked-in', { language: t(`language.${this.view.language}`) })}`}`;
    }
    return this.#step === 'sent' ? t('form.sent-lead', { clinic: this.view.clinic, time: moment(this.view.sentAt) }) : nothing;
  }

  headerStart() {
    if (this.#closed || !this.#page && this.#step !== 'review') return super.headerStart();
    return html`<div class="epr-back">${button(t('form.back'), { kind: 'bare', icon: 'left', press: () => this.#leave(this.#before()) })}</div>`;
  }

  headerEnd() {
    if (this.#closed || !this.#page) return super.headerEnd();
    const { savedAt } = this.view.form;
    return savedAt ? html`<span class="status status-ok epr-saved">${icon('check')}<span>${t('form.saved', { time: time(savedAt) })}</span></span>` : nothing;
  }

  banners() {
    if (this.#newer) return banner('wait', t('own.newer'));
    return this.#page && this.#entries.advice(this.#page).map(one => banner('info', html`<span lang=${this.view.language}>${one.detail}</span>`));
  }

  offlineText() {
    return t('form.offline');
  }

  main() {
    if (this.#closed) return nothing;
    if (this.#page) return parts(this.#page, this);
    return {
      notice: () => privacyNotice(this.#around(), this.notice, this.#entries.link),
      help: () => help(this.view),
      review: () => this.#review(),
      sent: () => html`<div class="stack"><details class="epr-more"><summary>${t('form.yours')}</summary>${this.#answers(() => nothing)}</details>
        ${seenLink('epr', this.#entries.link)}${copyright(this.#around())}</div>`,
    }[this.#step]();
  }

  /** With the words that are other ones than for an instrument of the catalogue. */
  #around() {
    return { ...this.view, rights: 'own.rights', savedHere: 'own.saved-here', noticeLanguage: this.view.language };
  }

  foot() {
    if (this.#closed) return nothing;
    if (this.#step === 'sent') return this.#helpLink();
    const actions = {
      notice: () => button(this.view.form.savedAt ? t('form.go-on') : t('form.begin'), { kind: 'filled', press: () => this.#go(this.#firstOpen()) }),
      help: () => button(t(this.#help === 'sent' ? 'form.back' : 'form.help-on'), { kind: 'filled', press: () => this.#go(this.#help) }),
      review: () => button(t('form.send'), { kind: 'filled', working: t('form.sending'), press: () => this.#send() }),
    };
    const action = this.#page ? button(t(this.#after() === 'review' ? 'form.check' : 'own.next'), { kind: 'filled', press: () => this.#goOn() }) : actions[this.#step]();
    return html`<div>${action}</div>${this.#step === 'help' ? nothing : this.#helpLink()}`;
  }

  #helpLink() {
    return html`<p>${button(t('form.help-link'), { kind: 'link', press: () => this.#askForHelp() })}</p>`;
  }

  #review() {
    const open = this.#entries.open();
    return html`<div class="stack">
      ${open.length ? banner('wait', t('own.review-open', { n: open.length })) : nothing}
      ${this.#answers((item, page) => button(t('form.change'), { kind: 'link', about: item.text, press: () => this.#go(page.id, item) }))}
      ${whereTo(this.view)}</div>`;
  }

  #answers(action) {
    return html`<ol class="sheet rows epr-review">${this.#pages.map(page => questions(page.items).map(item => html`<li class="row"><div class="grow">
      <span class="second" lang=${this.view.language}>${[item.about, item.text].filter(Boolean).join(': ')}</span>
      ${item.values.length ? html`<strong lang=${this.view.language}>${said(item)}</strong>` : html`<strong>${t('form.open')}</strong>`}</div>
      ${item.readOnly ? nothing : action(item, page)}</li>`))}</ol>`;
  }

  /** "There is one thing to put right", above the page. */
  #summary() {
    const wrong = this.#wrong;
    if (wrong.length === 0) return nothing;
    return html`<div class="error-summary" tabindex="-1" role="group" aria-labelledby="wrong"><h2 id="wrong">${t('error.summary', { n: wrong.length })}</h2>
      <ul>${wrong.map(one => html`<li><a href=${`#${itemId(one.key)}`} @click=${event => {
        event.preventDefault();
        this.#focus(one.key);
      }}>${this.#named(one)}</a></li>`)}</ul></div>`;
  }

  #named(finding) {
    const item = this.#entries.find(finding.key);
    return item?.text ? html`<span lang=${this.view.language}>${item.text}</span>: ${this.problem(finding)}` : this.problem(finding);
  }

  // What the fields of a page ask of it.

  get language() {
    return this.view.language;
  }

  /** The words for what is to be put right; the form's own where it has some. */
  problem({ code, detail }) {
    return code === 'constraint' && detail ? html`<span lang=${this.view.language}>${detail}</span>` : t(`own.problem.${code}`, { detail });
  }

  wrongAt(key) {
    return this.#wrong.filter(one => one.key === key);
  }

  valuesOf(item) {
    return this.#entries.valuesOf(item);
  }

  /** What was put in; saved at once, so that the server can say what follows from it. */
  put(item, given) {
    this.#entries.put(item.key, given);
    this.requestUpdate();
    return this.#save();
  }

  addGroup(key) {
    return this.#change({ add: key });
  }

  removeGroup(key) {
    return this.#change({ remove: key });
  }

  async #change(change) {
    await this.#save(change);
    await this.updateComplete;
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  /** What is lost by nobody: a connection that is gone is met by the next press. @returns whether all is saved */
  async #save(change) {
    const before = this.#page ? new Set(questions(this.#page.items).map(item => item.key)) : undefined;
    try {
      await this.#entries.save(change);
      this.#newer = false;
      if (before && this.#page) this.#tell(before);
      return true;
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.slug !== 'changed-meanwhile') {
        this.fail(problem);
        return false;
      }
      await this.reload();
      this.#newer = true;
      if (!this.#page) this.#step = 'notice';
      await this.moved();
      return false;
    } finally {
      this.requestUpdate();
    }
  }

  #tell(before) {
    const now = questions(this.#page.items).map(item => item.key);
    const added = now.filter(key => !before.has(key)).length;
    const gone = [...before].filter(key => !now.includes(key)).length;
    const said = [added && t('own.appeared', { n: added }), gone && t('own.gone', { n: gone })].filter(Boolean);
    this.say(said.length ? said.join(' ') : t('own.saved'));
  }

  /** A page may have gone with the answer that it depended on. */
  #arrived() {
    this.requestUpdate();
  }

  #firstOpen() {
    const open = this.#entries.open()[0];
    const page = open && this.#pages.find(one => questions(one.items, true).some(item => item.key === open.key));
    return (page ?? this.#pages[0]).id;
  }

  #before() {
    if (this.#step === 'review') return this.#pages.at(-1).id;
    return this.#pages[this.#place.n - 2]?.id ?? 'notice';
  }

  #after() {
    return this.#pages[this.#place.n]?.id ?? 'review';
  }

  async #go(step, item) {
    this.#step = step;
    await this.moved();
    if (item) this.#focus(item.key);
  }

  /** Back: nothing keeps anybody. */
  async #leave(step) {
    if (this.#entries.isUnsaved() && !(await this.#save())) return;
    await this.#go(step);
  }

  async #goOn() {
    if (this.#entries.isUnsaved() && !(await this.#save())) return;
    this.#tried.add(this.#step);
    if (this.#wrong.length === 0) {
      this.#tried.delete(this.#step);
      await this.#go(this.#after());
      return;
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('.error-summary')?.focus();
  }

  async #focus(key) {
    this.requestUpdate();
    await this.updateComplete;
    const target = document.getElementById(itemId(key));
    (target?.matches('input, select, textarea') ? target : target?.querySelector('input, select, textarea, button'))?.focus();
  }

  async #askForHelp() {
    this.#help = this.#step === 'help' ? this.#help : this.#step;
    await this.#go('help');
    if (this.#entries.isUnsaved()) await this.#save();
  }

  async #send() {
    const open = this.#entries.open()[0];
    if (open) {
      const page = this.#pages.find(one => questions(one.items, true).some(item => item.key === open.key)) ?? this.#pages[0];
      this.#tried.add(page.id);
      await this.#go(page.id);
      return;
    }
    try {
      await this.#entries.send();
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.slug !== 'changed-meanwhile') throw problem;
      await this.reload();
      this.#newer = true;
      await this.moved();
      return;
    }
    await this.#go('sent');
  }

  /** Whoever puts the phone away has saved. */
  #onHidden = () => {
    if (document.hidden && this.#page && this.#entries.isUnsaved()) this.#save();
  };

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onHidden);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onHidden);
  }
}

/** Those that have or can have an answer, with those below. @param all groups too */
function questions(items, all = false) {
  return items.flatMap(item => [...(all || !['group', 'display'].includes(item.type) ? [item] : []), ...questions(item.items, all)]);
}

customElements.define('epr-form', EprForm);
