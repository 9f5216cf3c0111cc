// SPDX-License-Identifier: Apache-2.0
import {
  Form, StaffPage, api, banner, button, confirm, country, format, html, icon, language, linkButton, list, moment, nothing, number, passage, passageLine, status, submit, t,
} from 'kit';
import { daysLeft, stands } from './papers.js';

const narrow = matchMedia('(max-width: 899px)');
const states = {
  ON: ['ok', 'modules.on'],
  PENDING: ['partly', 'modules.not-ready'],
  OFF: ['off', 'modules.off'],
  DRAINING: ['partly', 'modules.draining'],
  HELD_BACK: ['wait', 'modules.held-back'],
  KILLED: ['refused', 'modules.stopped'],
  QUARANTINED: ['attention', 'modules.quarantined'],
};
const underWay = 2;

/** What the clinic has switched on, what each module would disclose, and the switch behind its consequence. A module is a page on a phone. */
class Modules extends StaffPage {
  settings = new Form(this, { t: (key, args) => this.#word(key, args) });
  switching = new Form(this);
  #closed = false;

  connectedCallback() {
    super.connectedCallback();
    narrow.addEventListener('change', () => this.requestUpdate());
    addEventListener('popstate', () => this.#show(location.pathname.split('/')[4] ?? ''));
  }

  async load(signal) {
    const { modules, leftOut } = await api.get('core/modules', { query: { lang: language }, signal });
    this.modules = modules;
    this.leftOut = leftOut;
    // Until each node has said so; after that nothing changes by itself.
    this.refreshEvery = modules.some(each => each.inForce.nodes < each.inForce.of) ? underWay : 0;
  }

  heading() {
    if (this.#alone()) return sentence(this.#chosen());
    return t('modules.title', { on: this.modules.filter(isOn).length, n: this.modules.length });
  }

  lead() {
    return this.#alone() ? this.#chosen().purpose : t('modules.lead');
  }

  crumbs() {
    return this.#alone() ? [{ label: t('nav.modules'), href: this.link('admin/modules') }] : [];
  }

  main() {
    const module = this.#chosen();
    if (this.#alone()) return html`<div class="stack">${this.#detail(module, 2)}</div>`;
    if (!module) return html`<div class="stack">${this.#leftOut()}${this.#list(undefined)}</div>`;
    return html`<div class="stack">${this.#leftOut()}<div class="modules">${this.#list(module)}<section class="sheet padded" aria-labelledby="module-sentence">
      <div><h2 id="module-sentence" class="large">${sentence(module)}</h2><p class="second">${module.purpose}</p></div>
      ${this.#detail(module, 3)}</section></div></div>`;
  }

  /** On a phone the detail is a page of its own. */
  #alone() {
    return narrow.matches && this.arg !== '' && this.#chosen() !== undefined;
  }

  #chosen() {
    const named = this.modules.find(module => module.id === this.arg);
    return named ?? (narrow.matches || this.#closed ? undefined : this.modules[0]);
  }

  #leftOut() {
    return this.leftOut.map(one => banner('wait', t('modules.left-out', { id: one.id, why: one.why }), { icon: 'attention' }));
  }

  #list(chosen) {
    return html`<ul class="module-list">${this.modules.map(module => html`<li>
      <a href=${this.link(`admin/modules/${module.id}`)} aria-current=${module === chosen ? 'true' : nothing} @click=${event => this.#open(event, module)}>
        <span class="module-name">${module.name}</span>${stateOf(module)}
        <span class="second">${receivers(module)}</span>
      </a></li>`)}</ul>`;
  }

  #detail(module, level) {
    const heading = text => (level === 2 ? html`<h2>${text}</h2>` : html`<h3>${text}</h3>`);
    return html`
      ${module.restriction ? banner(module.wish === 'ON' ? 'stop' : 'info', held(module), { icon: module.restriction.kind === 'KILLED' ? 'refused' : 'wait' }) : nothing}
      ${module.recipients.length === 0 ? passageLine([]) : module.recipients.map(recipient => passage({
        clinic: { name: this.clinicName, place: this.me.tenant.location },
        recipient: { name: recipient.name, place: `${recipient.address}, ${country(recipient.country)}` },
        stays: module.stays, passes: recipient.fields, sees: recipient.seesByItself, level,
      }))}
      ${heading(t('modules.paper'))}
      <dl class="papers">
        ${module.reasons.map(reason => paper('attention', t('modules.missing'), reason.text))}
        ${module.papers.filter(each => each.state === 'HOLDS').map(each => paper(daysLeft(each.paper) === undefined ? 'ok' : 'attention', t(`paper.kind.${each.kind}`), stands(each.paper)))}
        ${module.recipients.map(recipient => html`
          ${paper('ok', t('register.legalBasis'), recipient.legalBasis)}
          ${paper('ok', t('register.country'), whereabouts(module, recipient))}`)}
        ${module.recipients.length ? nothing : paper('ok', t('register.legalBasis'), module.legalBasis)}
      </dl>
      ${module.papers.length ? this.#agreements(module) : nothing}
      ${heading(t('register.activities'))}
      <dl class="papers">
        ${module.recipients.map(recipient => fact(t('modules.service', { name: recipient.name }), recipient.service))}
        ${fact(t('register.subjects'), module.activity.subjects)}
        ${fact(t('register.data'), module.activity.data)}
        ${fact(t('register.retention'), module.activity.retention)}
      </dl>
      ${module.asked ? this.#confirmation(module) : this.#switch(module)}
      ${module.settings.fields.length ? html`${heading(t('modules.settings'))}${this.#settings(module)}` : nothing}`;
  }

  /** The way to the missing paper is the filled button; without one, a link. */
  #agreements(module) {
    const missing = module.papers.some(each => each.state !== 'HOLDS');
    return missing
      ? html`<div class="buttons">${linkButton(t('modules.add-paper'), this.link('admin/agreements'), { kind: 'filled' })}
        <span class="detail">${t('modules.paper-first')}</span></div>`
      : html`<p><a href=${this.link('admin/agreements')}>${t('modules.open-papers')}</a></p>`;
  }

  /** A module that is stopped or held back is one that the clinic wants on: it can take that back. */
  #switch(module) {
    return module.wish === 'ON' ? this.#switchOff(module) : this.#switchOn(module);
  }

  /** Somebody has asked for it. Who asked can only take it back; somebody else can confirm it. */
  #confirmation(module) {
    const back = button(t('modules.take-back'), { working: t('working'), press: () => this.#takeBack(module) });
    if (module.asked.byYou) {
      return html`${banner('wait', t('modules.asked-by-you', { time: moment(module.since) }))}<div class="buttons">${back}</div>`;
    }
    return html`${banner('wait', t('modules.asked-by', { name: module.asked.name, time: moment(module.since) }))}
      ${this.#switchOn(module)}<div class="buttons">${back}</div>`;
  }

  #switchOn(module) {
    const ready = module.reasons.length === 0;
    const open = module.acknowledgements.filter(each => !each.given);
    return html`
      ${banner('info', t('modules.what-happens', { n: Math.max(1, module.recipients.length) }))}
      ${this.switching.draw(html`
        ${module.acknowledgements.map(each => this.switching.field({ name: `accept-${each.id}`, type: 'checkbox', label: each.text, value: each.given,
          required: true, missing: t('modules.accept-first') }))}
        <div class="buttons">
          ${submit(t(module.asked ? 'modules.confirm' : 'modules.switch-on', { name: module.name }), { kind: ready ? 'filled' : 'outlined', working: t('modules.starting') })}
          ${module.asked ? nothing : button(t('modules.not-now'), { kind: 'bare', press: () => this.#leave(module) })}
          <span class="detail">${t(module.needsSecondPerson && !module.asked ? 'modules.two-people' : 'modules.way-back')}</span>
        </div>`, values => this.#turnOn(module, open.filter(each => values[`accept-${each.id}`]).map(each => each.id)))}`;
  }

  #switchOff(module) {
    return html`
      ${banner(isOn(module) ? 'ok' : 'info', html`${!isOn(module) ? t('modules.wanted-since', { time: moment(module.since) }) : module.since ? t('modules.on-since', { time: moment(module.since) }) : t('modules.on-now')}
        ${isOn(module) ? html`${inForce(module)} <a href=${this.link('admin/register')}>${t('modules.see-register')}</a>` : nothing}`)}
      <div class="buttons">${button(t('modules.switch-off', { name: module.name }), { kind: 'stop', working: t('modules.ending'), press: () => this.#turnOff(module) })}
        <span class="detail">${t(isOn(module) ? 'modules.off-means' : 'modules.off-stays')}</span></div>`;
  }

  /** A module's own word for what is wrong with a setting; its texts are not to be had while it is off, so they come with the form. */
  #word(key, args) {
    const own = this.#chosen()?.settings.errors[key];
    return own ? format(own, args) : t(key, args);
  }

  #settings(module) {
    return this.settings.draw(html`
      ${module.settings.fields.map(field => this.settings.field(formField(field)))}
      ${submit(t('save'), { kind: 'outlined' })}`, values => this.#saveSettings(module, values));
  }

  async #turnOn(module, accept) {
    const after = await api.put(`core/modules/${module.id}`, { on: true, accept, ...(module.asked ? { confirms: module.asked.revision } : {}) }, { query: { lang: language } });
    this.#replace(after);
    this.switching.clear();
    if (after.asked) this.say(t('modules.is-asked', { name: module.name }));
    else this.say(isOn(after) ? `${t('modules.is-on', { name: module.name })} ${inForce(after)}` : t(states[after.state][1]));
    await this.reload();
  }

  async #turnOff(module) {
    const sure = await confirm({ question: t('modules.off-question', { name: module.name }), text: t('modules.off-text'), act: t('modules.switch-off', { name: module.name }) });
    if (!sure) return;
    const after = await api.put(`core/modules/${module.id}`, { on: false, accept: [] }, { query: { lang: language } });
    this.#replace(after);
    this.say(`${t('modules.is-off', { name: module.name })} ${inForce(after)}`);
    await this.reload();
  }

