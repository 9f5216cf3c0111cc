// SPDX-License-Identifier: Apache-2.0
// A session at the desk: its link and state before the call, the call itself, and its end.

import { StaffPage, api, banner, button, confirm, gateLine, html, icon, mark, messages, moment, nothing, status, stylesheet, time } from 'kit';
import { devices } from './devices.js';
import { oneStop } from './keys.js';
import { Live } from './live.js';
import { PeerCall } from './peer.js';
import { acts, missedBanner, nextOf, person } from './people.js';
import { OwnTools, stage, tool, toolbar } from './stage.js';

stylesheet(new URL('video.css', import.meta.url));
const t = messages('video');

class VideoCall extends StaffPage {
  static plugin = 'video';
  people = [];
  connected = true;
  missed = false;
  over = '';
  own = new OwnTools(this, () => this.media.stream);
  keys = this.own.keys(() => this.inCall);
  acts = acts({
    live: () => this.live,
    go: each => each.session === this.session.id || location.assign(this.link(`sessions/${each.session}`)),
    missed: missed => { this.missed = missed; this.requestUpdate(); },
  });

  async load() {
    this.session = await api.get(`video/sessions/${this.arg}`);
    const { state } = this.session;
    if (state === 'ENDED' || state === 'CANCELLED') this.over = state === 'ENDED' ? 'ended' : 'cancelled';
    else if (!this.live) await this.#enter();
  }

  get mine() {
    return this.people.find(each => each.session === this.session.id);
  }

  get inCall() {
    return !this.over && ['ADMITTED', 'IN_CALL', 'DROPPED'].includes(this.mine?.state);
  }

  /** Whoever shares the screen shows the call. */
  get shared() {
    return this.inCall;
  }

  heading() {
    if (this.over) return t(`host-over.${this.over}`);
    return t('call.planned', { name: this.session.patientLabel });
  }

  lead() {
    return t('call.planned.lead', { time: moment(this.session.startsAt), name: this.session.displayName });
  }

  crumbs() {
    return [{ label: t('today'), href: this.link('today') }, { label: this.session.patientLabel }];
  }

  actions() {
    if (this.over) return nothing;
    return html`${button(t('session.link'), { icon: 'copy', press: () => this.#invite() })}
      ${button(t('session.cancel'), { kind: 'bare', press: () => this.#cancel() })}`;
  }

  main() {
    if (this.over) return nothing;
    return html`${this.connected ? missedBanner(this.missed) : banner('wait', t('call.line-lost'))}
      ${this.invitation ? html`<div class="sheet padded"><div class="field"><label for="invitation">${t('new.link')}</label>
        <input id="invitation" readonly .value=${this.invitation} @focus=${event => event.target.select()}></div></div>` : nothing}
      <section><h2>${t('today.room')}</h2>${this.#people(this.people)}</section>`;
  }

  shell() {
    return this.inCall && this.peer ? this.#call() : super.shell();
  }

  updated(changed) {
    super.updated(changed);
    oneStop(this);
  }

