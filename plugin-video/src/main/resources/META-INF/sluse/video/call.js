// SPDX-License-Identifier: Apache-2.0
// A session at the desk, its host's or a co-host's: who is invited and who waits before the call, the call itself, and its end.

import { StaffPage, api, banner, button, confirm, gateLine, html, icon, list, mark, messages, moment, nothing, status, stylesheet, time } from 'kit';
import { devices } from './devices.js';
import { experiences } from './experience.js';
import { Way } from './frame.js';
import { Invited } from './invited.js';
import { oneStop } from './keys.js';
import { Live } from './live.js';
import { Moving } from './moving.js';
import { PeerCalls } from './peers.js';
import { acts, isWaiting, missedBanner, nextOf, person, sayChanges, whyMissed } from './people.js';
import { OwnTools, stage, tool, toolbar } from './stage.js';

stylesheet(new URL('video.css', import.meta.url));
const t = messages('video');
const talks = ['ADMITTED', 'IN_CALL', 'DROPPED'];
const overs = { ENDED: 'ended', MISSED: 'missed', CANCELLED: 'cancelled' };
const nameOf = ({ name, role }) => name || t(`role.${role}`);

class VideoCall extends StaffPage {
  static plugin = 'video';
  people = [];
  connected = true;
  missed = '';
  over = '';
  /** Where a co-host is on the way in; the host is not on any. */
  state = '';
  invited = new Invited(this);
  moving = new Moving(this);
  way = new Way(this, () => this.#letGo());
  own = new OwnTools(this, () => this.media.stream);
  keys = this.own.keys(() => this.inCall && !this.way.frame);
  acts = acts({
    live: () => this.live,
    go: each => each.session === this.session.id || location.assign(this.link(`sessions/${each.session}`)),
    missed: missed => { this.missed = missed; this.requestUpdate(); },
  });

  async load() {
    this.session = await api.get(`video/sessions/${this.arg}`);
    const over = overs[this.session.state];
    if (over) this.over = over;
    else if (!this.live) await this.#enter();
  }

  /** Whether the person is a co-host, and no host. */
  get isCoHost() {
    return Boolean(this.session?.you);
  }

  /** Whether they may do what a host may. */
  get leads() {
    return !this.isCoHost || talks.includes(this.state);
  }

  /** Everybody else who was let in to this session. */
  get talking() {
    return this.people.filter(each => each.session === this.session.id && each.participant !== this.session.you && !isWaiting(each));
  }

  get inCall() {
    return !this.over && (this.isCoHost ? talks.includes(this.state) : this.talking.length > 0);
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
    if (this.over || !this.leads) return nothing;
    const isPlanned = this.session.state === 'SCHEDULED';
    return html`${isPlanned ? this.moving.button() : nothing}
      ${isPlanned && this.#isLate && !this.#hasCome ? button(t('session.miss'), { kind: 'bare', press: () => this.#miss() }) : nothing}
      ${button(t('session.cancel'), { kind: 'bare', press: () => this.#cancel() })}`;
  }

  get #isLate() {
    return new Date(this.session.startsAt) <= new Date();
  }

