// SPDX-License-Identifier: Apache-2.0
import { PatientPage, api, banner, html, linkButton, nothing, passage, t } from 'kit';

/** Where staff come in: one button, and what it passes on. */
class SignIn extends PatientPage {
  async load(signal) {
    this.provider = (await api.get('core/sign-in', { signal })).provider;
    const query = new URLSearchParams(location.search);
    this.why = query.get('why');
    this.to = query.get('to') ?? 'today';
  }

  heading() {
    if (!this.provider) return t('sign-in.not-set-up');
    if (this.why === 'refused') return t('sign-in.refused');
    if (this.why === 'ended') return t('sign-in.ended');
    return t('sign-in.title', { clinic: this.clinicName });
  }

  lead() {
    return this.provider ? t('sign-in.lead', { name: this.provider.name }) : t('sign-in.not-set-up-lead');
  }

  main() {
    if (!this.provider) return nothing;
    return html`
      ${this.why === 'refused' ? banner('stop', t('sign-in.refused-why', { name: this.provider.name }), { icon: 'refused' }) : nothing}
      ${this.why === 'silent' ? banner('stop', t('problem.provider-silent'), { icon: 'refused' }) : nothing}
      ${linkButton(t('sign-in.continue', { name: this.provider.name }), api.url('core/sign-in/start', { to: this.to }), { kind: 'filled' })}
      ${passage({
        clinic: { name: this.clinicName },
        recipient: { name: this.provider.name, place: this.provider.host },
        level: 2,
        stays: [t('sign-in.stays-patients'), t('sign-in.stays-work')],
        passes: [t('sign-in.passes-request')],
        sees: [t('sign-in.sees-time'), t('sign-in.sees-browser')],
      })}
      <p class="second">${t('sign-in.receives', { name: this.provider.name })}</p>`;
  }
}

customElements.define('sluse-sign-in', SignIn);