  #people(people) {
    if (people.length === 0) return html`<p class="second">${t('today.no-one')}</p>`;
    return html`<div class="sheet rows">${people.map(each => person(each, { now: this.now, next: each === nextOf(people), acts: this.acts }))}</div>`;
  }

  #call() {
    const outside = this.people.filter(each => each.session !== this.session.id);
    const { displayName } = this.mine;
    return html`<div class="call desk" data-theme="dark">
      <header>${mark()}<strong>${t('call.with', { name: displayName })}</strong>${
        this.peer.since ? html`<span>${t('call.since', { time: time(this.peer.since) })}</span>` : nothing}
        <span class="protected">${icon('lock')} ${t('call.encrypted')}</span><span>${icon('connection')} ${
          this.connected && this.peer.state === 'connected' ? t('call.line-good') : t('call.line-trying')}</span></header>
      <main id="main"><h1 class="hidden-text" tabindex="-1">${t('call.with', { name: displayName })}</h1>
        ${this.urgent()}${this.connected ? missedBanner(this.missed) : banner('wait', t('call.line-lost'))}
        ${stage({ remote: this.peer.remote, own: this.media.stream, name: displayName, state: this.peer.state })}</main>
      <aside class="panel" tabindex="0" aria-label=${t('call.people')}><h2>${t('call.outside')}</h2>${this.#people(outside)}
        <h2>${t('call.people')}</h2><p><strong>${displayName}</strong> <span class="detail">${t('call.only-you', { name: this.mine.patientLabel })}</span></p>
        ${status(this.peer.state === 'connected' ? 'ok' : 'wait', t(`state.${this.mine.state}`))}
        <div class="buttons">${button(t('host.back'), { about: this.mine.patientLabel, press: () => this.acts.back(this.mine) })}
          ${button(t('host.deny'), { kind: 'bare', about: this.mine.patientLabel, press: () => this.acts.deny(this.mine) })}</div>
        ${gateLine(t('call.passage'))}</aside>
      ${toolbar({ own: this.own, keys: this.keys, last: tool(t('call.end-all'), 'leave', () => this.#end(), { kind: 'stop' }) })}
    </div>`;
  }

  async #enter() {
    this.media = await devices();
    const hand = name => message => this.peer.handlers()[name](message);
    this.live = new Live({
      ticket: async () => (await api.post(`video/tickets/sessions/${this.arg}`)).ticket,
      line: there => { this.connected = there; this.requestUpdate(); },
      over: why => this.#over(why),
      on: {
        waiting: message => this.#waiting(message),
        admitted: hand('admitted'), start: hand('start'), offer: hand('offer'), answer: hand('answer'), candidate: hand('candidate'),
      },
    });
    this.peer = new PeerCall(this.live, this.own.call.sent(), () => this.requestUpdate(), { connections: this.own.call.connections, name: () => this.mine?.displayName ?? '' });
  }

  #waiting({ people, now }) {
    const were = this.inCall;
    this.people = people;
    this.now = now;
    if (were && !this.inCall) {
      this.peer.close();
      this.#tellWhy();
    }
    this.requestUpdate();
  }

  /** The list says that the conversation is over, the session why, also when it was ended in another window. */
  async #tellWhy() {
    const { admission } = await api.get(`video/sessions/${this.arg}`).catch(() => ({}));
    const why = { WAITING: 'call.back', HELD: 'call.back', DENIED: 'call.turned-away' }[admission] ?? 'call.left';
    if (!this.over) this.alert(t(why, { name: this.session.displayName }));
    await this.moved();
  }

  /** A patient who is there came by the old link, and is sent away by a new one. */
  async #invite() {
    const { mine } = this;
    if (mine && !await confirm({ question: t('link.question'), text: t('link.text', { name: mine.patientLabel }), act: t('session.link') })) return;
    const { invitation } = await api.post(`video/sessions/${this.arg}/invitations`);
    this.invitation = new URL(invitation, location.origin).href;
  }

  async #cancel() {
    if (await confirm({ question: t('cancel.question'), text: t('cancel.text', { name: this.session.patientLabel, time: time(this.session.startsAt) }), act: t('session.cancel') })) {
      await api.post(`video/sessions/${this.arg}/cancel`);
      await this.#over('cancelled');
    }
  }

  async #end() {
    if (await confirm({ question: t('end.question'), text: t('end.text'), act: t('call.end-all') })) this.missed = !await this.live.send({ type: 'end' });
  }

  async #over(why) {
    this.live.close();
    this.peer.close();
    this.media.stream.getTracks().forEach(track => track.stop());
    // Signed out: the page is on its way to sign in.
    if (why === 'withdrawn') return;
    const how = why === 'ended' ? await this.#howItEnded() : why;
    if (this.over) return;
    this.over = how;
    this.alert(t(`host-over.${how}`));
    await this.moved();
  }

  /** The socket closes alike for a session that was ended and one that was cancelled, here or in another window. */
  async #howItEnded() {
    const { state } = await api.get(`video/sessions/${this.arg}`).catch(() => ({ state: 'ENDED' }));
    return state === 'CANCELLED' ? 'cancelled' : 'ended';
  }
}
customElements.define('video-call', VideoCall);
