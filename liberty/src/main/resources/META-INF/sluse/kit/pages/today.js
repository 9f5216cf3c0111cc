// SPDX-License-Identifier: Apache-2.0
import { StaffPage, banner, empty, html, linkButton, nothing, t, tenant, time, weekday } from 'kit';

/** The day at the desk: made of what each module that is on has to say, the heaviest first. */
class Today extends StaffPage {
  refreshEvery = 10;
  #parts = new Map();
  #headlines = new Map();
  #broken = new Set();
  #said;

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener('sluse-headline', event => this.#hear(event.target, event.detail));
    this.addEventListener('sluse-changed', () => this.#parts.forEach(part => part.requestUpdate()));
    this.clock = setInterval(() => this.requestUpdate(), 15_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  async prepare(signal) {
    await super.prepare(signal);
    const wanted = this.me.modules.filter(module => module.on && module.today).map(module => module.id);
    for (const [id, part] of this.#parts) if (!wanted.includes(id)) this.#drop(id, part);
    await Promise.all(wanted.filter(id => !this.#parts.has(id)).map(id => this.#add(id)));
  }

  heading() {
    return this.#heaviest()?.text ?? t('today.nothing');
  }

  lead() {
    return `${weekday(Date.now())}, ${time(Date.now())}`;
  }

  actions() {
    return this.#ordered().map(part => part.places.actions);
  }

  banners() {
    return this.#broken.size ? banner('info', t('today.part-failed')) : nothing;
  }

  /** It stands under "Needs you". */
  urgent() {
    return nothing;
  }

  main() {
    if (this.#parts.size === 0) {
      const administrator = this.has('administrator');
      return empty(t('today.empty'), t(administrator ? 'today.empty-administrator' : 'today.empty-text'),
        administrator ? linkButton(t('nav.modules'), this.link('admin/modules')) : nothing);
    }
    return [...this.#parts.values()];
  }

  aside() {
    const asides = this.#ordered().map(part => part.places.aside).filter(place => place.childElementCount > 0);
    return asides.length ? html`<section><h2>${t('today.needs-you')}</h2><div class="sheet">${asides}</div></section>` : nothing;
  }

  async #add(id) {
    const name = `${id}-today`;
    try {
      await import(`/ui/${tenant}/${id}/today.js`);
    } catch (problem) {
      console.error(problem);
      this.#broken.add(id);
      return;
    }
    this.#broken.delete(id);
    const part = document.createElement(name);
    part.className = 'today-part';
    part.me = this.me;
    part.places = { aside: document.createElement('div'), actions: document.createElement('div') };
    part.places.actions.className = 'buttons';
    this.#parts.set(id, part);
  }

  #drop(id, part) {
    this.#parts.delete(id);
    this.#headlines.delete(part);
    part.leave?.();
  }

  #hear(part, headline) {
    if (headline) this.#headlines.set(part, headline);
    else this.#headlines.delete(part);
    const sentence = this.heading();
    if (this.here && this.#said !== undefined && this.#said !== sentence) this.say(sentence);
    this.#said = sentence;
    this.requestUpdate();
  }

  #heaviest() {
    return [...this.#headlines.values()].sort((a, b) => b.weight - a.weight)[0];
  }

  /** Parts with the most urgent first, for what stands beside the day. */
  #ordered() {
    const weight = part => this.#headlines.get(part)?.weight ?? 0;
    return [...this.#parts.values()].sort((a, b) => weight(b) - weight(a));
  }
}

customElements.define('sluse-today', Today);
