// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, banner, button, confirm, empty, html, nothing, status, submit, t, table } from 'kit';
import { daysLeft, stands } from './papers.js';

const shapes = { HOLDS: 'ok', MISSING: 'attention', ENDED: 'attention', NOT_YET: 'wait' };

/** Under which papers each recipient receives data, those that are missing first, and the form that files one. */
class Agreements extends StaffPage {
  form = new Form(this);

  async load(signal) {
    Object.assign(this, await api.get('core/papers', { signal }));
  }

  heading() {
    if (this.required.length === 0) return t('papers.title-none');
    const ending = this.required.filter(each => each.state === 'HOLDS' && daysLeft(each.paper) !== undefined).length;
    return this.#missing().length === 0 && ending ? t('papers.title-ending', { n: ending }) : t('papers.title', { n: this.#missing().length });
  }

  lead() {
    return t('papers.lead');
  }

  main() {
    if (this.required.length === 0) return empty(t('papers.none'), t('papers.none-text'));
    const past = this.papers.filter(paper => !this.required.some(each => each.paper?.id === paper.id));
    return html`<div class="stack">
      ${this.#table(t('papers.caption'), [...this.#missing(), ...this.required.filter(each => each.state === 'HOLDS')])}
      <section class="stack"><h2>${t('papers.add-title')}</h2>
        ${banner('info', t('papers.add-means'))}
        ${this.form.draw(html`
          ${this.form.field({ name: 'needed', also: ['module', 'recipient', 'kind'], type: 'select', label: t('papers.for'), value: this.#choices()[0].value, options: this.#choices() })}
          ${this.form.field({ name: 'version', label: t('papers.version'), hint: t('papers.version-hint'), required: true, maxlength: 40 })}
          ${this.form.field({ name: 'signer', label: t('papers.signer'), hint: t('papers.signer-hint'), required: true, maxlength: 80 })}
          ${this.form.field({ name: 'signedOn', type: 'date', label: t('papers.signed-on'), required: true, short: true })}
          ${this.form.field({ name: 'validUntil', type: 'date', label: t('papers.valid-until'), hint: t('papers.valid-until-hint'), required: false, short: true,
            check: (value, { signedOn }) => (value < signedOn ? 'ends-before' : undefined) })}
          <div class="field"><label for="paper-document">${t('papers.document')}</label>
            <p class="hint" id="paper-document-hint">${t('papers.document-hint')}</p>
            <input type="file" id="paper-document" aria-describedby="paper-document-hint" @change=${event => this.#fingerprint(event)}></div>
          ${this.form.field({ name: 'sha256', label: t('papers.sha256'), required: true, maxlength: 120, check: value => (/^[0-9a-f]{64}$/.test(plain(value)) ? undefined : 'sha256') })}
          ${submit(t('papers.add'))}`, values => this.#add(values))}
      </section>
      ${past.length ? html`<section><h2>${t('papers.past')}</h2>${this.#table(t('papers.past'), past.map(paper => ({ ...paper, paper })))}</section>` : nothing}
    </div>`;
  }

  #table(caption, rows) {
    return table({
      caption,
      rows,
      columns: [
        { label: t('papers.party'), head: true, cell: row => row.party },
        { label: t('papers.kind'), cell: row => t(`paper.kind.${row.kind}`) },
        { label: t('papers.state'), cell: row => (row.state ? state(row) : status('ended', t('papers.replaced'))) },
        { label: t('papers.stands'), cell: row => (row.paper ? html`${stands(row.paper)} <span class="detail">${t('papers.which', row.paper)}</span>` : '–') },
        { label: t('papers.end'), hideLabel: true, figure: true, cell: row => (row.paper && !row.paper.endedAt
          ? button(t('papers.end'), { about: `${t(`paper.kind.${row.kind}`)}, ${row.party}`, press: () => this.#end(row.paper) }) : nothing) },
      ],
    });
  }

  #missing() {
    return this.required.filter(each => each.state !== 'HOLDS');
  }

  /** What a paper can be filed for, what is missing first. */
  #choices() {
    return [...this.#missing(), ...this.required.filter(each => each.state === 'HOLDS')]
      .map(each => ({ value: `${each.module} ${each.recipient} ${each.kind}`, label: `${t(`paper.kind.${each.kind}`)}, ${each.party}` }));
  }

  /** The document stays on this machine; its fingerprint goes into the form. */
  async #fingerprint(event) {
    const [file] = event.target.files;
    if (!file) return;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const field = event.target.form.elements.namedItem('sha256');
    field.value = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async #add({ needed, validUntil, ...paper }) {
    const [module, recipient, kind] = (needed ?? this.#choices()[0].value).split(' ');
    await api.post('core/papers', { module, recipient, kind, ...paper, sha256: plain(paper.sha256), ...(validUntil ? { validUntil } : {}) });
    this.form.clear();
    await this.reload();
    this.toast(t('papers.added'));
  }

  async #end(paper) {
    const sure = await confirm({ question: t('papers.end-question', { name: paper.party }), text: t('papers.end-text'), act: t('papers.end') });
    if (!sure) return;
    await api.post(`core/papers/${paper.id}/end`, {});
    await this.reload();
    this.toast(t('papers.ended'));
  }
}

/** One that ends within a month says so, while there is time for the next one. */
function state(row) {
  const left = row.state === 'HOLDS' ? daysLeft(row.paper) : undefined;
  return left === undefined ? status(shapes[row.state], t(`paper.state.${row.state}`)) : status('attention', t('papers.ends-in', { n: left }));
}

/** A fingerprint as programs print it: in capitals, in groups. */
const plain = fingerprint => fingerprint.replaceAll(/[\s:]/g, '').toLowerCase();

customElements.define('sluse-admin-agreements', Agreements);
