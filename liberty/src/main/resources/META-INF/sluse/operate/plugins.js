// SPDX-License-Identifier: Apache-2.0
import { Form, api, button, confirm, empty, html, language, list, nothing, number, status, submit, table } from 'kit';
import { OperatorPage, t } from './operator-page.js';

const stages = ['NOBODY', 'PILOT', 'PERCENT', 'EVERYBODY'];
const everything = '';

/** Every plugin, for all clinics at once: how far it is rolled out, what is stopped, what the server was started without. */
class Plugins extends OperatorPage {
  refreshEvery = 10;
  stopping = new Form(this, { t });
  rolling = new Form(this, { t });
  /** What is being changed: {id, what}; a page that loads again keeps it. */
  open;

  async load(signal) {
    const { plugins, leftOut } = await api.get('plugins', { query: { lang: language }, signal });
    this.plugins = plugins;
    this.leftOut = leftOut;
  }

  heading() {
    const stopped = this.plugins.filter(isTouched).length;
    return stopped || this.leftOut.length
      ? t('plugins.title-some', { n: this.plugins.length, stopped, out: this.leftOut.length })
      : t('plugins.title', { n: this.plugins.length });
  }

  lead() {
    return t('plugins.lead');
  }

  main() {
    return html`<div class="stack">
      ${this.plugins.length === 0 ? empty(t('plugins.none'), t('plugins.none-text')) : this.plugins.map(plugin => this.#plugin(plugin))}
      <section><h2>${t('plugins.left-out')}</h2>${this.leftOut.length === 0
        ? html`<p>${status('ok', t('plugins.all-in'))}</p>`
        : table({ caption: t('plugins.left-out'), rows: this.leftOut, tone: () => 'stop', columns: [
          { label: t('plugins.jar'), head: true, cell: row => html`${row.jar}${row.plugin ? html`<span class="detail">${row.plugin}</span>` : nothing}` },
          { label: t('plugins.cause'), cell: row => html`${row.why}<span class="detail" lang="en">${row.detail}</span>` },
        ] })}</section>
    </div>`;
  }

