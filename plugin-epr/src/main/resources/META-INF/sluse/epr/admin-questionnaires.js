// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, banner, button, day, html, list, messages, nothing, status, stylesheet, submit, table } from 'kit';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');

/** What can be asked, in which languages and under which licence; and the place where the clinic brings the texts that it has a licence for. */
class EprAdminQuestionnaires extends StaffPage {
  static plugin = 'epr';
  #issues = [];
  form = new Form(this, { t });
  standing = new Form(this, { t });
  bringing = new Form(this, { t });
  #formIssues = [];

  async load(signal) {
    [this.instruments, this.forms, this.deputy] = await Promise.all([api.get('epr/instruments', { signal }).then(found => found.instruments), api.get('epr/forms', { signal }).then(found => found.forms), api.get('epr/deputy', { signal })]);
    this.ready = this.instruments.filter(one => one.languages.length);
  }

  heading() {
    return t('catalogue.title', { n: this.ready.length, of: this.instruments.length });
  }

  lead() {
    return t('catalogue.lead');
  }

  main() {
    return html`<div class="stack">
      ${table({ caption: t('catalogue.caption'), rows: this.instruments, columns: [
        { label: t('column.questionnaire'), head: true, cell: one => html`${one.title}<div class="second">${t('catalogue.questions', { n: one.items })}</div>` },
        { label: t('column.state'), cell: one => (one.languages.length
          ? html`${status('ok', t('catalogue.ready'))}<div class="second">${list(one.languages.map(each => t(`language.${each}`)))}</div>`
          : status('off', t('catalogue.text-missing'))) },
        { label: t('catalogue.licence'), cell: one => this.#licence(one) }] })}
      ${this.#issues.length ? this.#refused('wording-issues', this.#issues, t('catalogue.refused', { n: this.#issues.length })) : nothing}
      ${this.#bring()}
      ${this.#own()}</div>`;
  }

  /** Questionnaires that are in no catalogue. */
  #own() {
    return html`<section class="stack"><h2>${t('own.title')}</h2><p>${t('own.what')}</p>
      ${this.forms.length ? table({ caption: t('own.caption'), rows: this.forms, columns: [
        { label: t('column.questionnaire'), head: true, cell: one => html`<span lang=${one.languages[0]}>${one.title}</span><div class="second">${t('catalogue.questions', { n: one.questions })}</div>` },
        { label: t('own.address'), cell: one => html`<span class="epr-place">${one.url}</span><div class="second epr-place">${t('own.version', { version: one.version })}</div>` },
        { label: t('own.languages'), cell: one => list(one.languages.map(each => t(`language.${each}`))) },
        { label: t('own.brought'), cell: one => t('own.brought-by', { when: day(one.at), name: one.by || t('catalogue.somebody') }) }] }) : html`<p class="second">${t('own.none')}</p>`}
      ${this.#formIssues.length ? this.#refused('form-issues', this.#formIssues, t('own.refused', { n: this.#formIssues.length })) : nothing}</section>
      <section class="sheet padded"><h2>${t('own.bring')}</h2>${this.bringing.draw(html`<div class="stack">
        <div class="field"><label for="own-file">${t('catalogue.file')}</label>
          <p class="hint" id="own-file-hint">${t('catalogue.file-hint')}</p>
          <input type="file" id="own-file" accept=".json,application/json,application/fhir+json" aria-describedby="own-file-hint" @change=${event => this.#read(event, 'questionnaire')}></div>
        ${this.bringing.field({ name: 'questionnaire', also: ['file'], type: 'textarea', rows: 6, label: t('catalogue.content'), hint: t('catalogue.content-hint'), required: true })}
        ${this.bringing.field({ name: 'language', type: 'select', label: t('own.language'), hint: t('own.language-hint'), value: '',
          options: [{ value: '', label: t('own.language-none') }, ...['nb', 'de', 'en'].map(each => ({ value: each, label: t(`language.${each}`) }))] })}
        <div class="buttons">${submit(t('own.bring-do'), { kind: 'outlined' })}</div></div>`, values => this.#bringForm(values))}</section>`;
  }

  async #bringForm({ questionnaire: file, language }) {
    this.#formIssues = [];
    try {
      await api.post('epr/forms', { file, ...(language ? { language } : {}) });
    } catch (problem) {
      this.#formIssues = (problem.errors ?? []).filter(error => error.pointer.startsWith('/file'));
      if (this.#formIssues.length === 0) throw problem;
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector('#form-issues')?.focus();
      return;
    }
    this.bringing.clear();
    await this.reload();
    this.say(t('own.brought-now'));
  }