  /** Whether anybody from outside the clinic is here. */
  get #hasCome() {
    return this.session.people.some(({ role, admission }) => role !== 'CO_HOST' && !['INVITED', 'DENIED'].includes(admission));
  }

  main() {
    if (this.over) return experiences({ ...this.session, hostName: t(this.isCoHost ? 'role.HOST' : 'chat.you') });
    const line = this.connected ? missedBanner(this.missed) : banner('wait', t('call.line-lost'));
    if (!this.leads) return html`${line}<p>${t(this.state === 'HELD' ? 'wait.title-held' : 'co-host.waits')}</p>`;
    return html`${line}${this.moving.draw()}
      <section><h2>${t('today.room')}</h2>${this.#people(this.people)}</section>
      ${this.invited.draw()}`;
  }

  shell() {
    return this.inCall && this.peers ? this.#call() : super.shell();
  }

  updated(changed) {
    super.updated(changed);
    oneStop(this);
  }

  #people(people) {
    if (people.length === 0) return html`<p class="second">${t('today.no-one')}</p>`;
    return html`<div class="sheet rows">${people.map(each => person(each, { now: this.now, next: each === nextOf(people), acts: this.acts }))}</div>`;
  }

  /** The others on the stage; before the server has said who they are, those who were let in. */
  get #others() {
    const others = this.peers.others().map(each => ({ ...each, name: nameOf(each) }));
    return others.length > 0 ? others : this.talking.map(each => ({ name: each.displayName, role: each.role, state: 'alone' }));
  }

  #call() {
    const others = this.#others;
    const outside = this.people.filter(each => each.session !== this.session.id || isWaiting(each));
    const names = list(others.map(each => each.name));
    return html`<div class="call desk" data-theme="dark">
      <header>${mark()}<strong>${t('call.with', { name: names })}</strong>${
        this.peers.since ? html`<span>${t('call.since', { time: time(this.peers.since) })}</span>` : nothing}
        ${this.way.drawPath()}${this.way.frame ? nothing : html`<span>${icon('connection')} ${
          this.connected && this.peers.state === 'connected' ? t('call.line-good') : t('call.line-trying')}</span>`}</header>
      <main id="main"><h1 class="hidden-text" tabindex="-1">${t('call.with', { name: names })}</h1>
        ${this.urgent()}${this.connected ? missedBanner(this.missed) : banner('wait', t('call.line-lost'))}
        ${this.way.frame ? this.way.draw() : stage({ others, own: this.media.stream })}</main>
      <aside class="panel" tabindex="0" aria-label=${t('call.people')}><h2>${t('call.outside')}</h2>${this.#people(outside)}
        <h2>${t('call.people')}</h2>${this.#hostInCall()}${this.talking.map(each => this.#inCall(each))}
        ${this.invited.draw({ of: each => !this.people.some(one => one.participant === each.participant), summary: true })}${this.#passage()}</aside>
      ${toolbar({ own: this.own, keys: this.keys, only: Boolean(this.way.frame), last: tool(t('call.end-all'), 'leave', () => this.#end(), { kind: 'stop' }) })}
    </div>`;
  }

  #passage() {
    const { frame, people, isLocked } = this.way;
    if (!frame) return gateLine(t('call.passage'));
    return html`${isLocked ? html`<p class="detail">${t('frame.knock', { name: frame.by })}</p>` : nothing}${people === undefined ? nothing : html`<p class="detail">${t('frame.people', { name: frame.by, n: people })}</p>`}
      ${gateLine(t('call.passage.provider', { name: frame.by }))}`;
  }

  /** The host as a co-host sees them, who cannot send them away. */
  #hostInCall() {
    const host = this.peers.people.find(each => each.role === 'HOST');
    return host ? html`<p><strong>${nameOf(host)}</strong> <span class="detail">${t('role.HOST')}</span></p>${this.#presence(host)}` : nothing;
  }

  #inCall(each) {
    return html`<p><strong>${each.displayName}</strong>${each.role === 'PATIENT' ? nothing : html` <span class="detail">${t(`role.${each.role}`)}</span>`}
        <span class="detail">${t('call.only-you', { name: each.label })}</span></p>
      ${this.#presence(each)}
      <div class="buttons">${button(t('host.back'), { about: each.label, press: () => this.acts.back(each) })}
        ${button(t('host.deny'), { kind: 'bare', about: each.label, press: () => this.acts.deny(each) })}</div>`;
  }

  #presence({ participant, state }) {
    if (this.way.frame) return status('ok', t(`state.${state}`));
    const connection = this.peers.others().find(each => each.participant === participant)?.state;
    return status(connection === 'connected' ? 'ok' : 'wait', t(`state.${state}`));
  }

  async #enter() {
    this.media = await devices();
    const hand = name => message => this.peers.handlers()[name](message);
    this.live = new Live({
      ticket: async () => (await api.post(`video/tickets/sessions/${this.arg}`)).ticket,
      line: there => { this.connected = there; this.requestUpdate(); },
      over: why => this.#over(why),
      on: {
        state: message => this.#state(message),
        waiting: message => this.#waiting(message),
        missed: message => this.#missed(message),
        'in-room': message => this.way.inRoom(message),
        people: message => this.#present(message),
        admitted: message => this.way.admitted(message) && this.peers.handlers().admitted(message),
        start: hand('start'), offer: hand('offer'), answer: hand('answer'), candidate: hand('candidate'),
      },
    });
    this.peers = new PeerCalls(this.live, this.own.call.sent(), () => this.requestUpdate(), { connections: this.own.call.connections, name: nameOf });
  }

  /** Why somebody is not let in; or why one cannot enter oneself, which nobody has asked for. */
  #missed(message) {
    this.acts.told(message);
    if (this.people.some(each => each.participant === message.participant)) return;
    this.missed = whyMissed(message);
    this.requestUpdate();
  }

  #letGo() {
    this.media.stream.getTracks().forEach(track => track.stop());
  }

  /** A co-host goes on to the waiting room by opening the page. */
  #state({ state }) {
    const were = this.inCall;
    this.state = state;
    if (state === 'INVITED' || state === 'CHECKING') this.live.send({ type: 'knock', camera: 'UNTRIED', microphone: 'UNTRIED', connection: 'UNTRIED' });
    if (were && !this.inCall) this.#outOfCall(t('wait.back'));
    else if (!were && this.inCall) this.#intoCall();
    this.requestUpdate();
  }

  #intoCall() {
    this.alert(t('wait.admitted'));
    this.moved();
  }

  /** Who comes while others are in is told aloud; that somebody goes is told with the reason, by the list. */
  #present(message) {
    const were = this.peers.people;
    this.peers.handlers().people(message);
    if (were.length > 0) sayChanges(were, [...message.people, ...were], text => this.say(text));
  }

  #waiting({ people, now }) {
    const were = this.inCall;
    const before = this.talking;
    const known = this.#ofSession();
    this.people = people;
    this.now = now;
    const gone = before.filter(each => !this.talking.some(one => one.participant === each.participant));
    if (were && !this.inCall) this.peers.close();
    if (this.leads && gone.length > 0) this.#tellWhy(gone, were && !this.inCall);
    else if (known !== this.#ofSession() || this.leads && !this.inCall) this.invited.follow();
    this.requestUpdate();
  }

  #ofSession() {
    return this.people.filter(each => each.session === this.session.id).map(each => each.participant + each.state).join();
  }

  /** The list says that somebody is out of the conversation, the session why, also when it was done in another window. */
  async #tellWhy(gone, isLast) {
    await this.invited.follow();
    const words = gone.map(({ participant, displayName }) => {
      const { admission } = this.session.people.find(each => each.participant === participant) ?? {};
      const why = { WAITING: 'call.back', HELD: 'call.back', DENIED: 'call.turned-away' }[admission] ?? 'call.left';
      return t(why, { name: displayName });
    });
    if (!this.over) this.alert(words.join('. '));
    if (isLast) await this.moved();
  }

  #outOfCall(words) {
    this.peers.close();
    this.alert(words);
    this.moved();
  }

  async #cancel() {
    if (await confirm({ question: t('cancel.question'), text: t('cancel.text', { name: this.session.patientLabel, time: time(this.session.startsAt) }), act: t('session.cancel') })) {
      await api.post(`video/sessions/${this.arg}/cancel`);
      await this.#over('cancelled');
    }
  }

  async #miss() {
    if (await confirm({ question: t('miss.question'), text: t('miss.text', { name: this.session.patientLabel, time: time(this.session.startsAt) }), act: t('session.miss') })) {
      await api.post(`video/sessions/${this.arg}/no-show`);
      await this.#over('missed');
    }
  }

  async #end() {
    if (await confirm({ question: t('end.question'), text: t('end.text'), act: t('call.end-all') })) {
      this.missed = await this.live.send({ type: 'end' }) ? '' : t('act.missed');
    }
  }

  async #over(why) {
    this.live.close();
    this.peers.close();
    this.way.left();
    this.#letGo();
    // Signed out: the page is on its way to sign in.
    if (why === 'withdrawn') return;
    // The socket closes alike for a session that was ended, missed and cancelled, here or in another window.
    await this.invited.follow();
    const how = why === 'ended' ? overs[this.session.state] ?? 'ended' : why;
    if (this.over) return;
    this.over = how;
    this.alert(t(`host-over.${how}`));
    await this.moved();
  }
}
customElements.define('video-call', VideoCall);
