// SPDX-License-Identifier: Apache-2.0
// Today: who waits, and the day's sessions.

import { TodayPart, amount, api, banner, empty, html, linkButton, messages, status, stylesheet, tenant, time } from 'kit';
import { Live } from './live.js';
import { acts, isWaiting, minutes, missedBanner, nextOf, person } from './people.js';

stylesheet(new URL('video.css', import.meta.url));
const t = messages('video');
const kinds = { SCHEDULED: 'off', OPEN: 'wait', ENDED: 'ended', MISSED: 'attention', CANCELLED: 'refused' };

class VideoToday extends TodayPart {
  sessions = [];
  people = [];
  now = new Date();
  missed = false;
  acts = acts({
    live: () => this.live,
    go: each => location.assign(`/${tenant}/sessions/${each.session}`),
    missed: missed => { this.missed = missed; this.requestUpdate(); },
  });

  connectedCallback() {
    super.connectedCallback();
    this.live = new Live({
      ticket: async () => (await api.post('video/tickets/today')).ticket,
      // The time goes on, though nothing happens.
      on: { heartbeat: () => { this.now = new Date(); this.requestUpdate(); }, missed: message => this.acts.told(message), waiting: message => { this.people = message.people; this.now = message.now; this.reload(); } },
      over: why => this.#over(why),
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.live.close();
  }

  async load() {
    const from = new Date();
    from.setHours(0, 0, 0, 0);
    const to = new Date(from);
    to.setDate(to.getDate() + 1);
    this.sessions = (await api.get('video/sessions', { query: { from: from.toISOString(), to: to.toISOString() } })).sessions;
    this.now = new Date();
  }

  #over(why) {
    if (why === 'off') this.leave();
    this.refused = why === 'refused';
    this.requestUpdate();
  }

  /** In a shape and a word, what has become of a session; who is away is told from who waits, and both from who is late. */
  #became({ participant, state, admission, startsAt, people }) {
    if (this.people.some(each => each.participant === participant && isWaiting(each) && !each.here)) return status('wait', t('away'));
    if (people.some(each => each.askedAt)) return status('attention', t('asked'));
    const late = minutes(startsAt, this.now);
    if (state === 'SCHEDULED' && admission === 'INVITED' && late > 0) return status('attention', t('late', { time: amount(late, 'minute') }));
    return status(kinds[state] ?? 'off', t(admission === 'INVITED' || state !== 'SCHEDULED' ? `session.${state}` : `state.${admission}`));
  }

  headline() {
    const waiting = this.people.filter(each => isWaiting(each) && each.here);
    const text = waiting.every(each => each.role === 'PATIENT') ? 'today.waiting' : 'today.waiting-people';
    if (waiting.length > 0) return { weight: 50, text: t(text, { n: waiting.length }) };
    return { weight: 10, text: t('today.planned', { n: this.sessions.length }) };
  }

  actions() {
    return linkButton(t('session.new'), `/${tenant}/sessions/new`, { icon: 'calendar' });
  }

  main() {
    return html`<section><h2>${t('today.room')}</h2>${this.refused ? banner('wait', t('today.refused')) : missedBanner(this.missed)}${this.people.length === 0 ? html`<p class="second">${t('today.no-one')}</p>`
      : html`<div class="sheet rows">${this.people.map(each => person(each, { now: this.now, next: each === nextOf(this.people), acts: this.acts }))}</div>`}</section>
    <section><h2>${t('today.sessions')}</h2>${this.sessions.length === 0 ? empty(t('today.none'), t('today.none.text'))
      : html`<div class="plain-rows">${this.sessions.map(each => html`<div class="row"><span>${time(each.startsAt)}</span>
        <a class="grow" href=${`/${tenant}/sessions/${each.id}`}>${t('today.video', { name: each.patientLabel })}</a>
        ${this.#became(each)}</div>`)}</div>`}
    </section>`;
  }
}
customElements.define('video-today', VideoToday);
