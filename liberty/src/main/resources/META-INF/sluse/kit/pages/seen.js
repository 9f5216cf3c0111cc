// SPDX-License-Identifier: Apache-2.0
import { PatientPage, Problem, api, button, byDay, hasText, html, messages, moment, nothing, status, t, texts, time } from 'kit';

/** Who has seen what is about the holder of a link, which the browser holds already: /seen/{module}#{link}. Reading it is itself an entry. */
class Seen extends PatientPage {
  accesses = [];

  async load(signal) {
    messages(this.arg);
    try {
      const { clinic, accesses, more } = await this.#read({}, signal);
      Object.assign(this, { clinicName: clinic, accesses, more, closed: false });
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) throw problem;
      this.closed = true;
    }
    await texts();
  }

  heading() {
    if (this.closed) return t('problem.link-not-in-use');
    const last = this.accesses.find(access => access.who !== 'YOU' && !access.refused);
    if (!last) return t('seen.title');
    const when = moment(last.at);
    return last.name ? t('seen.last', { who: last.name, when }) : t(`seen.last.${last.who}`, { when });
  }

  lead() {
    return this.closed ? nothing : t('seen.lead');
  }

  headerStart() {
    return html`<div>${button(t('seen.back'), { kind: 'bare', icon: 'left', press: () => history.back() })}</div>`;
  }

  main() {
    if (this.closed) return nothing;
    return html`${byDay(this.accesses).map(({ label, rows }) => html`<section class="stack"><h2>${label}</h2>
        <ul class="sheet rows">${folded(rows).map(row => this.#row(row))}</ul></section>`)}
      ${this.more ? html`<div class="buttons">${button(t('page.more'), { press: () => this.#older() })}</div>` : nothing}
      <p class="second">${t('seen.incomplete')}</p>
      <p class="second">${t('seen.ask')}</p>`;
  }

  #row({ first, last }) {
    return html`<li><strong>${who(first)}</strong>${first.roles.length ? html` <span class="second">${first.roles.map(role => t(`role.${role}`)).join(', ')}</span>` : nothing}
      <div>${t(`audit.action.${first.action}`)}: ${this.#thing(first)}${first.refused ? html` ${status('refused', t('audit.refused'))}` : nothing}</div>
      <span class="detail">${time(last.at) === time(first.at) ? time(first.at) : `${time(last.at)}–${time(first.at)}`}</span></li>`;
  }

  /** The kind of object in the words of the module it belongs to, or of the host: as the patient would say it, or as the clinic does. */
  #thing({ objectType }) {
    const key = [`seen.object.${objectType}`, `audit.object.${objectType}`].find(each => hasText(this.arg, each));
    return key ? messages(this.arg)(key) : t('seen.something');
  }

  #read(query, signal) {
    return api.get(`${this.arg}/accesses`, { query, signal, headers: { 'X-Sluse-Link': location.hash.slice(1) } });
  }

  async #older() {
    const last = this.accesses.at(-1);
    const { accesses, more } = await this.#read({ before: last.at, beforeId: last.id });
    this.accesses = [...this.accesses, ...accesses];
    this.more = more;
  }
}

function who({ who: kind, name }) {
  return name ?? t(`seen.who.${kind}`);
}

/** The same thing by the same person, again and again, is one row, from the last of them to the first: reading one thing may be two entries of the trail. */
function folded(rows) {
  const same = row => [row.who, row.name, row.action, row.objectType, row.refused].join(' ');
  return rows.reduce((all, row) => {
    const before = all.at(-1);
    if (before && same(before.first) === same(row)) before.last = row;
    else all.push({ first: row, last: row });
    return all;
  }, []);
}

customElements.define('sluse-seen', Seen);
