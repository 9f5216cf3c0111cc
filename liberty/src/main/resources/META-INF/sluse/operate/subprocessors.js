// SPDX-License-Identifier: Apache-2.0
import { PatientPage, api, country, html, language, linkButton, messages, nothing, t as kit } from 'kit';

const t = messages('operate');

/** Whom the platform engages, for everybody: made from the manifests that the clinics' registers are made from. */
class Subprocessors extends PatientPage {
  static plugin = 'operate';

  async load(signal) {
    this.page = await api.get('subprocessors', { query: { lang: language }, signal });
  }

  heading() {
    const { always, modules } = this.page;
    return t('subprocessors.title', { n: always.length + modules.reduce((sum, module) => sum + module.recipients.length, 0) });
  }

  lead() {
    return this.page.operator ? t('subprocessors.lead-of', { name: this.page.operator }) : t('subprocessors.lead');
  }

  main() {
    const { always, modules } = this.page;
    return html`<div class="stack">
      ${always.length ? html`<section><h2>${kit('register.always')}</h2>${always.map(recipient)}</section>` : nothing}
      ${modules.map(module => html`<section><h2>${t('subprocessors.when', { module: module.name })}</h2>
        <p class="second">${module.purpose}</p>
        ${module.recipients.map(recipient)}
        ${module.clinicNames ? html`<p>${t('subprocessors.clinic-names')}</p>` : module.recipients.length ? nothing : html`<p>${t('subprocessors.nobody')}</p>`}
      </section>`)}
      <div class="buttons">${linkButton(kit('register.csv'), api.url('subprocessors', { format: 'csv', lang: language }), { icon: 'download', download: true })}</div>
    </div>`;
  }
}

function recipient(each) {
  return html`<div class="sheet padded"><h3>${each.name}</h3><dl class="papers">
    ${row(kit('register.address'), `${each.address}, ${country(each.country)}`)}
    ${row(kit('register.service'), each.service)}
    ${row(kit('register.processing'), each.processing)}
    ${row(kit('register.legalBasis'), each.legalBasis)}
    ${each.insideEea ? nothing : row(kit('register.transfer'), each.transfer ?? kit('register.transfer.none'))}
  </dl></div>`;
}

const row = (label, text) => html`<div><dt><span>${label}</span></dt><dd>${text}</dd></div>`;

customElements.define('sluse-operate-subprocessors', Subprocessors);