  async #takeBack(module) {
    this.#replace(await api.put(`core/modules/${module.id}`, { on: false, accept: [] }, { query: { lang: language } }));
    this.say(t('modules.taken-back'));
    await this.reload();
  }

  async #saveSettings(module, values) {
    const secrets = module.settings.fields.filter(field => field.type === 'secret').map(field => field.name);
    const sent = Object.fromEntries(Object.entries(values).filter(([name, value]) => !secrets.includes(name) || value !== ''));
    this.#replace(await api.put(`core/modules/${module.id}/settings`, sent, { query: { lang: language } }));
    this.settings.clear();
    this.toast(t('saved'));
  }

  #replace(module) {
    this.modules = this.modules.map(each => (each.id === module.id ? module : each));
  }

  #open(event, module) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', this.link(`admin/modules/${module.id}`));
    this.#show(module.id);
  }

  /** Nothing is switched, and what was ticked is forgotten. The list is where one came from. */
  async #leave(module) {
    history.pushState(null, '', this.link('admin/modules'));
    this.#closed = true;
    this.#show('');
    await this.updateComplete;
    this.querySelector(`.module-list a[href$="/${module.id}"]`)?.focus();
  }

  #show(id) {
    this.arg = id;
    if (id) this.#closed = false;
    this.settings.clear();
    this.switching.clear();
    if (narrow.matches) this.moved();
    else this.requestUpdate();
  }
}