  /** Who looks when nobody reviews a safety question. */
  aside() {
    const { deputy, practitioners } = this.deputy;
    const gone = deputy && !deputy.name;
    return html`<section class="sheet padded"><h2>${t('deputy.title')}</h2>
      ${gone ? banner('wait', t('deputy.gone')) : html`<p>${deputy ? t('deputy.now', { name: deputy.name, n: deputy.afterMinutes }) : t('deputy.none')}</p>`}
      ${practitioners.length === 0 ? html`<p class="second">${t('deputy.nobody')}</p>` : this.standing.draw(html`<div class="stack">
        ${this.standing.field({ name: 'practitioner', type: 'select', label: t('deputy.who'), hint: t('deputy.who-hint'), value: gone ? practitioners[0].id : deputy?.practitioner ?? practitioners[0].id,
          options: practitioners.map(one => ({ value: one.id, label: one.name })) })}
        ${this.standing.field({ name: 'afterMinutes', type: 'integer', label: t('deputy.after'), unit: t('deputy.minutes'), required: true, short: true, value: deputy?.afterMinutes ?? 60 })}
        <div class="buttons">${submit(t('deputy.set'), { kind: 'outlined' })}
          ${deputy ? button(t('deputy.remove'), { kind: 'bare', press: () => this.#remove() }) : nothing}</div></div>`, values => this.#set(values))}</section>`;
  }

  async #set(values) {
    await api.put('epr/deputy', values);
    this.standing.clear();
    await this.reload();
    this.say(t('deputy.saved'));
  }

  async #remove() {
    await api.delete('epr/deputy');
    this.standing.clear();
    await this.reload();
    this.say(t('deputy.saved'));
  }

  #licence(one) {
    return html`${one.shipped ? html`<p class="detail" lang="en">${one.notice}</p>` : html`<p>${t(`catalogue.why.${one.id}`)}</p>`}
      ${one.wordings.map(own => html`<p>${t('catalogue.brought', { language: t(`language.${own.language}`), when: day(own.at), name: own.by || t('catalogue.somebody') })}</p>
        <p class="second detail" lang=${own.language}>${own.notice}</p>`)}`;
  }

  #bring() {
    const first = this.instruments.find(one => one.languages.length === 0) ?? this.instruments[0];
    return html`<section class="sheet padded"><h2>${t('catalogue.bring')}</h2>
      <p>${t('catalogue.bring-what')}</p>
      ${this.form.draw(html`<div class="stack">
        ${this.form.field({ name: 'instrument', type: 'select', label: t('patient.instrument'), value: first.id,
          options: this.instruments.map(one => ({ value: one.id, label: one.title })) })}
        <div class="field"><label for="wording-file">${t('catalogue.file')}</label>
          <p class="hint" id="wording-file-hint">${t('catalogue.file-hint')}</p>
          <input type="file" id="wording-file" accept=".json,application/json,application/fhir+json" aria-describedby="wording-file-hint" @change=${event => this.#read(event)}></div>
        ${this.form.field({ name: 'file', type: 'textarea', rows: 6, label: t('catalogue.content'), hint: t('catalogue.content-hint'), required: true })}
        <div class="buttons">${submit(t('catalogue.bring-do'))}</div></div>`, values => this.#send(values))}</section>`;
  }

  /** What the file has wrong, where, in words and as the server says it. */
  #refused(id, issues, sentence) {
    return html`<div class="stack" id=${id} tabindex="-1">${banner('stop', sentence, { icon: 'refused' })}
      ${table({ caption: t('catalogue.issues'), rows: issues, columns: [
        { label: t('catalogue.place'), head: true, cell: issue => html`<span class="epr-place" lang="en">${placeOf(issue.pointer)}</span>` },
        { label: t('catalogue.issue'), cell: issue => html`${t(`error.${issue.code}`)}<div class="second detail epr-place" lang="en">${issue.detail}</div>` }] })}</div>`;
  }

  /** The file stays in the form until it is sent, so that it can be looked at. */
  async #read(event, name = 'file') {
    const [file] = event.target.files;
    if (!file) return;
    const field = event.target.form.elements.namedItem(name);
    field.value = await file.text();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async #send({ instrument, file }) {
    this.#issues = [];
    try {
      await api.post(`epr/instruments/${instrument}/wordings`, { file });
    } catch (problem) {
      this.#issues = (problem.errors ?? []).filter(error => error.pointer.startsWith('/file/'));
      if (this.#issues.length === 0) throw problem;
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector('#wording-issues')?.focus();
      return;
    }
    this.form.clear();
    await this.reload();
    this.say(t('catalogue.brought-now'));
  }
}

/** "item[1].answerOption[0]", as FHIRPath has it within the questionnaire. */
const placeOf = pointer => pointer.replace(/^\/file\/?/, '').replaceAll(/\/(\d+)/g, '[$1]').replaceAll('/', '.');

customElements.define('epr-admin-questionnaires', EprAdminQuestionnaires);
