// SPDX-License-Identifier: Apache-2.0
import { api, banner, button, day, html, language, moment, nothing, number, status, table } from 'kit';
import { OperatorPage, states, t } from './operator-page.js';

/** One clinic: which modules it has and how each stands. Nothing of what is in them. */
class Clinic extends OperatorPage {
  refreshEvery = 10;
  setUp;

  async load(signal) {
    const { clinic, modules } = await api.get(`tenants/${this.arg}`, { query: { lang: language }, signal });
    this.clinic = clinic;
    this.modules = modules;
  }

  heading() {
    return t('clinic.title', { name: this.clinic.name, n: this.modules.filter(one => one.state === 'ON').length });
  }

  lead() {
    return t('clinic.lead', { id: this.clinic.id, place: this.clinic.location, day: day(this.clinic.createdAt) });
  }

  crumbs() {
    return [{ label: t('nav.clinics'), href: this.link('clinics') }, { label: this.clinic.name }];
  }

  main() {
    return html`<div class="stack">
      ${this.clinic.setUp ? nothing : this.#setUp()}
      ${table({
        caption: t('clinic.modules'),
        rows: this.modules,
        columns: [
          { label: t('clinic.module'), head: true, cell: row => row.name },
          { label: t('clinic.state'), cell: row => html`${status(states[row.state][0], t(states[row.state][1]))}${this.#why(row)}` },
          { label: t('clinic.since'), cell: row => (row.since ? moment(row.since) : t('clinic.never')) },
          { label: t('clinic.in-force'), cell: row => t('modules.in-force', { nodes: number(row.inForce.nodes), of: row.inForce.of }) },
        ],
      })}
      <p><a href=${`${this.link('log')}?${new URLSearchParams({ clinic: this.clinic.id })}`}>${t('clinic.log')}</a></p>
    </div>`;
  }

  #why({ restriction, quarantine }) {
    return html`${restriction ? html`<span class="detail">${restriction.why || t('plugins.rolled-back')} (${moment(restriction.since)})</span>` : nothing}${
      quarantine ? html`<span class="detail">${t(`quarantine.${quarantine.reason}`)} ${quarantine.detail}</span>` : nothing}`;
  }

  #setUp() {
    return html`${banner('wait', t('clinic.not-set-up'), { action: button(t('clinic.make-link'), { press: () => this.#makeLink() }) })}
      ${this.setUp ? html`<div class="sheet padded"><p>${t('clinic.link-made')}</p><p><strong>${this.setUp}</strong></p></div>` : nothing}`;
  }

  async #makeLink() {
    this.setUp = (await api.post(`tenants/${this.arg}/set-up-link`)).setupUrl;
    this.say(t('clinic.link-made'));
  }
}

customElements.define('sluse-operate-clinic', Clinic);
