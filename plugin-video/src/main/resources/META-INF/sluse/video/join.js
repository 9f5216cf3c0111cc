// SPDX-License-Identifier: Apache-2.0
// The patient's page: invitation, device check, waiting room, call, end. The code stays in the fragment, so that a reload comes back here.

import { Form, PatientPage, Problem, api, banner, button, day, figures, gateLine, html, icon, list, mark, messages, moment, nothing, passageLine, seenLink, status, steps,
  stylesheet, submit, t as kit, time, zone } from 'kit';
import { calendarButton } from './calendar.js';
import { DeviceCheck } from './check.js';
import { chime } from './devices.js';
import { RatingQuestion } from './experience.js';
import { Way } from './frame.js';
import { oneStop } from './keys.js';
import { Live } from './live.js';
import { PeerCalls } from './peers.js';
import { missedBanner, sayChanges } from './people.js';
import { OwnTools, stage, tool, toolbar } from './stage.js';

stylesheet(new URL('video.css', import.meta.url));
const t = messages('video');

const waits = ['WAITING', 'HELD'];
const talks = ['ADMITTED', 'IN_CALL', 'DROPPED'];

class VideoJoin extends PatientPage {
  static plugin = 'video';
  form = new Form(this, { t });
  view = 'invitation';
  connected = true;
  room = { state: 'INVITED' };
  place = { before: 0 };
  serverIsAhead = 0;
  over = '';
  leaving = 'no';
  missed = false;
  check = new DeviceCheck(this);
  rating = new RatingQuestion(this);
  own = new OwnTools(this, () => this.check.media.stream);
  way = new Way(this, () => this.check.media?.stream.getTracks().forEach(track => track.stop()));
  keys = this.own.keys(() => !this.over && this.view === 'call' && !this.way.frame);

  async load() {
    if (this.live || this.over) return;
    const code = location.hash.slice(1);
    if (!code) { this.over = 'withdrawn'; return; }
    try {
      this.invitation = await api.post('video/invitations/exchange', { code });
    } catch (problem) {
      if (!(problem instanceof Problem) || !['link-not-in-use', 'link-expired'].includes(problem.slug)) throw problem;
      this.over = problem.slug === 'link-expired' ? 'withdrawn' : 'other-device';
      this.code = code;
      return;
    }
    const { session, state, clinic } = this.invitation;
    this.clinicName = clinic;
    this.check.relayed = this.invitation.relayed;
    this.name = this.invitation.displayName;
    this.early = new Date(this.invitation.now) < new Date(this.invitation.opensAt);
    if (session === 'CANCELLED') this.over = 'cancelled';
    else if (session === 'MISSED') this.over = 'missed';
    else if (state === 'DENIED') this.over = 'denied';
    else if (session === 'ENDED') this.over = 'ended';
    else if (waits.includes(state) || talks.includes(state)) await this.#resume();
  }

  heading() {
    if (this.over) return t(`over.${this.over}`);
    if (this.view === 'invitation') return this.invitation.host ? t('invitation.title-host', { name: this.invitation.host }) : t('invitation.title');
    if (this.view === 'check') return t('device.title');
    return this.room.state === 'HELD' ? t('wait.title-held') : t('wait.title');
  }

  lead() {
    if (this.over) return t(`over.${this.over}.lead`);
    if (this.view === 'invitation') {
      const { startsAt, minutes } = this.invitation;
      return t('invitation.lead', { day: day(startsAt), time: time(startsAt), zone: zone(startsAt), minutes });
    }
    if (this.view === 'waiting') return this.room.state === 'HELD' ? t('wait.held') : t('wait.seen');
    return nothing;
  }

  banners() {
    if (this.over) return this.leaving === 'untold' || this.leaving === 'asked' && !this.connected ? banner('wait', t('over.left.untold')) : nothing;
    if (this.view === 'invitation') return nothing;
    const way = this.view === 'waiting' ? steps([t('step.ready'), t('step.waiting'), t('step.call')], 1) : nothing;
    const lost = this.view === 'waiting' ? 'wait.lost' : 'call.line-lost';
    return html`${way}${this.connected ? missedBanner(this.missed) : banner('wait', t(lost))}`;
  }

