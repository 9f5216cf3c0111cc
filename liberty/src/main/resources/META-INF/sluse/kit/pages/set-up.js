// SPDX-License-Identifier: Apache-2.0
import { Form, PatientPage, api, html, linkButton, nothing, submit, t } from 'kit';

/**
 * The first administrator of a clinic names the identity provider. The operator's one-time code stands in the fragment, which no server
 * sees; it stays there until it is used, so that a reload loses nothing.
 */
class SetUp extends PatientPage {
  form = new Form(this);
  code = location.hash.slice(1);

  heading() {
    if (this.signIn) return t('set-up.done');
    return this.code ? t('set-up.title', { clinic: this.clinicName }) : t('set-up.no-code');
  }

  lead() {
    if (this.signIn) return t('set-up.done-lead');
    return this.code ? t('set-up.lead') : t('set-up.no-code-lead');
  }

  main() {
    if (this.signIn) return linkButton(t('set-up.sign-in'), this.signIn, { kind: 'filled' });
    if (!this.code) return nothing;
    return this.form.draw(html`
      ${this.form.field({ name: 'issuer', type: 'url', label: t('set-up.issuer'), hint: t('set-up.issuer-hint'), required: true })}
      ${this.form.field({ name: 'clientId', label: t('set-up.client-id'), hint: t('set-up.client-id-hint'), required: true })}
      ${this.form.field({ name: 'clientSecret', type: 'password', label: t('set-up.client-secret'), hint: t('set-up.client-secret-hint'), required: false })}
      ${this.form.field({ name: 'name', label: t('set-up.name'), hint: t('set-up.name-hint'), required: true, maxlength: 80 })}
      ${this.form.field({ name: 'subject', label: t('set-up.subject'), hint: t('set-up.subject-hint'), required: true })}
      <p class="second">${t('set-up.return', { address: html`<strong>${location.origin}${api.url('core/sign-in/callback')}</strong>` })}</p>
      ${submit(t('set-up.save'))}`, values => this.#save(values));
  }

  async #save({ clientSecret, ...values }) {
    const answer = await api.post('core/set-up', { code: this.code, ...values, ...(clientSecret ? { clientSecret } : {}) });
    history.replaceState(null, '', location.pathname);
    this.signIn = answer.signIn;
    this.form.clear();
    await this.moved();
  }
}

customElements.define('sluse-set-up', SetUp);
