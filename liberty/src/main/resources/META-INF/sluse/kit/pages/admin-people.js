// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, button, confirm, html, nothing, submit, t, table } from 'kit';

/** Who may sign in, and as what. */
class People extends StaffPage {
  form = new Form(this);

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
      ${table({
        caption: t('people.caption'),
        rows: this.people,
        columns: [
          { label: t('people.name'), head: true, cell: person => html`${person.name}${person.you ? html` <span class="second">${t('people.you')}</span>` : nothing}` },
          { label: t('people.roles'), cell: person => person.roles.map(role => t(`role.${role.toLowerCase()}`)).join(', ') },
          { label: t('people.subject'), cell: person => html`<span class="second">${person.subject}</span>` },
          { label: t('people.remove'), hideLabel: true, figure: true, cell: person => this.#removal(person) },
        ],
      })}
      <section><h2>${t('people.add-title')}</h2>
        ${this.form.draw(html`
          ${this.form.field({ name: 'name', label: t('people.name'), hint: t('people.name-hint'), required: true, maxlength: 80 })}
          ${this.form.field({ name: 'subject', label: t('people.subject'), hint: t('people.subject-hint'), required: true, maxlength: 255 })}
          ${this.form.field({ name: 'role', also: ['roles'], type: 'choice', label: t('people.may'), required: true, missing: t('error.roles'), options: [
            { value: 'PRACTITIONER', label: t('role.practitioner'), hint: t('people.practitioner-hint') },
            { value: 'ADMINISTRATOR', label: t('role.administrator'), hint: t('people.administrator-hint') },
            { value: 'ADMINISTRATOR PRACTITIONER', label: t('people.both') },
          ] })}
          ${submit(t('people.add'))}`, values => this.#add(values))}
      </section>
    </div>`;
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

customElements.define('sluse-admin-people', People);