  main() {
    if (this.over === 'other-device') return this.#askForLink();
    if (this.over) return html`${this.talked && ['ended', 'left'].includes(this.over) ? this.rating.draw(this.#held) : nothing}${this.#phone()}`;
    return { invitation: () => this.#invitation(), check: () => html`${this.check.draw(this.connected, this.check.media && this.own.drawCamera())}${this.#phone()}`, waiting: () => this.#waiting() }[this.view]();
  }

  foot() {
    if (this.over || this.view === 'invitation') return nothing;
    const passage = gateLine(html`${t('passage.name', { name: html`<strong>${this.name}</strong>` })} ${this.#outside ? t('passage.provider', { name: this.#outside }) : kit('disclosure.none')}`);
    if (this.view === 'check') {
      return html`${button(t('device.go'), { kind: 'filled', press: () => this.#knock() })}
        ${button(t('device.sound-only'), { kind: 'bare', press: () => this.#soundOnly() })}${passage}`;
    }
    return html`<div class="self-row"><video class="tiny" autoplay playsinline .muted=${true} .srcObject=${this.check.media.stream} aria-label=${t('call.picture-own')}></video>
        <span class="detail grow">${t('device.only-you')}</span>${this.own.drawSmall()}</div>
      <div class="self-row"><span class="grow">${this.connected ? status('ok', t('wait.connected')) : status('wait', t('wait.lost-short'))}</span>
        ${button(t('wait.leave'), { kind: 'bare leave', press: () => this.#leave() })}</div>`;
  }

  shell() {
    if (!this.over && this.view === 'call') return this.#call();
    return super.shell();
  }

  updated(changed) {
    super.updated(changed);
    oneStop(this);
  }

  #invitation() {
    if (this.early) {
      return html`<p>${t('link.early', { time: time(this.invitation.startsAt), from: time(this.invitation.opensAt) })}</p>
        ${button(kit('page.again'), { kind: 'filled', press: () => this.reload() })}${calendarButton(this.invitation.link)}${this.#phone()}`;
    }
    return this.form.draw(html`
      ${this.form.field({ name: 'displayName', label: t('name.label'), hint: t('name.hint'), required: true, maxlength: 64, value: this.name })}
      ${this.form.field({ name: 'consent', type: 'checkbox', label: t('consent.video'), required: true, missing: t('consent.missing') })}
      <p class="second">${this.#wayInWords()}</p>
      ${passageLine(this.invitation.recipients.map(({ name, receives }) => ({ name, passes: receives.map(key => t(key)) })))}
      ${submit(t('continue'))}
      ${calendarButton(this.invitation.link)}
      ${seenLink('video', this.invitation.link)}`, values => this.#begin(values));
  }

  /** Names of those outside the clinic who receive something; empty when nobody does. */
  get #outside() {
    return list(this.invitation.recipients.map(({ name }) => name));
  }

  #wayInWords() {
    if (!this.#outside) return this.invitation.relayed ? t('way.relayed') : t('way.direct');
    const sees = this.invitation.recipients.flatMap(each => each.sees).map(key => t(key));
    return t('way.provider', { name: this.#outside, sees: list(sees) });
  }

  async #begin({ displayName }) {
    await api.put('video/invitations/me/display-name', { displayName }, { headers: this.#held });
    this.name = displayName;
    this.#open();
    this.view = 'check';
    await this.moved();
  }

  #waiting() {
    const now = new Date(Date.now() + this.serverIsAhead);
    const { before, about } = this.place;
    return html`${figures([
      { label: t('wait.appointment'), value: moment(this.invitation.startsAt) },
      { label: t('wait.now'), value: time(now) },
      { label: t('wait.before-label'), value: t('wait.before', { n: before }) },
      ...about && new Date(about) > now ? [{ label: t('wait.about-label'), value: t('wait.about', { time: time(about) }) }] : [],
    ])}
    ${this.room.message?.text ? html`<div class="banner tone-wait">${icon('message')}<div class="banner-text"><span class="detail">${
      t('wait.message', { time: time(this.room.message.at) })}</span>${this.room.message.text}</div></div>` : nothing}
    <ul class="points">
      <li>${icon('bell')}<span>${t('wait.point-here')}</span></li>
      <li>${icon('phone')}<span>${t('wait.point-meanwhile')}</span></li>
      <li>${icon('connection')}<span>${t('wait.point-lost')}</span></li>
    </ul>`;
  }

  get #hostName() {
    return this.other || this.clinicName;
  }

  /** The others; before the server has said who they are, the host. */
  get #others() {
    const host = { name: this.#hostName, role: 'HOST', state: 'alone' };
    const others = this.peer.others().map(each => ({ ...each, name: each.name || host.name }));
    return others.length > 0 ? others : [host];
  }

  #call() {
    const others = this.#others;
    return html`<div class="call" data-theme="dark">
      <header><span class="who">${mark()}<strong>${this.clinicName}</strong></span>${this.way.drawPath()}<span>${icon('people')} ${
        others.length === 1 ? t('call.two') : t('call.several', { n: others.length + 1 })}</span></header>
      <main id="main"><h1 class="hidden-text" tabindex="-1">${t('call.with', { name: list(others.map(each => each.name)) })}</h1>
        ${this.way.none ? banner('wait', this.way.none) : this.connected ? nothing : banner('wait', t('call.line-lost'))}
        ${this.way.frame ? this.way.draw() : stage({ others, own: this.check.media.stream })}</main>
      ${toolbar({ own: this.own, keys: this.keys, only: Boolean(this.way.frame), last: tool(t('call.leave'), 'leave', () => this.#leave(), { kind: 'stop' }) })}
    </div>`;
  }

