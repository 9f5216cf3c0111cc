// SPDX-License-Identifier: Apache-2.0
import { StaffPage, api, country, html, language, list, menu, moment, status, t, table, time, isToday } from 'kit';

/** The register of processing (GDPR Art. 30), made from the running system. */
class Register extends StaffPage {
  async load(signal) {
    this.register = await api.get('core/register', { query: { lang: language }, signal });
  }

  heading() {
    return t('register.title', { n: this.#recipients().length });
  }

  lead() {
    const { asOf } = this.register;
    return t(isToday(asOf) ? 'register.lead-today' : 'register.lead', { time: isToday(asOf) ? time(asOf) : moment(asOf) });
  }

  actions() {
    const download = (format, label) => ({ label, href: api.url('core/register', { format, lang: language }), download: `register.${format === 'text' ? 'txt' : format}` });
    return menu(t('download'), [download('csv', t('register.csv')), download('json', t('register.json')), download('text', t('register.text'))], { icon: 'download' });
  }

  main() {
    return html`<div class="stack">
      <section><h2>${t('register.recipients')}</h2>
        ${table({ caption: t('register.recipients'), groups: this.#recipientGroups(), columns: [
          { label: t('register.recipient'), head: true, cell: row => html`${row.name}<span class="detail">${row.address}</span>` },
          { label: t('register.service'), cell: row => row.service },
          { label: t('register.processing'), cell: row => row.receives },
          { label: t('register.legalBasis'), cell: row => row.legalBasis },
          { label: t('register.country'), cell: row => country(row.country) },
        ] })}
      </section>
      <section><h2>${t('register.activities')}</h2>
        ${table({ caption: t('register.activities'), rows: this.register.rows, columns: [
          { label: t('register.module'), head: true, cell: row => row.moduleName },
          { label: t('register.purpose'), cell: row => row.activity.purpose },
          { label: t('register.subjects'), cell: row => row.activity.subjects },
          { label: t('register.data'), cell: row => row.activity.data },
          { label: t('register.retention'), cell: row => row.activity.retention },
          { label: t('register.legalBasis'), cell: row => row.legalBasis },
        ] })}
      </section>
      <p class="row">${status('ok', t('register.checked'))}<span class="grow">${t('register.proof', { revision: this.register.revision })} <a href=${this.link('admin/ledger')}>${t('register.see-ledger')}</a></span></p>
    </div>`;
  }

  #recipients() {
    return this.register.rows.flatMap(row => row.recipients);
  }

  #recipientGroups() {
    const on = this.register.rows.map(row => ({
      label: t('register.because', { module: row.moduleName }),
      rows: row.recipients.map(recipient => ({ ...recipient, receives: recipient.processing })),
      note: row.recipients.length ? undefined : t('disclosure.none'),
    }));
    const off = this.register.off;
    return off.length === 0 ? on : [...on, { label: t('register.off'), rows: [], note: off.map(each => html`<p>${
      each.would.length ? t('register.would', { module: each.moduleName, names: list(each.would) }) : t('register.would-none', { module: each.moduleName })}</p>`) }];
  }
}

customElements.define('sluse-admin-register', Register);
