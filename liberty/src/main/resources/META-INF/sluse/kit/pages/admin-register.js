// SPDX-License-Identifier: Apache-2.0
import { Form, StaffPage, api, country, day, figures, html, isToday, language, linkButton, list, menu, moment, nothing, shortDay, status, submit, t, table, time } from 'kit';

const longestLine = 5;

/** The register of processing (GDPR Art. 30): as it is or was, its revisions, and what two of them differ in. The address says which: ?as-of=2026-11-24, ?from=1&to=3. */
class Register extends StaffPage {
  #asked = new URLSearchParams(location.search);
  #past = new Form(this);
  #compare = new Form(this);
  #controller = new Form(this);

  async load(signal) {
    const query = { lang: language };
    const [from, to] = [this.#asked.get('from'), this.#asked.get('to')];
    [this.register, { revisions: this.revisions }, { changes: this.changes }, this.entered] = await Promise.all([
      api.get('core/register', { query: this.#asOf() ? { ...query, 'as-of': this.#asOf() } : query, signal }),
      api.get('core/register/revisions', { query, signal }),
      from && to ? api.get('core/register/difference', { query: { ...query, from, to }, signal }) : {},
      this.#asOf() ? undefined : api.get('core/register/controller', { signal }),
    ]);
  }

  heading() {
    return t(this.#asOf() ? 'register.title-past' : 'register.title', { n: this.#recipients().length });
  }

  lead() {
    const { asOf, since, revision } = this.register;
    if (this.#asOf() && !this.#asOfDay()) return t('register.lead-revision', { revision, since: moment(since) });
    if (this.#asOf()) return t('register.lead-past', { day: day(asOf), revision, since: moment(since) });
    return t(isToday(asOf) ? 'register.lead-today' : 'register.lead', { time: isToday(asOf) ? time(asOf) : moment(asOf) });
  }

  actions() {
    const download = (format, label) => ({ label, href: api.url('core/register', { format, lang: language, ...(this.#asOf() ? { 'as-of': this.#asOf() } : {}) }), download: `register.${format === 'text' ? 'txt' : format}` });
    const compare = this.revisions.length > 1 ? linkButton(t('register.compare'), '#compare') : nothing;
    return html`${compare}${menu(t('download'), [download('pdf', t('register.pdf')), download('csv', t('register.csv')), download('json', t('register.json')), download('text', t('register.text')),
      { label: t('register.proof-file'), href: api.url('core/register/proof'), download: 'register-proof.json' }], { icon: 'download' })}`;
  }

  main() {
    return html`<div class="stack">
      ${this.changes ? this.#difference() : nothing}
      <section class="sheet padded as-of" aria-label=${t('register.as-of')}>
        ${this.#past.draw(html`${this.#past.field({ name: 'day', type: 'date', label: t('register.as-of'), value: this.#asOfDay(), check: value => this.#notADay(value) })}
          <div class="buttons">${submit(t('register.show'), { kind: 'outlined' })}</div>`, ({ day: chosen }) => location.assign(this.#address(chosen ? { 'as-of': chosen } : {})))}
        ${this.#line()}
      </section>
      <section><h2>${t('register.recipients')}</h2>
        ${table({ caption: t('register.recipients'), groups: this.#recipientGroups(), columns: [
          { label: t('register.recipient'), head: true, cell: row => html`${row.name}<span class="detail">${row.address}</span>` },
          { label: t('register.service'), cell: row => row.service },
          { label: t('register.processing'), cell: row => row.processing },
          { label: t('register.legalBasis'), cell: row => row.legalBasis },
          { label: t('register.country'), cell: row => html`${country(row.country)}<span class="detail">${
            row.insideEea ? t('register.inside-eea') : row.transfer ?? t('register.transfer.none')}</span>` },
        ] })}
      </section>
      <section><h2>${t('register.activities')}</h2>
        ${this.register.rows.length === 0 ? html`<p>${t('register.no-activity')}</p>` : table({ caption: t('register.activities'), rows: this.register.rows, columns: [
          { label: t('register.module'), head: true, cell: row => row.moduleName },
          { label: t('register.purpose'), cell: row => row.activity.purpose },
          { label: t('register.subjects'), cell: row => row.activity.subjects },
          { label: t('register.data'), cell: row => row.activity.data },
          { label: t('register.retention'), cell: row => row.activity.retention },
          { label: t('register.legalBasis'), cell: row => row.legalBasis },
        ] })}
      </section>
      ${this.register.measures.length ? html`<section><h2>${t('register.measures')}</h2><ul class="bullets">${this.register.measures.map(each => html`<li>${each}</li>`)}</ul></section>` : nothing}
      <section><h2>${t('register.controller')}</h2>
        ${this.#asOf() ? figures(particulars.map(({ name }) => ({ label: t(`register.controller.${name}`), value: this.register.controller[name] || '–' }))) : html`<div class="sheet padded">${this.#controllerForm()}</div>`}
      </section>
      ${this.#history()}
      <p class="row">${status('ok', t('register.checked'))}<span class="grow">${t('register.proof', { revision: this.register.revision })} <a href=${this.link('admin/ledger')}>${t('register.see-ledger')}</a></span></p>
    </div>`;
  }

  #controllerForm() {
    return this.#controller.draw(html`
      ${particulars.map(({ name, required }) => this.#controller.field({ name, required, maxlength: 200, label: t(`register.controller.${name}`), value: this.entered[name] }))}
      <div class="buttons">${submit(t('save'))}</div>`, async values => {
      await api.put('core/register/controller', values, { headers: { 'If-Match': `"${this.entered.version}"` } });
      this.#controller.clear();
      await this.reload();
      this.say(t('saved'));
    });
  }

  #history() {
    const options = this.revisions.map(({ number, at }) => ({ value: String(number), label: t('register.revision', { number, when: moment(at) }) }));
    const newest = options[0].value;
    return html`<section><h2>${t('register.revisions')}</h2>
      ${table({ caption: t('register.revisions'), rows: this.revisions, columns: [
        { label: t('register.number'), head: true, cell: row => String(row.number) },
        { label: t('register.since'), cell: row => moment(row.at) },
        { label: t('register.changed'), cell: row => (row.number === 1 ? t('register.opened') : html`<ul class="plain-rows">${row.changes.map(change => html`<li>${said(change)}</li>`)}</ul>`) },
      ] })}
    </section>
    ${options.length > 1 ? html`<section id="compare"><h2>${t('register.compare')}</h2><div class="sheet padded">${this.#compare.draw(html`
        ${this.#compare.field({ name: 'from', type: 'select', label: t('register.from'), options, value: this.#asked.get('from') ?? options[1].value })}
        ${this.#compare.field({ name: 'to', type: 'select', label: t('register.to'), options, value: this.#asked.get('to') ?? newest })}
        <div class="buttons">${submit(t('register.compare'), { kind: 'outlined' })}</div>`, ({ from, to }) => location.assign(this.#address({ from, to })))}</div></section>` : nothing}`;
  }

  #difference() {
    return html`<section><h2>${t('register.difference', { from: this.#asked.get('from'), to: this.#asked.get('to') })}</h2>
      ${this.changes.length === 0 ? html`<p>${t('register.same')}</p>` : html`<ul class="sheet padded plain-rows">${this.changes.map(change => html`<li>
        ${status(shapes[change.kind], said(change))}
        ${change.fields.map(field => html`<p class="detail">${t(`register.${field.name}`)}: <del>${field.before || '–'}</del> → <ins>${field.after || '–'}</ins></p>`)}</li>`)}</ul>`}
    </section>`;
  }

  /** What changed when, with what is looked at now; arrows go along it. The whole list stands below. */
  #line() {
    const whole = this.revisions.length <= longestLine;
    const shown = whole ? this.revisions : [...this.revisions.slice(0, longestLine - 1), this.revisions.at(-1)];
    const points = shown.toReversed().map(each => ({ query: { 'as-of': each.at }, when: isToday(each.at) ? time(each.at) : shortDay(each.at), what: brief(each),
      present: this.#asOf() && each.number === this.register.revision }));
    return html`<nav class="line" aria-label=${t('register.line')} @keydown=${along}><ol>${[...points, { query: {}, when: t('register.today'), present: !this.#asOf() }].map(point => html`<li>
      <a href=${this.#address(point.query)} aria-current=${point.present ? 'true' : nothing}><span>${point.when}</span>${point.what ? html` <span class="detail">${point.what}</span>` : nothing}</a></li>`)}</ol></nav>`;
  }

  /** The last moment of the chosen day where the person is, or the moment of a revision; empty for now. */
  #asOf() {
    const chosen = this.#asked.get('as-of') ?? '';
    if (this.#asOfDay()) return new Date(`${chosen}T23:59:59.999`).toISOString();
    return Number.isNaN(Date.parse(chosen)) ? '' : chosen;
  }

  /** The day that was chosen; empty where none was. */
  #asOfDay() {
    const chosen = this.#asked.get('as-of') ?? '';
    return /^\d{4}-\d\d-\d\d$/.test(chosen) && !Number.isNaN(Date.parse(chosen)) ? chosen : '';
  }

  /** Why there is no register of this day. */
  #notADay(value) {
    const end = new Date(`${value}T23:59:59.999`);
    if (end < new Date(this.revisions.at(-1).at)) return 'before-opening';
    return new Date(`${value}T00:00`) > new Date() ? 'in-the-future' : undefined;
  }

  #address(query) {
    return `${this.link('admin/register')}?${new URLSearchParams(query)}`;
  }

  #recipients() {
    return [...this.register.always, ...this.register.rows.flatMap(row => row.recipients)];
  }

  #recipientGroups() {
    const { always, rows, off } = this.register;
    return [
      ...(always.length ? [{ label: t('register.always'), rows: always }] : []),
      ...rows.map(row => ({ label: t('register.because', { module: row.moduleName }), rows: row.recipients, note: row.recipients.length ? undefined : t('disclosure.none') })),
      ...(off.length ? [{ label: t('register.off'), rows: [], note: off.map(each => html`<p>${
        each.would.length ? t('register.would', { module: each.moduleName, names: list(each.would) }) : t('register.would-none', { module: each.moduleName })}</p>`) }] : []),
    ];
  }
}

const particulars = [{ name: 'name', required: true }, { name: 'address', required: true }, { name: 'contact', required: true }, { name: 'representative', required: false }, { name: 'officer', required: false }];

const shapes = { ADDED: 'ok', REMOVED: 'off', CHANGED: 'partly' };

/** The clinic's first revision, the module that came or went, or whatever changed first. */
function brief({ number, changes }) {
  if (number === 1) return t('register.opened');
  const module = changes.find(({ kind, part }) => part === 'ACTIVITY' && kind !== 'CHANGED');
  return module ? t(`register.line.${module.kind}.ACTIVITY`, module) : changes.length ? said(changes[0]) : '';
}

function along(event) {
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const links = [...event.currentTarget.querySelectorAll('a')];
  links[links.indexOf(event.target) + step]?.focus();
}

const said = ({ kind, part, name }) => t(`register.${kind}.${part}`, { name });

customElements.define('sluse-admin-register', Register);
