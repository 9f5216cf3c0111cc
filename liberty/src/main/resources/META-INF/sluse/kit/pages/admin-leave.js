// SPDX-License-Identifier: Apache-2.0
import { StaffPage, api, banner, button, confirm, html, linkButton, moment, nothing, t } from 'kit';

/** The end of the clinic here: what happens, what to take along first, and who wants it. */
class Leave extends StaffPage {
  async load(signal) {
    this.standing = await api.get('core/leave', { signal });
  }

  heading() {
    return t(this.standing.request ? 'leave.title-asked' : 'leave.title');
  }

  lead() {
    return t('leave.lead');
  }

  main() {
    const { request } = this.standing;
    return html`<div class="stack">
      ${request ? banner('wait', t('leave.asked', { name: request.askedBy, at: moment(request.askedAt), until: moment(request.expiresAt) }), {
        action: button(t('leave.withdraw'), { press: () => this.#withdraw() }) }) : nothing}
      <section><h2>${t('leave.first')}</h2><ul class="bullets">
        <li>${t('leave.first-export')}</li>
        <li>${t('leave.first-audit')}</li>
        <li>${t('leave.first-register')}</li>
        <li>${t('leave.first-on-the-way')}</li></ul>
        <div class="buttons">${linkButton(t('nav.audit'), this.link('admin/audit'))}${linkButton(t('nav.register'), this.link('admin/register'))}</div></section>
      <section><h2>${t('leave.happens')}</h2><ul class="bullets">
        <li>${t('leave.happens-modules')}</li>
        <li>${t('leave.happens-data')}</li>
        <li>${t('leave.happens-keys')}</li>
        <li>${t('leave.happens-certificate')}</li></ul></section>
      <section><h2>${t('leave.stays')}</h2><ul class="bullets">
        <li>${t('leave.stays-log')}</li>
        <li>${t('leave.stays-elsewhere')}</li></ul></section>
      ${request ? nothing : html`<div class="buttons">${button(t('leave.ask'), { press: () => this.#ask() })}</div>`}
    </div>`;
  }

  /** The operator carries it out: one person alone ends no clinic. */
  async #ask() {
    const name = this.standing.clinic;
    const sure = await confirm({ question: t('leave.question', { name }), text: t('leave.question-text'), act: t('leave.ask'), type: name });
    if (!sure) return;
    await api.post('core/leave', { name });
    await this.reload();
    this.say(t('leave.is-asked'));
  }

  async #withdraw() {
    await api.delete('core/leave');
    await this.reload();
    this.toast(t('leave.withdrawn'));
  }
}

customElements.define('sluse-admin-leave', Leave);
