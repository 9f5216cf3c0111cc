// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, html, moment, nothing, submit, t, table } from 'kit';

/** How the list of people calls whoever is signed in, and how they put it right. */
class Me extends StaffPage {
  form = new Form(this);

  async load(signal) {
    [this.entry, { earlier: this.earlier }] = await Promise.all([
      api.get('core/me/entry', { signal }), api.get('core/me/entry/earlier', { signal })]);
  }

  heading() {
    return t('me.title');
  }

  lead() {
    return t('me.lead');
  }

  main() {
    const { name, version, roles } = this.entry;
    return html`<div class="stack"><div class="sheet padded">${this.form.draw(html`
      ${this.form.field({ name: 'name', label: t('people.name'), hint: t('people.name-hint'), required: true, maxlength: 80, value: name })}
      <p class="second">${t('me.roles', { roles: roles.map(role => t(`role.${role}`)).join(', ') })}</p>
      <div class="buttons">${submit(t('save'))}</div>`, async values => {
      await api.put('core/me/entry', values, { headers: { 'If-Match': `"${version}"` } });
      this.form.clear();
      this.me = await api.get('core/me');
      await this.reload();
      this.say(t('saved'));
    })}</div>
    ${this.earlier.length === 0 ? nothing : table({ caption: t('people.earlier'), rows: this.earlier, columns: [
      { label: t('people.name'), head: true, cell: each => each.name },
      { label: t('people.earlier-until'), cell: each => moment(each.until) },
      { label: t('people.earlier-by'), cell: each => each.by || t('people.earlier-operator') }] })}</div>`;
  }
}

customElements.define('sluse-me', Me);
