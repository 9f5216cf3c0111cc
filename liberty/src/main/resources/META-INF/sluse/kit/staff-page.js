// SPDX-License-Identifier: Apache-2.0
// The page of somebody who works at the clinic.

import { html, nothing } from 'lit';
import { api, whenSignedOut } from './api.js';
import { icon, mark } from './icons.js';
import { banner, button, linkButton } from './parts.js';
import { messages, t, tenant, texts } from './i18n.js';
import { Page } from './page.js';
import { Watch } from './watch.js';

/** Told within three seconds: the look itself, and an answer that another part of the page has just had, take their time too. */
const watchEvery = 2000;

const bundleOf = entry => (entry.plugin === 'core' ? 'kit' : entry.plugin);

/** A page of someone signed in: the side with the clinic, where its data rests, and the way around. */
export class StaffPage extends Page {
  /** What GET core/me answered: {tenant, actor, modules, nav}. */
  me;

  /** Below which address of the API it is said who this is, and where signing out is. */
  static door = 'core/';

  #menuOpen = false;
  #watch = new Watch();

  get clinicName() {
    return this.me?.tenant.name ?? '';
  }

  /** Whether the person signed in has a role ("administrator"). */
  has(role) {
    return this.me?.actor.roles.some(each => each.toLowerCase() === role) ?? false;
  }

  /** Whether a module is on for this clinic. */
  isOn(module) {
    return this.me?.modules.some(each => each.id === module && each.on) ?? false;
  }

  /** The address of a page of this clinic: link('patients'). */
  link(path) {
    return `/${tenant}/${path}`;
  }

  async prepare(signal) {
    whenSignedOut(() => location.assign(this.link(`sign-in?why=ended&to=${encodeURIComponent(this.#here())}`)));
    this.me = await api.get(`${this.constructor.door}me`, { signal });
    await this.#watch.of(this.has('practitioner') ? this.me.modules.filter(module => module.watch).map(module => module.id) : []);
    if (!this.here) this.#look();
    for (const entry of this.me.nav) messages(bundleOf(entry));
    await texts();
  }

  /** Whether others may see this screen (a call that is shared): then no name and no answer is said. */
  get shared() {
    return false;
  }

  /** A person may be at risk: above everything on each page, but where it is open already. */
  urgent() {
    return this.#watch.urgent.filter(one => one.href !== location.pathname).map(one => banner('stop', this.shared ? one.brief : one.text, {
      action: linkButton(this.shared ? t('urgent.new-tab', { link: one.link }) : one.link, one.href, { newTab: this.shared }) }));
  }

  content() {
    return html`${this.urgent()}${super.content()}`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.watching = setInterval(() => document.hidden || this.#look(), watchEvery);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.watching);
  }

  async #look() {
    if (await this.#watch.look()) this.requestUpdate();
    const fresh = this.#watch.tell();
    if (fresh.length) this.alert(fresh.map(one => (this.shared ? one.brief : one.text)).join(' '));
  }

  shell() {
    return html`<a class="skip" href="#main">${t('page.skip')}</a>
      <div class="staff">
        <header class="side" @keydown=${this.#closeMenu}>
          <div class="side-top">
            <div class="clinic">${mark()}<div><strong>${this.clinicName}</strong>${
              this.me ? html`<span class="detail">${t('side.rests', { place: this.me.tenant.location })}</span>` : nothing}</div></div>
            <button type="button" class="menu-button" aria-expanded=${this.#menuOpen} aria-controls="side-menu" @click=${this.#toggleMenu}>${t('side.menu')}</button>
          </div>
          <div class=${`side-menu ${this.#menuOpen ? 'open' : ''}`} id="side-menu">
            <nav aria-label=${t('side.name')}><ul>${this.#entries().map(entry => this.#entry(entry))}</ul></nav>
            ${this.me ? this.#signedIn() : nothing}
          </div>
        </header>
        <main id="main" tabindex="-1">${this.content()}</main>
      </div>`;
  }

  body() {
    const aside = this.aside();
    return aside === nothing ? this.main() : html`<div class="columns"><div class="column">${this.main()}</div><aside class="column">${aside}</aside></div>`;
  }

  wayOut() {
    const first = this.#entries()[0];
    return first ? html`<p>${linkButton(this.#word(first), this.link(first.path))}</p>` : nothing;
  }

  #here() {
    return location.pathname.slice(`/${tenant}/`.length);
  }

  /** The entry of the page that is open: the longest path that the address begins with. */
  #present() {
    const here = this.#here();
    return (this.me?.nav ?? []).filter(entry => here === entry.path || here.startsWith(`${entry.path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
  }

  #sideNow() {
    const fallback = this.#here().startsWith('admin') ? 'administrator' : 'practitioner';
    const side = this.#present()?.side ?? fallback;
    return this.me?.nav.some(entry => entry.side === side) ? side : this.me?.nav[0]?.side;
  }

  #entries() {
    return (this.me?.nav ?? []).filter(entry => entry.side === this.#sideNow());
  }

  #entry(entry) {
    const present = entry === this.#present();
    const count = this.#watch.count(entry.path);
    return html`<li><a href=${this.link(entry.path)} aria-current=${present ? 'page' : nothing}>${icon(entry.icon)}<span>${this.#word(entry)}</span>${
      count ? html`<span class="count">${count}<span class="hidden-text"> ${t('side.wait')}</span></span>` : nothing}</a></li>`;
  }

  #word(entry) {
    return messages(bundleOf(entry))(entry.key);
  }

  #signedIn() {
    const other = this.me.nav.find(entry => entry.side !== this.#sideNow());
    const { name, roles } = this.me.actor;
    return html`<div class="signed-in">
      ${name ? html`<a href=${this.link(this.has('practitioner') ? 'me' : 'admin/people')}><strong>${name}</strong></a>` : nothing}<span class="detail">${roles.map(role => t(`role.${role.toLowerCase()}`)).join(', ')}</span>
      ${other ? html`<a href=${this.link(other.path)}>${t(`side.to-${other.side}`)}</a>` : nothing}
      ${button(t('sign-out'), { kind: 'link', press: async () => { await api.post(`${this.constructor.door}sign-out`); location.assign(this.link('sign-in?why=ended')); } })}
      ${this.languageMenu()}
    </div>`;
  }

  #toggleMenu = () => {
    this.#menuOpen = !this.#menuOpen;
    this.requestUpdate();
  };

  #closeMenu = event => {
    if (event.key !== 'Escape' || !this.#menuOpen || event.target.closest('details[open]')) return;
    this.#toggleMenu();
    this.querySelector('.menu-button').focus();
  };
}
