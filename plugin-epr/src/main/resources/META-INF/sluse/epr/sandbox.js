// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, empty, html, messages, moment, nothing, stylesheet, submit, table } from 'kit';

stylesheet(new URL('epr.css', import.meta.url));
const t = messages('epr');
const kinds = ['SLOW', 'PRECONDITION_FAILED', 'BUSY', 'LOST_ANSWER'];

/** What arrived in the sandbox record, and a way to let it misbehave. */
class EprSandbox extends StaffPage {
  static plugin = 'epr';
  refreshEvery = 5;
  form = new Form(this, { t });

  async load(signal) {
    this.sandbox = await api.get('epr/sandbox', { signal });
  }

  heading() {
    return t('sandbox.title', { n: this.sandbox.arrived.length });
  }

  lead() {
    return t('sandbox.lead', { path: `${location.origin}${this.sandbox.path}` });
  }

  main() {
    if (this.sandbox.arrived.length === 0) return empty(t('nav.sandbox'), t('sandbox.empty-text'));
    return table({ caption: t('sandbox.caption'), rows: this.sandbox.arrived, columns: [
      { label: t('sandbox.type'), head: true, cell: row => html`${row.type}${row.version > 1 ? html` <span class="second">${t('sandbox.version', { n: row.version })}</span>` : nothing}` },
      { label: t('column.when'), cell: row => moment(row.at) },
      { label: t('sandbox.content'), cell: row => html`<details><summary>${t('sandbox.show')}<span class="hidden-text"> ${row.type}</span></summary>
        <pre class="epr-message" tabindex="0" aria-label=${row.type}>${JSON.stringify(JSON.parse(row.content), null, 2)}</pre></details>` }] });
  }

  aside() {
    return html`<section class="sheet padded"><h2>${t('sandbox.misbehave')}</h2>${this.form.draw(html`<div class="stack">
      ${this.form.field({ name: 'kind', type: 'select', label: t('sandbox.kind'), value: kinds[0], options: kinds.map(kind => ({ value: kind, label: t(`sandbox.kind.${kind}`) })) })}
      <div class="buttons">${submit(t('sandbox.order'), { kind: 'outlined' })}</div></div>`, async ({ kind }) => {
      await api.post('epr/sandbox/misbehaviour', { kind, times: 1 });
      this.toast(t('sandbox.ordered'));
    })}</section>`;
  }
}

customElements.define('epr-sandbox', EprSandbox);