  /** Whoever has lost the browser that holds the link, an app's own perhaps, need not call; what has become of the code they are not told. */
  #askForLink() {
    if (this.asked) return html`<p>${status('ok', t('ask.done'))}</p>`;
    return html`<div class="buttons">${button(t('ask.act'), { kind: 'filled', press: async () => {
      await api.post('video/invitations/ask', { code: this.code });
      this.asked = true;
      this.say(t('ask.done'));
      this.requestUpdate();
    } })}</div>`;
  }

  #phone() {
    const { phone } = this.invitation ?? {};
    return phone ? html`<p>${t('phone', { phone: html`<a href=${`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>${phone}</a>` })}</p>` : nothing;
  }

  get #held() {
    return { 'X-Sluse-Link': this.invitation.link };
  }

  async #soundOnly() {
    if (await this.check.open({ picture: false })) await this.#knock();
  }

  async #knock() {
    if (!this.check.media && !await this.check.open()) return;
    this.missed = !await this.live.send({ type: 'knock', ...this.check.words(this.connected) });
    if (this.missed) return;
    this.check.done();
    this.view = 'waiting';
    await this.moved();
  }

  async #resume() {
    if (!await this.check.open()) return;
    this.view = talks.includes(this.invitation.state) ? 'call' : 'waiting';
    this.room = { ...this.room, state: this.invitation.state };
    this.#open();
  }

  #open() {
    if (this.live) return;
    const hand = name => message => this.peer?.handlers()[name](message);
    this.live = new Live({
      ticket: async () => (await api.post('video/invitations/me/ticket', {}, { headers: this.#held })).ticket,
      line: there => { this.connected = there; this.requestUpdate(); },
      over: why => this.#end(why),
      on: {
        joined: () => this.view === 'check' && this.invitation.relayed && this.live.sendNow({ type: 'try-relay' }),
        relay: ({ iceServers }) => this.check.tryRelay(iceServers),
        state: message => this.#state(message),
        place: message => this.#place(message),
        // The time goes on, though nothing happens.
        heartbeat: () => this.view === 'waiting' && this.requestUpdate(),
        admitted: message => this.#admitted(message),
        people: message => this.#people(message),
        missed: () => this.way.refused(t('call.no-way')),
        start: hand('start'), offer: hand('offer'), answer: hand('answer'), candidate: hand('candidate'),
      },
    });
    if (this.view === 'call') this.#prepare();
  }

  #prepare() {
    this.peer ??= new PeerCalls(this.live, this.own.call.sent(), () => this.requestUpdate(), { connections: this.own.call.connections, name: each => each.name || this.#hostName });
  }

  /** Whoever comes or goes while one talks is told aloud; one's own coming is not. */
  #people(message) {
    this.#prepare();
    const were = this.peer.people;
    this.peer.handlers().people(message);
    if (this.view !== 'call') return;
    if (were.length > 0) sayChanges(were, message.people, text => this.say(text));
  }

  #state(message) {
    if (this.over) return;
    const before = this.room.state;
    this.room = message;
    this.serverIsAhead = new Date(message.now) - Date.now();
    this.ending = { CANCELLED: 'cancelled', MISSED: 'missed' }[message.session];
    this.#follow(message.startsAt);
    if (message.state === 'HELD') this.say(message.message?.text ?? t('wait.held'));
    if (this.view === 'call' && waits.includes(message.state)) return this.#back();
    if (waits.includes(message.state) && !waits.includes(before)) this.say(t('wait.title'));
    this.requestUpdate();
  }

  /** The clinic may move the appointment while one waits. */
  #follow(startsAt) {
    if (Date.parse(startsAt) === Date.parse(this.invitation.startsAt)) return;
    this.invitation.startsAt = startsAt;
    this.alert(t('wait.moved', { day: day(startsAt), time: time(startsAt), zone: zone(startsAt) }));
  }

  /** Picture and sound end at once, and the waiting room is where they were. */
  #back() {
    this.peer?.close();
    if (this.way.frame) this.check.open();
    this.way.left();
    this.view = 'waiting';
    this.alert(t('wait.back'));
    this.moved();
  }

  #place(message) {
    if (message.before !== this.place.before && this.view === 'waiting') this.say(`${t('wait.before-label')}: ${t('wait.before', { n: message.before })}`);
    this.place = message;
    this.requestUpdate();
  }

  #admitted(message) {
    if (this.over) return;
    this.other = message.with;
    this.talked = true;
    if (this.view !== 'call') {
      chime();
      this.alert(t('wait.admitted'));
      this.view = 'call';
      this.moved();
    }
    this.#prepare();
    if (this.way.admitted(message)) this.peer.handlers().admitted(message);
  }

  /** Picture and sound end at once; the socket stays until the clinic knows, which may be after it has come back. */
  async #leave() {
    this.leaving = 'asked';
    const acted = this.live.send({ type: 'leave' });
    this.#show('left');
    this.leaving = await acted ? 'no' : 'untold';
    this.live.close();
    this.requestUpdate();
  }

  #end(why) {
    if (this.leaving === 'asked') this.leaving = why === 'refused' ? 'untold' : 'no';
    this.#show(why === 'ended' ? this.ending ?? 'ended' : why);
  }

  #show(over) {
    if (this.over) return this.requestUpdate();
    this.over = over;
    this.peer?.close();
    this.way.left();
    this.check.close();
    this.alert(t(`over.${over}`));
    this.moved();
  }
}
customElements.define('video-join', VideoJoin);
