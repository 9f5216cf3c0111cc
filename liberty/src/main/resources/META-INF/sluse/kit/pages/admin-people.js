// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, button, confirm, html, moment, nothing, submit, t, table } from 'kit';

/** Who may sign in, and as what. */
class People extends StaffPage {
  form = new Form(this);
  correction = new Form(this);
  /** Whom somebody is putting right, as they were when the form opened. */
  #correcting;

  async load(signal) {
    this.people = (await api.get('core/people', { signal })).people;
  }

  heading() {
    return t('people.title', { n: this.people.length });
  }

  lead() {
    return t('people.lead');
  }

  main() {
    return html`<div class="stack">
      ${this.#correcting ? this.#correction(this.#correcting) : nothing}
      ${table({
        caption: t('people.caption'),
        rows: this.people,
        columns: [
          { label: t('people.name'), head: true, cell: person => html`${person.name}${person.you ? html` <span class="second">${t('people.you')}</span>` : nothing}` },
          { label: t('people.roles'), cell: person => person.roles.map(role => t(`role.${role.toLowerCase()}`)).join(', ') },
          { label: t('people.subject'), cell: person => html`<span class="second">${person.subject}</span>` },
          { label: t('people.do'), hideLabel: true, figure: true, cell: person => html`<div class="buttons">${
            button(t('people.correct'), { kind: 'link', about: person.name, press: () => this.#open(person) })}${this.#removal(person)}</div>` },
        ],
      })}
      <section><h2>${t('people.add-title')}</h2>
        ${this.form.draw(html`
          ${this.form.field({ name: 'name', label: t('people.name'), hint: t('people.name-hint'), required: true, maxlength: 80 })}
          ${this.form.field({ name: 'subject', label: t('people.subject'), hint: t('people.subject-hint'), required: true, maxlength: 255 })}
          ${rolesOf(this.form)}
          ${submit(t('people.add'))}`, values => this.#add(values))}
      </section>
    </div>`;
  }

  async #open(person) {
    this.earlier = (await api.get(`core/people/${person.id}/earlier`)).earlier;
    this.#correcting = person;
    this.correction.clear();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector('.correction input[name=name]')?.focus();
  }

  #correction(person) {
    return html`<section class="sheet padded correction"><h2>${t('people.correct-title', { name: person.name })}</h2>${this.correction.draw(html`<div class="stack">
      ${this.correction.field({ name: 'name', label: t('people.name'), hint: t('people.name-hint'), required: true, maxlength: 80, value: person.name })}
      ${rolesOf(this.correction, [...person.roles].map(role => role.toUpperCase()).sort().join(' '))}
      ${person.you ? nothing : html`<p class="second">${t('people.correct-hint')}</p>`}
      <div class="buttons">${submit(t('people.correct-do'))}${button(t('cancel'), { kind: 'bare', press: () => this.#close() })}</div></div>`, values => this.#correct(person, values))}
      ${earlierTable(this.earlier)}</section>`;
  }

  async #correct(person, { name, role }) {
    await api.put(`core/people/${person.id}`, { name, roles: role.split(' ') }, { headers: { 'If-Match': `"${person.version}"` } });
    await this.reload();
    await this.#close();
    this.say(t('people.corrected', { name }));
  }

  async #close() {
    this.#correcting = undefined;
    this.correction.clear();
    await this.moved();
  }

  #removal(person) {
    return this.#isLastAdministrator(person)
      ? html`<span class="detail">${t('people.last')}</span>`
      : button(t('people.remove'), { about: person.name, press: () => this.#remove(person) });
  }

  #isLastAdministrator(person) {
    const isOne = each => each.roles.some(role => role.toLowerCase() === 'administrator');
    return isOne(person) && this.people.filter(isOne).length === 1;
  }

  async #add({ role, ...person }) {
    await api.post('core/people', { ...person, roles: role.split(' ') });
    this.form.clear();
    await this.reload();
    this.toast(t('people.added', { name: person.name }));
  }

  async #remove(person) {
    const sure = await confirm({ question: t('people.remove-question', { name: person.name }), text: t('people.remove-text'), act: t('people.remove') });
    if (!sure) return;
    await api.delete(`core/people/${person.id}`);
    await this.reload();
    this.toast(t('people.removed', { name: person.name }));
  }
}

/** What somebody may do here. */
function rolesOf(form, value) {
  return form.field({ name: 'role', also: ['roles'], type: 'choice', label: t('people.may'), required: true, missing: t('error.roles'), value, options: [
    { value: 'PRACTITIONER', label: t('role.practitioner'), hint: t('people.practitioner-hint') },
    { value: 'ADMINISTRATOR', label: t('role.administrator'), hint: t('people.administrator-hint') },
    { value: 'ADMINISTRATOR PRACTITIONER', label: t('people.both') },
  ] });
}

/** What stood in the list before, the latest first. */
function earlierTable(earlier) {
  if (earlier.length === 0) return nothing;
  return table({ caption: t('people.earlier'), rows: earlier, columns: [
    { label: t('people.name'), head: true, cell: each => each.name },
    { label: t('people.roles'), cell: each => each.roles.map(role => t(`role.${role}`)).join(', ') },
    { label: t('people.earlier-until'), cell: each => moment(each.until) },
    { label: t('people.earlier-by'), cell: each => each.by || t('people.earlier-operator') }] });
}

customElements.define('sluse-admin-people', People);
