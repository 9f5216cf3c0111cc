// SPDX-License-Identifier: Apache-2.0
// Who is invited to a session, each with a link of their own, and whom else to invite.

import { Form, api, button, confirm, html, messages, moment, nothing, status, submit } from 'kit';
import { InvitationText } from './invite.js';
import { shownAs } from './people.js';

const t = messages('video');
const roles = ['RELATIVE', 'INTERPRETER', 'CO_HOST', 'PATIENT'];
const kinds = { WAITING: 'wait', HELD: 'parked', ADMITTED: 'ok', IN_CALL: 'ok', DROPPED: 'wait', DENIED: 'refused', ENDED: 'ended' };
const mayComeYet = ['INVITED', 'CHECKING'];

/** The people of `page.session`, which is replaced by each answer of the server. */
export class Invited {
  #page;
  #form;
  #text;
  #isOpen = false;
  #colleagues = [];
  #link;

  constructor(page) {
    this.#page = page;
    this.#form = new Form(page, { t });
    this.#text = new InvitationText(page);
  }

  /** Asks the server how it is now. */
  async follow() {
    this.#page.session = await api.get(`video/sessions/${this.#page.session.id}`).catch(() => this.#page.session);
    this.#page.requestUpdate();
  }

  /**
   * @param of       whom of them to show; everybody unless given
   * @param summary  whether what is wrong with the form is summed up here, since the page does not do it
   */
  draw({ of = () => true, summary = false } = {}) {
    const people = this.#page.session.people.filter(of);
    return html`<section class="stack"><h2>${t('people.title')}</h2>
      ${people.length > 0 ? html`<div class="sheet rows">${people.map(each => this.#row(each))}</div>` : nothing}
      ${this.#link ? this.#drawLink(this.#link) : nothing}
      ${this.#isOpen ? html`${summary ? this.#form.summary() : nothing}${this.#drawForm()}` : html`<div class="buttons invite-someone">${button(t('people.add'), { icon: 'plus', press: () => this.#open() })}</div>`}</section>`;
  }

  #row(each) {
    return html`<div class="row"><div class="grow"><strong>${each.label}</strong> <span class="second">${shownAs(each)}</span>
        <span class="row second">${each.askedAt ? status('attention', t('people.asked', { time: moment(each.askedAt) })) : status(kinds[each.admission] ?? 'off', t(`state.${each.admission}`))}</span></div>
      <div class="buttons">${mayComeYet.includes(each.admission) ? button(t('people.withdraw'), { kind: 'bare', about: each.label, press: () => this.#withdraw(each) }) : nothing}
        ${button(t('session.link'), { about: each.label, press: () => this.#invite(each) })}</div></div>`;
  }

  #drawLink({ name, address, isCoHost }) {
    return html`<div class="sheet padded"><div class="field"><label for="invitation">${t('people.link', { name })}</label>
        <p class="hint" id="invitation-hint">${t(isCoHost ? 'people.link.co-host' : 'new.link.hint')}</p>
        <input id="invitation" readonly .value=${address} aria-describedby="invitation-hint" @focus=${event => event.target.select()}></div>
      <div class="buttons">${button(t('new.copy'), { icon: 'copy', press: () => this.#copy(address) })}</div>
      ${isCoHost ? nothing : this.#text.draw({ address, startsAt: this.#page.session.startsAt })}</div>`;
  }

  #drawForm() {
    const value = this.#form.value('role') ?? roles[0];
    const who = value === 'CO_HOST'
      ? this.#form.field({ name: 'staffId', label: t('people.colleague'), type: 'select', required: true, options: this.#colleagues.map(({ id, name }) => ({ value: id, label: name })) })
      : html`${this.#form.field({ name: 'label', label: t('people.label'), hint: t('people.label.hint'), required: true, maxlength: 80 })}
        ${this.#form.field({ name: 'displayName', label: t('new.shown'), hint: t('name.hint'), required: true, maxlength: 64 })}`;
    return html`<div class="sheet padded invite" @change=${() => this.#page.requestUpdate()}>${this.#form.draw(html`
      ${this.#form.field({ name: 'role', label: t('people.role'), type: 'choice', required: true, value: roles[0],
        options: roles.filter(role => role !== 'CO_HOST' || this.#colleagues.length > 0).map(role => ({ value: role, label: t(`role.${role}`), hint: t(`role.${role}.hint`) })) })}
      ${who}
      <div class="buttons">${submit(t('new.invite'))}${button(t('people.not'), { press: () => this.#giveUp() })}</div>`, values => this.#add(values))}</div>`;
  }

  async #open() {
    this.#colleagues = (await api.get('video/colleagues')).colleagues;
    this.#isOpen = true;
    await this.#focus('.invite input');
  }

  #close() {
    this.#form.clear();
    this.#isOpen = false;
  }

  /** What was pressed is gone; the way goes on here. */
  async #focus(selector) {
    this.#page.requestUpdate();
    await this.#page.updateComplete;
    this.#page.querySelector(selector)?.focus();
  }

  async #giveUp() {
    this.#close();
    await this.#focus('.invite-someone .button');
  }

  async #add(values) {
    const session = await api.post(`video/sessions/${this.#page.session.id}/participants`, values);
    this.#close();
    await this.#told(session, session.people.at(-1));
  }

  /** Whoever is there came by the old link, and is sent away by a new one. */
  async #invite(each) {
    const isHere = !['INVITED', 'DENIED', 'ENDED'].includes(each.admission);
    if (isHere && !await confirm({ question: t('link.question'), text: t('link.text', { name: each.label }), act: t('session.link') })) return;
    const at = this.#page.session.people.findIndex(one => one.participant === each.participant);
    const session = await api.post(`video/sessions/${this.#page.session.id}/participants/${each.participant}/invitations`);
    await this.#told(session, session.people[at]);
  }

  async #withdraw(each) {
    if (!await confirm({ question: t('people.withdraw.question'), text: t('people.withdraw.text', { name: each.label }), act: t('people.withdraw') })) return;
    this.#page.session = await api.delete(`video/sessions/${this.#page.session.id}/participants/${each.participant}`);
    this.#link = undefined;
  }

  async #told(session, { label, role }) {
    this.#page.session = session;
    this.#link = { name: label, address: new URL(session.invitation, location.origin).href, isCoHost: role === 'CO_HOST' };
    this.#page.say(t('new.made', { name: label }));
    await this.#focus('#invitation');
  }

  async #copy(address) {
    await navigator.clipboard.writeText(address);
    this.#page.toast(t('new.copied'));
  }
}
