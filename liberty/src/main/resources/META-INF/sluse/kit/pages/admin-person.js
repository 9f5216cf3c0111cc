// SPDX-License-Identifier: Apache-2.0
import { Form, Problem, StaffPage, api, button, confirm, html, language, moment, nothing, number, submit, t, table } from 'kit';

/** What the clinic keeps about one person: to read, to hand out as a file, and to erase. */
class Person extends StaffPage {
  form = new Form(this);

  async load(signal) {
    this.requests = (await api.get('core/subjects/erasure-requests', { signal })).requests;
  }

  heading() {
    return t('subject.title');
  }

  lead() {
    return t('subject.lead');
  }

  main() {
    return html`<div class="stack">
      <div class="sheet padded">${this.form.draw(html`
        ${this.form.field({ name: 'id', label: t('subject.id'), hint: t('subject.id-hint'), required: true, maxlength: 100 })}
        ${submit(t('subject.show'), { icon: 'search' })}`, ({ id }) => this.#show(id))}</div>
      ${this.requests.length ? this.#waiting() : nothing}
      ${this.erased ? this.#result(this.erased) : nothing}
      ${this.found ? this.#found() : nothing}
    </div>`;
  }

  async #show(id) {
    this.erased = undefined;
    this.found = undefined;
    this.found = await api.post('core/subjects/export', { id, lang: language });
    this.id = id.trim();
    this.requestUpdate();
    this.say(t('subject.found', { n: this.found.modules.length }));
  }

  /** What a request is about. Of somebody of whom nothing is left, since the erasure was cut off at its end, there is nothing to read: confirming ends the request. */
  async #look({ id, person }) {
    try {
      await this.#show(person);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 404) throw problem;
      await api.post('core/subjects/erasure', { id: person, dryRun: false, confirms: id, lang: language });
      await this.reload();
      this.toast(t('subject.nothing-left'));
    }
  }

  #found() {
    const { modules, accesses, disclosures, notSearched } = this.found;
    return html`<div class="buttons">
        ${button(t('subject.save'), { icon: 'file', press: () => save('person.json', this.found) })}
        ${modules.some(module => module.fhir.length) ? button(t('subject.save-fhir'), { icon: 'file', press: async () =>
          save('person.fhir.json', await api.post('core/subjects/export', { id: this.id, format: 'fhir', lang: language })) }) : nothing}
        ${this.#asked?.byYou ? nothing : button(t(this.#asked ? 'subject.confirm' : 'subject.erase'), { press: () => this.#erase() })}
      </div>
      ${this.#asked ? nothing : html`<p class="second">${t('subject.two-people')}</p>`}
      ${modules.map(module => html`<section><h2>${module.name}</h2>${module.parts.map(part =>
        folded(`${part.purpose} (${part.table})`, part.rows.length, rows(part)))}</section>`)}
      <section><h2>${t('subject.accesses')}</h2>${folded(t('subject.accesses'), accesses.length, table({ caption: t('subject.accesses'), rows: accesses, columns: [
        { label: t('audit.when'), cell: one => moment(one.at) },
        { label: t('audit.who'), head: true, cell: one => html`${t(`audit.actor.${one.actorKind}`)}<span class="detail">${one.actor}</span>` },
        { label: t('audit.what'), cell: one => html`${t(`audit.action.${one.action}`)}<span class="detail">${one.objectType}</span>` }] }))}</section>
      ${disclosures.length ? html`<section><h2>${t('subject.disclosures')}</h2>${table({ caption: t('subject.disclosures'), rows: disclosures, columns: [
        { label: t('audit.when'), cell: one => moment(one.at) },
        { label: t('subject.recipient'), head: true, cell: one => one.recipient },
        { label: t('subject.categories'), cell: one => one.categories.map(each => t(`category.${each}`)).join(', ') }] })}</section>` : nothing}
      ${missed(notSearched)}`;
  }

  /** What waits for a second person about whom is shown. */
  get #asked() {
    return this.requests.find(one => one.person === this.id);
  }

  #waiting() {
    return html`<section><h2>${t('subject.waiting')}</h2>${table({ caption: t('subject.waiting'), rows: this.requests, columns: [
      { label: t('subject.id'), head: true, cell: one => one.person },
      { label: t('subject.asked-by'), cell: one => html`${one.askedBy}<span class="detail">${moment(one.askedAt)}</span>` },
      { label: t('subject.until'), cell: one => moment(one.expiresAt) },
      { label: t('subject.waiting-act'), hideLabel: true, figure: true, cell: one => html`<div class="buttons">
        ${one.byYou ? nothing : button(t('subject.look'), { about: one.person, press: () => this.#look(one) })}
        ${button(t('subject.withdraw'), { about: one.person, press: () => this.#withdraw(one) })}</div>` }] })}
      ${this.requests.some(one => one.byYou) ? html`<p class="second">${t('subject.waiting-yours')}</p>` : nothing}</section>`;
  }

  async #withdraw(request) {
    await api.delete(`core/subjects/erasure-requests/${request.id}`);
    await this.reload();
    this.toast(t('subject.withdrawn'));
  }

  /** First what would happen, then whether it shall: one person asks, and another one who has read the same confirms. */
  async #erase() {
    const asked = this.#asked;
    const would = await api.post('core/subjects/erasure', { id: this.id, dryRun: true, lang: language });
    const n = would.modules.flatMap(module => Object.values(module.erased)).reduce((sum, each) => sum + each, 0);
    const stays = [...would.modules.flatMap(module => module.kept), ...would.kept].map(one => `${one.what}: ${one.objects}`).join(', ');
    const sure = await confirm({
      question: t(asked ? 'subject.erase-question' : 'subject.ask-question', { n }),
      text: t(asked ? 'subject.erase-text' : 'subject.ask-text', { stays }),
      act: t(asked ? 'subject.erase' : 'subject.ask') });
    if (!sure) return;
    const answer = await api.post('core/subjects/erasure', { id: this.id, dryRun: false, confirms: asked?.id, lang: language });
    this.erased = asked ? answer : undefined;
    this.found = undefined;
    this.id = undefined;
    this.form.clear();
    await this.reload();
    this.say(t(asked ? 'subject.erased' : 'subject.is-asked'));
  }

  #result({ modules, kept, notSearched }) {
    const erased = modules.flatMap(module => Object.entries(module.erased).map(([name, n]) => ({ module: module.name, name, n })));
    return html`<section><h2>${t('subject.erased')}</h2>${table({ caption: t('subject.erased'), rows: erased, columns: [
        { label: t('subject.module'), cell: one => one.module },
        { label: t('subject.table'), head: true, cell: one => one.name },
        { label: t('subject.rows'), figure: true, cell: one => one.n }] })}</section>
      <section><h2>${t('subject.kept')}</h2>${table({ caption: t('subject.kept'), rows: [...modules.flatMap(module => module.kept), ...kept], columns: [
        { label: t('subject.what'), head: true, cell: one => one.what },
        { label: t('subject.rows'), figure: true, cell: one => one.objects },
        { label: t('subject.why'), cell: one => one.why }] })}</section>
      ${missed(notSearched)}`;
  }
}

const missed = notSearched => notSearched.map(one => html`<p>${one.module}: ${one.why}</p>`);

/** Closed until somebody wants to read it: there may be much of it. */
function folded(words, n, content) {
  return html`<details class="kept"><summary>${words} <span class="second">${number(n)}</span></summary>${content}</details>`;
}

/** Columns in the words of the database: a person is entitled to what is there, not to a selection. */
function rows({ rows: all, purpose }) {
  return all.map((row, place) => table({ caption: `${purpose} ${place + 1}`, rows: Object.entries(row), columns: [
    { label: t('subject.column'), head: true, cell: ([name]) => name },
    { label: t('subject.value'), cell: ([, value]) => value }] }));
}

function save(name, content) {
  const address = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

customElements.define('sluse-admin-person', Person);