const isOn = module => module.state === 'ON';
const stateOf = module => (module.asked ? status('wait', t('modules.asked')) : status(states[module.state][0], t(states[module.state][1])));

/** What the operator holds against it, and what that does to the clinic's wish. */
const held = ({ wish, restriction: { kind, why, since } }) =>
  `${t(`modules.because.${kind}`, { why: (why || t('modules.because.failing')).replace(/\.?$/, '.'), time: moment(since) })} ${t(wish === 'ON' ? 'modules.by-itself' : 'modules.later')}`;

/** Where a recipient is, and whether that needs a further paper. */
const whereabouts = (module, { id, country: name }) => (module.papers.some(each => each.recipient === id && each.kind === 'TRANSFER_BASIS')
  ? name : t('modules.inside-eea', { country: name }));
/** "In force on 3 of 3 nodes." */
const inForce = ({ inForce: { nodes, of } }) => t('modules.in-force', { nodes: number(nodes), of });
const paper = (kind, label, text) => html`<div><dt class=${`status-${kind}`}>${icon(kind)}<span>${label}</span></dt><dd>${text}</dd></div>`;

const fact = (label, text) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`;

/** "Switched on, Extensor AS receives assessment data", as a heading: without its full stop. */
function sentence(module) {
  return consequence(module).replace(/\.$/, '');
}

function consequence(module) {
  if (['HELD_BACK', 'KILLED'].includes(module.state)) {
    return module.recipients.length === 0 ? t('modules.waits-none') : t('modules.waits', { name: list(module.recipients.map(recipient => recipient.name)) });
  }
  if (module.recipients.length === 0) return t(isOn(module) ? 'modules.on-none' : 'modules.before-none');
  const name = list(module.recipients.map(recipient => recipient.name));
  const data = list([...new Set(module.recipients.flatMap(recipient => recipient.fields))]);
  return t(isOn(module) ? 'modules.receives' : 'module.before', { name, data });
}

function receivers(module) {
  if (module.recipients.length === 0) return t('disclosure.none');
  const names = list(module.recipients.map(recipient => recipient.name));
  return t(isOn(module) ? 'modules.who-receives' : 'modules.who-would', { names });
}

/** A setting as a field of the form. */
function formField(field) {
  const types = { boolean: 'checkbox', choice: 'select', secret: 'password' };
  const bounds = field.type === 'integer' && field.max !== undefined && field.max !== null ? t('modules.bounds', { min: number(field.min), max: number(field.max) }) : undefined;
  const secret = field.type === 'secret' ? t(field.set ? 'modules.secret-set' : 'modules.secret-none') : undefined;
  return {
    ...field,
    type: types[field.type] ?? field.type,
    value: field.type === 'secret' ? '' : field.value,
    required: ['boolean', 'choice'].includes(field.type) ? undefined : field.required && !(field.type === 'secret' && field.set),
    hint: [field.hint, bounds, secret].filter(Boolean).map(text => text.replace(/\.$/, '')).join('. '),
    options: field.options?.map(option => (typeof option === 'string' ? { value: option, label: option } : option)),
  };
}

customElements.define('sluse-admin-modules', Modules);
