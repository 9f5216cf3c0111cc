// SPDX-License-Identifier: Apache-2.0
// What else one can do during a call: each tool is a module of its own; here is where they are found, and the sheet that one of them opens at a time.

import { button, html, icon, messages, nothing } from 'kit';
import { Captions } from './captions.js';
import { Chat } from './chat.js';
import { Connections } from './connections.js';
import { Inputs } from './inputs.js';
import { areOn } from './keys.js';
import { Outgoing } from './outgoing.js';
import { Safety } from './safety.js';
import { Share } from './share.js';

const t = messages('video');

/** One tool: its sign over its word. */
export function tool(word, sign, press, { kind = '', key, opens, open, count = 0 } = {}) {
  return html`<button type="button" class=${`tool ${kind}`} aria-keyshortcuts=${key && areOn() ? key : nothing} data-opens=${opens ?? nothing}
    aria-expanded=${opens ? String(open) : nothing} @click=${press}>${icon(sign)}<span>${word}</span>${
    count > 0 ? html`<span class="tool-count"><span class="hidden-text">, ${t('chat.unread', { n: count })}</span><span aria-hidden="true">${count}</span></span>` : nothing}</button>`;
}

/** The tools of one person in a call. `page` is drawn again by `requestUpdate`, speaks by `say`, and is not `over` as long as there is nothing to say why. */
export class CallTools {
  connections = new Connections();
  outgoing = new Outgoing(this.connections);

  #page;
  #stream;
  #share;
  #chat;
  #captions;
  #inputs;
  #safety;
  #open = '';
  #following = false;

  /** @param stream  answers one's own camera and microphone */
  constructor(page, stream) {
    this.#page = page;
    this.#stream = stream;
    this.#share = new Share(page, this.connections, this.outgoing, () => this.#track('video'));
    this.#chat = new Chat(page, this.connections, () => this.#open === 'chat');
    this.#captions = new Captions(page, this.connections);
    this.#inputs = new Inputs(page, stream, {
      changed: (kind, track) => (kind === 'video' && this.#share.on ? undefined : this.outgoing.put(kind, track)),
      isOver: () => page.over !== '',
    });
    this.#safety = new Safety(page, this.connections);
    this.connections.whenAlone(() => { this.#open = ''; });
    document.addEventListener('fullscreenchange', () => page.requestUpdate());
  }

  /** What the connections of this call have to send: one's own camera and microphone to begin with. */
  sent() {
    if (!this.#following) {
      this.#following = true;
      for (const kind of ['audio', 'video']) this.outgoing.put(kind, this.#track(kind));
      this.#inputs.follow();
    }
    return this.outgoing.stream;
  }

  /** What keys do, by their letter. */
  get acts() {
    return { ...Share.possible && { s: () => this.#share.toggle() }, c: () => this.#toggle('chat') };
  }

  /** How that is called. */
  names() {
    return { ...Share.possible && { s: t('keys.share') }, c: t('keys.chat') };
  }

  /** In the toolbar. A phone has room for the last one only, which opens the way to the others. */
  draw() {
    this.#page.updateComplete.then(() => this.#inputs.apply(this.#page.querySelectorAll('video[data-side=other]')));
    const opens = (what, word, sign, more) => tool(word, sign, () => this.#toggle(what), { opens: what, open: this.#open === what, ...more });
    return html`${Share.possible ? tool(this.#share.on ? t('share.on') : t('share.tool'), 'share', () => this.#share.toggle(), { kind: `roomy ${this.#share.on ? 'on' : ''}`, key: 'S' }) : nothing}
      ${opens('captions', t('captions.title'), 'captions', { kind: 'roomy' })}
      ${opens('chat', t('chat.title'), 'message', { kind: 'roomy', key: 'C', count: this.#chat.unread })}
      ${opens('more', t('more.title'), 'more', { kind: this.#chat.unread > 0 ? 'unread' : '' })}`;
  }

  /** Over the picture, and beside or under it. */
  drawAround() {
    return html`${this.#captions.draw()}${this.#share.isSeen ? html`<span class="screen-seen" hidden></span>` : nothing}${this.#open ? this.#sheet() : nothing}`;
  }

  /** Above the toolbar. */
  drawAbove() {
    return this.#share.draw();
  }

  #sheet() {
    const sheets = {
      more: [t('more.title'), () => this.#more()],
      chat: [t('chat.title'), () => this.#chat.draw()],
      captions: [t('captions.title'), () => this.#captions.drawField()],
      inputs: [t('inputs.title'), () => this.#inputs.draw()],
      safety: [t('safety.title'), () => this.#safety.draw()],
    };
    const [title, content] = sheets[this.#open];
    return html`<aside class="call-sheet" aria-labelledby="call-sheet-title" tabindex="-1" @keydown=${event => event.key === 'Escape' && this.#close()}>
      <div class="call-sheet-head"><h2 id="call-sheet-title">${title}</h2>${button(t('more.close'), { icon: 'close', iconOnly: true, kind: 'bare', press: () => this.#close() })}</div>
      ${content()}</aside>`;
  }

  #more() {
    const entry = (word, sign, press, kind = '') => html`<li class=${kind}><button type="button" class="button bare" @click=${press}><span class="button-label">${icon(sign)}${word}</span></button></li>`;
    const opens = (what, word, sign, kind) => entry(word, sign, () => this.#show(what), kind);
    const full = Boolean(document.fullscreenElement);
    return html`<ul class="more">
      ${Share.possible ? entry(this.#share.on ? t('share.stop') : t('share.tool'), 'share', () => { this.#close(); this.#share.toggle(); }, 'narrow') : nothing}
      ${opens('captions', t('captions.title'), 'captions', 'narrow')}
      ${opens('chat', this.#chat.unread > 0 ? `${t('chat.title')}, ${t('chat.unread', { n: this.#chat.unread })}` : t('chat.title'), 'message', 'narrow')}
      ${opens('inputs', t('inputs.title'), 'camera')}
      ${document.fullscreenEnabled ? entry(t(full ? 'full.leave' : 'full.enter'), 'full', () => (full ? document.exitFullscreen() : document.documentElement.requestFullscreen())) : nothing}
      ${opens('safety', t('safety.title'), 'lock')}</ul>`;
  }

  #toggle(what) {
    return this.#open === what ? this.#close() : this.#show(what);
  }

  /** Where one goes on by keyboard: to the first field, or to the sheet. */
  async #show(what) {
    this.#open = what;
    this.#page.requestUpdate();
    await this.#page.updateComplete;
    const sheet = this.#page.querySelector('.call-sheet');
    (sheet?.querySelector('[data-first]') ?? sheet)?.focus();
  }

  /** Back to the tool that has opened it; a small screen has only the last one. */
  async #close() {
    const opened = this.#open;
    this.#open = '';
    this.#page.requestUpdate();
    await this.#page.updateComplete;
    const tools = [...this.#page.querySelectorAll('[data-opens]')].filter(each => each.getClientRects().length > 0);
    (tools.find(each => each.dataset.opens === opened) ?? tools.at(-1))?.focus();
  }

  #track(kind) {
    return this.#stream().getTracks().find(each => each.kind === kind);
  }
}
