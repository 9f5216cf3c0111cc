// SPDX-License-Identifier: Apache-2.0
import { Form, api, button, confirm, day, html, language, list, messages, moment, nothing, stylesheet, submit, table } from 'kit';
import { PatientsPage } from './changes.js';
import { assessmentState, flagState, nameOf, scoreText } from './common.js';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** One patient: what was asked, what came of it, and asking again. */
class EprPatient extends PatientsPage {
  #assigned;
  #correcting = false;
  #seen;
  form = new Form(this, { t });
  correction = new Form(this, { t });

  async load(signal) {
    [this.patient, this.assessments, this.catalogue, this.forms] = await Promise.all([
      api.get(`epr/patients/${this.arg}`, { signal }),
      this.#asked(signal),
      api.get('epr/instruments', { signal }),
      api.get('epr/forms', { signal }).then(found => found.forms)]);
  }

  /** Questionnaires of the catalogue and of the clinic's own in one list, the latest first. */
  async #asked(signal) {
    const query = { patient: this.arg };
    const [instruments, forms] = await Promise.all([api.get('epr/assessments', { signal, query }), api.get('epr/form-assessments', { signal, query })]);
    return [...instruments.assessments, ...forms.assessments.map(one => ({ ...one, isForm: true }))].sort((a, b) => b.assignedAt.localeCompare(a.assignedAt));
  }

  crumbs() {
    return [{ label: t('nav.patients'), href: this.link('patients') }];
  }

  heading() {
    return t('patient.title', { name: nameOf(this.patient), n: this.assessments.length });
  }

  lead() {
    return t('patient.number', { number: this.patient.number });
  }

  actions() {
    return this.#correcting ? nothing : button(t('patient.correct'), { icon: 'agreement', press: () => this.#correct() });
  }

  async #correct() {
    this.earlier = (await api.get(`epr/patients/${this.arg}/earlier`)).earlier;
    this.#correcting = true;
    // The page reads again by itself: what is corrected is what was there when the form opened.
    this.#seen = this.patient.version;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('input[name=number]')?.focus();
  }

  #correction() {
    return html`<section class="sheet padded"><h2>${t('patient.correct')}</h2>${this.correction.draw(html`<div class="stack">
      ${this.correction.field({ name: 'number', label: t('patients.number'), hint: t('patient.correct-hint'), required: true, maxlength: 40, value: this.patient.number })}
      ${this.correction.field({ name: 'name', label: t('patients.name'), hint: t('patients.name-hint'), required: false, maxlength: 80, value: this.patient.name })}
      <div class="buttons">${submit(t('patient.correct-do'))}${button(t('cancel'), { kind: 'bare', press: () => this.#corrected() })}</div></div>`, async values => {
      await api.put(`epr/patients/${this.arg}`, values, { headers: { 'If-Match': `"${this.#seen}"` } });
      await this.reload();
      await this.#corrected();
      this.say(t('patient.corrected'));
    })}${this.#earlier()}</section>`;
  }

  /** What stood there before, for whoever wonders, or has to put it back. */
  #earlier() {
    if (this.earlier.length === 0) return nothing;
    return table({ caption: t('patient.earlier'), rows: this.earlier, columns: [
      { label: t('patients.number'), head: true, cell: each => each.number },
      { label: t('patients.name'), cell: each => each.name },
      { label: t('patient.earlier-until'), cell: each => moment(each.until) },
      { label: t('patient.earlier-by'), cell: each => each.by }] });
  }

  async #corrected() {
    this.#correcting = false;
    this.correction.clear();
    await this.moved();
  }

  main() {
    return html`${this.#correcting ? this.#correction() : nothing}${this.#results()}`;
  }

  #results() {
    if (this.assessments.length === 0) return html`<p>${t('patient.none')}</p>`;
    return table({ caption: t('patient.results'), rows: this.assessments, tone: each => (each.flag && !each.flag.acknowledged ? 'stop' : undefined), columns: [
      { label: t('column.questionnaire'), head: true, cell: each => html`<a href=${this.link(`${each.isForm ? 'forms' : 'results'}/${each.id}`)}>${each.title}, ${day(each.assignedAt)}</a>` },
      { label: t('column.state'), cell: each => html`<div>${assessmentState(each)}</div><div>${flagState(each)}</div>` },
      { label: t('column.score'), cell: each => (each.score ? scoreText(each.score) : each.state === 'COMPLETED' && !each.isForm ? t('score.none') : nothing) },
      { label: t('column.do'), hideLabel: true, cell: each => this.#actions(each) }] });
  }

  #actions(one) {
    if (!['ASSIGNED', 'DRAFT'].includes(one.state)) return nothing;
    return html`<div class="buttons">
      ${button(t('patient.new-link'), { kind: 'link', about: one.title, press: async () => this.#show(await api.post(`${pathOf(one)}/link`)) })}
      ${button(t('patient.withdraw'), { kind: 'link', about: one.title, press: () => this.#withdraw(one) })}</div>`;
  }

  aside() {
    const { crisisLine, emergencyNumber } = this.catalogue;
    const instruments = this.#sendable();
    const others = this.catalogue.instruments.filter(one => one.languages.length === 0);
    const chosen = instruments.find(one => one.id === this.form.value('instrument')) ?? instruments[0];
    const languages = chosen.languages;
    return html`
      ${this.#assigned ? html`<section class="sheet padded"><h2>${t('patient.link')}</h2>
        <p class="epr-link"><a href=${this.#assigned.link}>${this.#address()}</a></p>
        <p class="second">${t('patient.link-hint', { until: moment(this.#assigned.expires) })}</p>
        <div class="buttons">${button(t('patient.copy'), { icon: 'copy', press: async () => {
          await navigator.clipboard.writeText(this.#address());
          this.toast(t('patient.copied'));
        } })}</div></section>` : nothing}
      <section class="sheet padded" @change=${event => event.target.name === 'instrument' && this.#chosen(event.target)}><h2>${t('patient.assign')}</h2>${this.form.draw(html`<div class="stack">
        ${this.form.field({ name: 'instrument', type: 'select', label: t('patient.instrument'), value: chosen.id,
          options: instruments.map(one => ({ value: one.id, label: one.title })) })}
        ${this.form.field({ name: 'language', type: 'select', label: t('patient.language'), value: preferred(languages),
          hint: `${t('patient.languages', { languages: list(languages.map(one => t(`language.${one}`))) })}${
            languages.includes(language) ? '' : ` ${t('patient.no-wording', { title: chosen.title, language: t(`language.${language}`) })}`}`,
          options: languages.map(one => ({ value: one, label: t(`language.${one}`) })) })}
        ${others.length ? html`<p class="second">${t('patient.not-sendable', { titles: list(others.map(one => one.title)) })}</p>` : nothing}
        <p class="second">${t('patient.numbers', { line: crisisLine, emergency: emergencyNumber })}</p>
        <div class="buttons">${submit(t('patient.assign-do'))}</div></div>`, async values => {
        const { instrument, ...rest } = values;
        const isForm = this.forms.some(one => one.id === instrument);
        this.#show(await (isForm ? api.post('epr/form-assessments', { patient: this.arg, form: instrument, ...rest }) : api.post('epr/assessments', { patient: this.arg, ...values })));
        await this.reload();
      })}</section>`;
  }

  #sendable() {
    return [...this.catalogue.instruments.filter(one => one.languages.length), ...this.forms];
  }

  /** Each questionnaire has its own languages. */
  async #chosen({ value, form }) {
    this.requestUpdate();
    await this.updateComplete;
    const field = form.elements.namedItem('language');
    field.value = preferred(this.#sendable().find(one => one.id === value).languages);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #address() {
    return `${location.origin}${this.#assigned.link}`;
  }

  #show(assigned) {
    this.#assigned = assigned;
    this.say(t('patient.link'));
  }

  async #withdraw(one) {
    const sure = await confirm({ question: t('patient.withdraw-ask', { title: one.title }), text: t('patient.withdraw-text'), act: t('patient.withdraw'), safe: t('patient.stay') });
    if (!sure) return;
    await api.post(`${pathOf(one)}/withdrawal`);
    this.#assigned = undefined;
    await this.reload();
  }
}

const pathOf = one => `epr/${one.isForm ? 'form-assessments' : 'assessments'}/${one.id}`;

/** The page's language where it is one of these, else the first. */
const preferred = languages => (languages.includes(language) ? language : languages[0]);

customElements.define('epr-patient', EprPatient);