  #plugin(plugin) {
    const { open } = this;
    return html`<section class="sheet padded" aria-labelledby=${`plugin-${plugin.id}`} @change=${() => this.requestUpdate()}>
      <div class="switch-row"><div><h2 id=${`plugin-${plugin.id}`}>${plugin.name}</h2><p>${t('plugins.on-at', { n: plugin.on })} ${reach(plugin.stage)}</p></div>
        ${plugin.killed ? status('attention', t('plugins.stopped')) : plugin.stage.name === 'EVERYBODY' ? status('ok', t('plugins.open')) : status('partly', t('plugins.partly'))}</div>
      ${plugin.killedRecipients.map(recipient => html`<p class="row">${status('attention', t('plugins.stopped-to', { recipient: whom(plugin, recipient) }))}</p>`)}
      ${open?.id === plugin.id ? (open.what === 'rollout' ? this.#rollOut(plugin) : this.#stop(plugin, open.what === 'stop')) : html`<div class="buttons">
        ${button(t('plugins.roll-out'), { about: plugin.name, press: () => this.#change(plugin, 'rollout') })}
        ${stoppable(plugin).length ? button(t('plugins.stop'), { kind: 'stop', about: plugin.name, press: () => this.#change(plugin, 'stop') }) : nothing}
        ${isTouched(plugin) ? button(t('plugins.revive'), { about: plugin.name, press: () => this.#change(plugin, 'revive') }) : nothing}
      </div>`}
    </section>`;
  }

  #rollOut(plugin) {
    const chosen = this.rolling.value('stage') ?? plugin.stage.name;
    return this.rolling.draw(html`
      ${this.rolling.field({ name: 'stage', type: 'select', label: t('plugins.stage'), value: plugin.stage.name, options: stages.map(value => ({ value, label: t(`plugins.stage.${value}`) })) })}
      ${chosen === 'PERCENT' ? this.rolling.field({ name: 'percent', type: 'integer', label: t('plugins.percent'), unit: '%', min: 0, max: 100, required: true, value: plugin.stage.percent }) : nothing}
      ${chosen === 'PILOT' ? this.rolling.field({ name: 'pilots', label: t('plugins.pilots'), hint: t('plugins.pilots-hint'), required: true, value: (plugin.stage.pilots ?? []).join(' ') }) : nothing}
      ${this.#why(this.rolling)}
      <div class="buttons">${submit(t('plugins.do-roll-out'))}${this.#back()}</div>`, values => this.#sendRollOut(plugin, values));
  }

  #stop(plugin, stops) {
    const among = stops ? stoppable(plugin) : revivable(plugin);
    return this.stopping.draw(html`
      ${this.stopping.field({ name: 'recipient', type: 'select', label: t(stops ? 'plugins.stop-what' : 'plugins.revive-what'), value: among[0], options: among.map(value => ({
        value, label: value === everything ? t('plugins.everything', { name: plugin.name }) : t('plugins.to-recipient', { recipient: whom(plugin, value) }) })) })}
      ${this.#why(this.stopping)}
      <div class="buttons">${submit(t(stops ? 'plugins.do-stop' : 'plugins.do-revive'), { kind: stops ? 'stop' : 'filled' })}${this.#back()}</div>`,
    values => this.#sendKill(plugin, stops, values));
  }

  #why(form) {
    return form.field({ name: 'why', label: t('plugins.why'), hint: t('plugins.why-hint'), required: true, maxlength: 200 });
  }

  #back() {
    return button(t('cancel'), { press: () => this.#change() });
  }

  /** Opens or closes a form; the keyboard goes on where its button or its first field now is. */
  async #change(plugin, what) {
    const at = plugin?.id ?? this.open?.id;
    this.open = plugin && { id: plugin.id, what };
    this.rolling.clear();
    this.stopping.clear();
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector(`[aria-labelledby="plugin-${at}"] :is(form select, form input, .buttons button)`)?.focus();
  }

  async #sendRollOut(plugin, { stage, percent, pilots, why }) {
    const sure = await confirm({ question: t('plugins.roll-out-question', { name: plugin.name }), text: t('plugins.roll-out-text', { n: plugin.on }), act: t('plugins.do-roll-out'), tone: 'filled' });
    if (!sure) return;
    await this.#done(api.put(`plugins/${plugin.id}/rollout`, { stage, why,
      ...(stage === 'PERCENT' ? { percent } : {}), ...(stage === 'PILOT' ? { pilots: pilots.split(/[\s,]+/).filter(Boolean) } : {}) }, { query: { lang: language } }));
  }

  async #sendKill(plugin, killed, { recipient, why }) {
    const what = recipient === everything ? plugin.name : t('plugins.to-recipient', { recipient: whom(plugin, recipient) });
    const sure = !killed || await confirm({ question: t('plugins.stop-question', { what }), text: t('plugins.stop-text', { n: plugin.on }), act: t('plugins.do-stop') });
    if (!sure) return;
    await this.#done(api.put(`plugins/${plugin.id}/kill`, { killed, why, ...(recipient === everything ? {} : { recipient }) }, { query: { lang: language } }));
  }

  async #done(answer) {
    const { inForce } = await answer;
    await this.#change();
    await this.reload();
    this.say(t('modules.in-force', { nodes: number(inForce.nodes), of: inForce.of }));
  }
}

const isTouched = plugin => plugin.killed || plugin.killedRecipients.length > 0;
const stoppable = plugin => [...(plugin.killed ? [] : [everything]), ...plugin.recipients.map(one => one.id).filter(id => !plugin.killedRecipients.includes(id))];
const revivable = plugin => [...(plugin.killed ? [everything] : []), ...plugin.killedRecipients];

/** A recipient by its legal name, and the id that logs and commands have; one that each clinic names for itself has no name here. */
function whom({ recipients }, id) {
  const { name } = recipients.find(one => one.id === id) ?? {};
  return name ? t('plugins.recipient', { name, id }) : t('plugins.clinics-own', { id });
}

/** How far it is open, in a sentence. */
function reach({ name, percent, pilots }) {
  return t(`plugins.reach.${name}`, { percent: percent ?? 0, names: list(pilots ?? []) });
}

customElements.define('sluse-operate-plugins', Plugins);
