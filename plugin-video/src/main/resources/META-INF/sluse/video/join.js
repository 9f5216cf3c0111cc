// SPDX-License-Identifier: Apache-2.0
// The patient's page: invitation, device check, waiting room, call, end. The code stays in the fragment, so that a reload comes back here.

import { Form, PatientPage, Problem, api, banner, button, day, figures, gateLine, html, icon, messages, nothing, passageLine, status, steps,
  stylesheet, submit, t as kit, time } from 'kit';
import { Live, PeerCall, chime, devices } from './rtc.js';
import { ownTools, stage, tool } from './stage.js';

stylesheet(new URL('video.css', import.meta.url));
const t = messages('video');

const waits = ['WAITING', 'HELD'];
const talks = ['ADMITTED', 'IN_CALL', 'DROPPED'];

class VideoJoin extends PatientPage {
  static plugin = 'video';
  form = new Form(this, { t });
  view = 'invitation';
  connected = true;
  room = { state: 'INVITED', before: 0 };
  over = '';

  async load() {
    if (this.live || this.over) return;
    const code = location.hash.slice(1);
    if (!code) { this.over = 'ended-link'; return; }
    try {
      this.invitation = await api.post('video/invitations/exchange', { code });
    } catch (problem) {
      if (!(problem instanceof Problem) || !['link-not-in-use', 'link-expired'].includes(problem.slug)) throw problem;
      this.over = problem.slug === 'link-expired' ? 'ended-link' : 'other-device';
      return;
    }
    const { session, state, clinic } = this.invitation;
    this.clinicName = clinic;
    this.name = this.invitation.displayName;
    this.early = new Date(this.invitation.now) < new Date(this.invitation.opensAt);
    if (session === 'CANCELLED') this.over = 'cancelled';
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
      return t('invitation.lead', { day: day(startsAt), time: time(startsAt), minutes });
    }
    if (this.view === 'waiting') return this.room.state === 'HELD' ? t('wait.held') : t('wait.seen');
    return nothing;
  }

  banners() {
    if (this.over || this.view === 'invitation') return nothing;
    const way = this.view === 'waiting' ? steps([t('step.ready'), t('step.waiting'), t('step.call')], 1) : nothing;
    return html`${way}${this.connected ? nothing : banner('wait', t('wait.lost'))}`;
  }

  main() {
    if (this.over) return this.#phone();
    return { invitation: () => this.#invitation(), check: () => this.#check(), waiting: () => this.#waiting() }[this.view]();
  }

  foot() {
    if (this.over || this.view === 'invitation') return nothing;
    const passage = gateLine(html`${t('passage.name', { name: html`<strong>${this.name}</strong>` })} ${kit('disclosure.none')}`);
    if (this.view === 'check') {
      return html`${button(t('device.go'), { kind: 'filled', press: () => this.#knock() })}
        ${button(t('device.sound-only'), { kind: 'bare', press: () => this.#soundOnly() })}${passage}`;
    }
    return html`<div class="row"><video class="tiny" autoplay playsinline .muted=${true} .srcObject=${this.media.stream} aria-label=${t('call.picture-own')}></video>
        <span class="detail grow">${t('device.only-you')}</span></div>
      <div class="row">${this.connected ? status('ok', t('wait.connected')) : status('wait', t('wait.lost-short'))}
        <span class="grow"></span>${button(t('wait.leave'), { kind: 'bare', press: () => this.#leave() })}</div>`;
  }

  shell() {
    if (!this.over && this.view === 'call') return this.#call();
    return super.shell();
  }

  #invitation() {
    if (this.early) {
      return html`<p>${t('link.early', { time: time(this.invitation.startsAt), from: time(this.invitation.opensAt) })}</p>
        ${button(kit('page.again'), { kind: 'filled', press: () => this.reload() })}${this.#phone()}`;
    }
    return this.form.draw(html`
      ${this.form.field({ name: 'displayName', label: t('name.label'), hint: t('name.hint'), required: true, maxlength: 64, value: this.name })}
      ${this.form.field({ name: 'consent', type: 'checkbox', label: t('consent.video'), required: true, missing: t('consent.missing') })}
      <p class="second">${this.invitation.relayed ? t('way.relayed') : t('way.direct')}</p>
      ${passageLine([])}
      ${submit(t('continue'))}`, values => this.#begin(values));
  }

  async #begin({ displayName }) {
    await api.put('video/invitations/me/display-name', { displayName }, { headers: this.#held });
    this.name = displayName;
    this.#open();
    this.view = 'check';
    await this.moved();
  }

  #check() {
    if (!this.media) {
      return html`<p>${t('device.explain')}</p>${button(t('device.allow'), { icon: 'camera', press: () => this.#try() })}${this.#phone()}`;
    }
    const { camera, microphone, denied } = this.media;
    const lacks = refused => status('attention', refused ? t('device.refused') : t('device.missing'));
    return html`
      ${denied.camera || denied.microphone ? html`${banner('wait', t('device.denied'), { action: button(kit('page.again'), { press: () => this.#try() }) })}` : nothing}
      <div class="mirror"><video autoplay playsinline .muted=${true} .srcObject=${this.media.stream} aria-label=${t('call.picture-own')}></video>
        <p class="mirror-words">${icon('eye')}<span>${t('device.only-you')}</span></p></div>
      <ul class="plain-rows">
        <li class="row">${icon('camera')}<span class="grow">${t('device.camera')}</span>${camera ? status('ok', t('device.working')) : lacks(denied.camera)}</li>
        <li class="row">${icon('microphone')}<span class="grow">${t('device.microphone')}</span>${!microphone ? lacks(denied.microphone)
          : this.heard ? status('ok', t('device.heard')) : status('wait', t('device.speak'))}</li>
        ${this.#sound()}
        <li class="row">${icon('connection')}<span class="grow">${t('device.connection')}</span>${this.connected ? status('ok', t('device.good')) : status('attention', t('device.blocked'))}</li>
      </ul>${this.#phone()}`;
  }

  /** The person hears a sound and says so: no page can know whether a loudspeaker was heard. */
  #sound() {
    const answer = (word, heard) => button(word, { pressed: String(this.soundHeard === heard), press: () => this.#answerSound(heard) });
    return html`<li class="row">${icon('sound')}<span class="grow">${t('device.sound')}</span>${
      this.soundHeard === undefined ? nothing : this.soundHeard ? status('ok', t('device.working')) : status('attention', t('device.unheard'))}
      ${button(t('device.play'), { icon: 'play', press: () => this.#play() })}
      ${this.soundPlayed ? html`<div class="row answer" role="group" aria-labelledby="sound-question"><span class="grow" id="sound-question">${t('device.did-you-hear')}</span>
        ${answer(t('device.yes'), true)}${answer(t('device.no'), false)}</div>` : nothing}
      ${this.soundHeard === false ? html`<p class="answer second">${t('device.unheard.help')}</p>` : nothing}</li>`;
  }

  #play() {
    chime();
    this.soundPlayed = true;
    this.soundHeard = undefined;
    this.say(t('device.did-you-hear'));
  }

  #answerSound(heard) {
    this.soundHeard = heard;
    this.say(heard ? t('device.working') : t('device.unheard.help'));
  }

  #waiting() {
    const { startsAt } = this.invitation;
    return html`${figures([
      { label: t('wait.appointment'), value: time(startsAt) },
      { label: t('wait.now'), value: time(this.room.now ?? Date.now()) },
      { label: t('wait.before-label'), value: t('wait.before', { n: this.room.before }) },
    ])}
    ${this.room.message ? html`<div class="banner tone-wait">${icon('message')}<div class="banner-text"><span class="detail">${
      t('wait.message', { time: time(this.room.message.at) })}</span>${this.room.message.text}</div></div>` : nothing}
    <ul class="points">
      <li>${icon('bell')}<span>${t('wait.point-here')}</span></li>
      <li>${icon('phone')}<span>${t('wait.point-meanwhile')}</span></li>
      <li>${icon('connection')}<span>${t('wait.point-lost')}</span></li>
    </ul>`;
  }

  #call() {
    return html`<div class="call" data-theme="dark">
      <header><strong>${this.clinicName}</strong><span>${icon('lock')} ${t('call.two')}</span></header>
      <main id="main"><h1 class="hidden-text" tabindex="-1">${t('call.with', { name: this.other || this.clinicName })}</h1>
        ${this.connected ? nothing : banner('wait', t('call.line-lost'))}
        ${stage({ remote: this.peer.remote, own: this.media.stream, name: this.other || this.clinicName, state: this.peer.state })}</main>
      <footer class="tools">${ownTools(this.media.stream, () => this.requestUpdate())}
        ${tool(t('call.leave'), 'leave', () => this.#leave(), { kind: 'stop' })}</footer>
    </div>`;
  }

  #phone() {
    const { phone } = this.invitation ?? {};
    return phone ? html`<p>${t('phone', { phone: html`<a href=${`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>${phone}</a>` })}</p>` : nothing;
  }

  get #held() {
    return { 'X-Sluse-Link': this.invitation.link };
  }

  async #try() {
    this.#stop();
    this.heard = undefined;
    this.media = await devices();
    this.#listen();
  }

  async #soundOnly() {
    this.#stop();
    this.media = await devices({ picture: false });
    await this.#knock();
  }

  /** "We hear you" after 300 ms of speech. */
  #listen() {
    if (!this.media.microphone) return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(this.media.stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let loud = 0;
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      loud = Math.hypot(...samples) / Math.sqrt(samples.length) > 0.01 ? loud + 1 : 0;
      if (loud < 3 && this.view === 'check') return;
      this.heard = loud >= 3;
      this.#deafen();
      this.requestUpdate();
    }, 100);
    this.listening = { context, timer };
  }

  #deafen() {
    if (!this.listening) return;
    clearInterval(this.listening.timer);
    this.listening.context.close();
    this.listening = undefined;
  }

  async #knock() {
    this.media ??= await devices();
    const word = there => (there ? 'WORKING' : 'MISSING');
    this.live.send({ type: 'knock', camera: word(this.media.camera), microphone: word(this.media.microphone), connection: this.connected ? 'GOOD' : 'WEAK' });
    this.view = 'waiting';
    await this.moved();
  }

  async #resume() {
    this.media = await devices();
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
        state: message => this.#state(message),
        admitted: message => this.#admitted(message),
        start: hand('start'), offer: hand('offer'), answer: hand('answer'), candidate: hand('candidate'),
        peer: () => this.requestUpdate(),
      },
    });
    if (this.view === 'call') this.#prepare();
  }

  #prepare() {
    this.peer ??= new PeerCall(this.live, this.media.stream, () => this.requestUpdate());
  }

  #state(message) {
    const before = this.room.state;
    this.room = message;
    if (message.session === 'CANCELLED') this.ending = 'cancelled';
    if (message.state === 'HELD' && message.message) this.say(message.message.text);
    if (waits.includes(message.state) && !waits.includes(before)) this.say(t('wait.title'));
    this.requestUpdate();
  }

  #admitted(message) {
    this.other = message.with;
    if (this.view !== 'call') {
      chime();
      this.alert(t('wait.admitted'));
      this.view = 'call';
      this.moved();
    }
    this.#prepare();
    this.peer.handlers().admitted(message);
  }

  #leave() {
    this.live.send({ type: 'leave' });
    this.#end('left');
  }

  #end(why) {
    this.over = why === 'ended' ? this.ending ?? 'ended' : why;
    this.live?.close();
    this.peer?.close();
    this.#stop();
    this.alert(t(`over.${this.over}`));
    this.moved();
  }

  #stop() {
    this.#deafen();
    this.media?.stream.getTracks().forEach(track => track.stop());
  }
}
customElements.define('video-join', VideoJoin);
