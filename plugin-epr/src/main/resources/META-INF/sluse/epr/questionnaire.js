// SPDX-License-Identifier: Apache-2.0
import { PatientPage, api, banner, button, choiceList, html, icon, language, list, messages, moment, nothing, stylesheet, time } from 'kit';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');
const declined = 'declined';

/** What a patient answers: notice, one question a screen, a look at the answers, sent. Nothing of the answers stays in the browser. */
class EprQuestionnaire extends PatientPage {
  static plugin = 'epr';
  #link;
  #step = 'notice';
  #chosen;
  #missing = false;
  #help;

  async load(signal) {
    const code = location.hash.slice(1);
    if (!code) return;
    this.#link ??= (await api.post('epr/questionnaire/exchange', { code }, { signal })).link;
    this.form = await api.get('epr/questionnaire', this.#with({ signal }));
    this.clinicName = this.form.clinic;
    if (this.form.state === 'COMPLETED' && this.#step !== 'help') this.#step = 'sent';
  }

  #with(options = {}) {
    return { ...options, headers: { 'X-Sluse-Link': this.#link } };
  }

  get #index() {
    return typeof this.#step === 'number' ? this.#step : -1;
  }

  get #item() {
    return this.form.items[this.#step];
  }

  get #firstOpen() {
    const open = this.form.items.findIndex(item => !(item.linkId in this.form.answers));
    return open < 0 ? 'review' : open;
  }

  heading() {
    if (!this.form) return t('form.no-code');
    if (this.form.state === 'WITHDRAWN') return t('form.withdrawn-title');
    if (this.#index >= 0) return html`<span lang=${this.form.language}>${this.#item.text}</span>`;
    return {
      notice: () => t('form.title', { clinic: this.form.clinic, title: this.form.title }),
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
      <p class="second epr-stem" lang=${this.form.language}>${this.form.stem}</p>
      ${super.head()}`;
  }

  lead() {
    if (!this.form) return nothing;
    if (this.form.state === 'WITHDRAWN') return t('form.withdrawn-lead');
    if (this.#step === 'notice') return `${t('form.lead', { n: this.form.items.length })}${this.form.language === language ? ''
      : ` ${t('form.asked-in', { language: t(`language.${this.form.language}`) })}`}`;
    if (this.#step === 'sent') return t('form.sent-lead', { clinic: this.form.clinic, time: moment(this.form.sentAt) });
    return nothing;
  }

  headerStart() {
    if (!this.form || this.#index < 0 && this.#step !== 'review') return super.headerStart();
    return html`<div class="epr-back">${button(t('form.back'), { kind: 'bare', icon: 'left', press: () => this.#leave(this.#back()) })}</div>`;
  }

  headerEnd() {
    if (!this.form || this.#index < 0) return super.headerEnd();
    return this.form.savedAt ? html`<span class="status status-ok epr-saved">${icon('check')}<span>${t('form.saved', { time: time(this.form.savedAt) })}</span></span>` : nothing;
  }

  banners() {
    return this.#missing ? html`<div id="question-error">${banner('stop', t('form.missing'), { icon: 'refused' })}</div>` : nothing;
  }

  offlineText() {
    return t('form.offline');
  }

  main() {
    if (!this.form || this.form.state === 'WITHDRAWN') return nothing;
    if (this.#index >= 0) return this.#question();
    return { notice: () => this.#notice(), help: () => this.#helpPage(), review: () => this.#review(), sent: () => this.#sent() }[this.#step]();
  }

  foot() {
    if (!this.form || this.form.state === 'WITHDRAWN') return nothing;
    if (this.#step === 'sent') return this.form.help ? nothing : this.#helpLink();
    const actions = {
      notice: () => button(this.form.savedAt ? t('form.go-on') : t('form.begin'), { kind: 'filled', press: () => this.#go(this.#firstOpen) }),
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

  #notice() {
    return html`<section class="stack"><h2>${t('form.who')}</h2><ul class="points">
        <li>${icon('deliver')}<span>${t('form.goes')}</span></li>
        ${this.form.recipients.map(one => html`<li>${icon('share')}<span>${t('form.then', { name: html`<strong>${one.name}</strong>`, address: one.address,
          fields: list(one.fields.map(key => t(key))) })}</span></li>`)}
        <li>${icon('ok')}<span>${t('form.saved-here')}</span></li>
        <li>${icon('person')}<span>${t('form.rights')}</span></li></ul>
      <details class="epr-more"><summary>${t('form.more')}</summary><dl>${['purpose', 'data', 'retention', 'basis'].map(each =>
        html`<dt>${t(`form.${each}`)}</dt><dd>${t(this.form.activity[each])}</dd>`)}</dl></details>
      ${this.#copyright()}</section>`;
  }

  #copyright() {
    return html`<p class="second detail" lang="en">${this.form.title}: ${this.form.notice}</p>`;
  }

  #question() {
    return html`<div class="stack" lang=${this.form.language}>${choiceList({
      id: 'question', name: this.#item.linkId, legend: this.#item.text, hideLegend: true, value: this.#chosen ?? this.form.answers[this.#item.linkId],
      options: this.form.choices.map(choice => ({ value: choice.code, label: choice.text })),
      error: this.#missing, describedby: this.#missing ? 'question-error' : undefined,
      change: value => { this.#chosen = value; this.#missing = false; this.requestUpdate(); },
    })}</div>
    <p>${button(t('form.skip'), { kind: 'link', press: () => this.#saveAndGo({ declined: true }) })}</p>`;
  }

  #helpPage() {
    const { crisisLine, emergencyNumber } = this.form;
    return html`<div class="stack">
      <p>${t('form.help', { line: html`<strong>${crisisLine}</strong>`, emergency: html`<strong>${emergencyNumber}</strong>` })}</p>
      ${this.form.help ? html`<p class="second">${t('form.help-told')}</p>` : nothing}
      <div class="buttons">${[crisisLine, emergencyNumber].map(each => html`<a class="button outlined" href=${`tel:${each.replaceAll(' ', '')}`}><span class="button-label">${
        icon('phone')}<span>${t('form.call', { number: each })}</span></span></a>`)}</div></div>`;
  }

  #review() {
    const open = this.form.items.filter(item => !(item.linkId in this.form.answers)).length;
    return html`<div class="stack">
      ${open ? banner('wait', t('form.review-open', { n: open })) : nothing}
      <ol class="sheet rows epr-review">${this.form.items.map((item, index) => html`<li class="row"><div class="grow">
        <span class="second" lang=${this.form.language}>${item.text}</span>
        <strong lang=${this.form.language}>${this.#spoken(item.linkId)}</strong></div>
        ${button(t('form.change'), { kind: 'link', about: item.text, press: () => this.#go(index) })}</li>`)}</ol>
      <p class="second">${t('form.goes')} ${this.form.recipients.map(one =>
        t('form.then', { name: one.name, address: one.address, fields: list(one.fields.map(key => t(key))) }))}</p></div>`;
  }

  #spoken(linkId) {
    const answer = this.form.answers[linkId];
    if (answer === undefined) return t('form.open');
    return answer === declined ? t('form.skipped') : this.form.choices.find(choice => choice.code === answer)?.text;
  }

  #sent() {
    return html`${this.form.help ? this.#helpPage() : nothing}${this.#copyright()}`;
  }

  #back() {
    if (this.#step === 'review') return this.form.items.length - 1;
    return this.#step === 0 ? 'notice' : this.#step - 1;
  }

  #next() {
    return this.#step + 1 < this.form.items.length ? this.#step + 1 : 'review';
  }

  async #go(step) {
    this.#step = step;
    this.#chosen = undefined;
    this.#missing = false;
    await this.moved();
  }

  /** @param then the step that follows the help page */
  #showHelp(then) {
    this.#help = then;
    return this.#go('help');
  }

  async #askForHelp() {
    const from = this.#step;
    if (this.#chosen !== undefined) await this.#save({ code: this.#chosen });
    return this.#showHelp(from);
  }

  /** Another question without "Next": what has been chosen is saved first, so that nothing is lost. */
  #leave(step) {
    return this.#chosen === undefined ? this.#go(step) : this.#saveAndGo({ code: this.#chosen }, step);
  }

  #goOn() {
    if (this.#chosen !== undefined) return this.#saveAndGo({ code: this.#chosen });
    if (this.#item.linkId in this.form.answers) return this.#go(this.#next());
    this.#missing = true;
    this.say(t('form.missing'));
    this.querySelector('#question input')?.focus();
    return undefined;
  }

  /** Help comes at once, before the step that was wanted. */
  async #saveAndGo(answer, step = this.#next()) {
    return (await this.#save(answer)) ? this.#showHelp(step) : this.#go(step);
  }

  /** Whether help is to be shown now. */
  async #save(answer) {
    const { linkId } = this.#item;
    const saved = await api.put(`epr/questionnaire/answers/${linkId}`, answer, this.#with());
    this.form.answers[linkId] = answer.code ?? declined;
    this.form.savedAt = saved.savedAt;
    this.form.help ||= saved.help;
    return saved.help;
  }

  /** Whoever puts the phone away has saved. A connection that is lost then is met by the next press. */
  #onHidden = () => {
    if (document.hidden && this.#index >= 0 && this.#chosen !== undefined) {
      this.#save({ code: this.#chosen }).then(() => this.requestUpdate(), () => undefined);
    }
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
    const open = this.#firstOpen;
    if (open !== 'review') return this.#go(open);
    const sent = await api.post('epr/questionnaire/send', {}, this.#with());
    this.form.state = sent.state;
    this.form.sentAt = sent.sentAt;
    return this.#go('sent');
  }
}

customElements.define('epr-questionnaire', EprQuestionnaire);
