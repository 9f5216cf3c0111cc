// SPDX-License-Identifier: Apache-2.0
// A row of the waiting room, as the practitioner sees it at the desk and beside a call.

import { amount, banner, button, confirm, html, messages, nothing, status, time } from 'kit';

const t = messages('video');

/** Whole minutes from `since` to `now`. */
export const minutes = (since, now) => Math.max(0, Math.floor((new Date(now) - new Date(since)) / 60000));

/** Whether somebody of the list is still outside. */
export const isWaiting = each => each.state === 'WAITING' || each.state === 'HELD';

/** The one to be let in next: who has waited longest of those whose page is open. */
export const nextOf = people => people.find(each => isWaiting(each) && each.here);

/** Where they are, in a shape and a word. */
function whereabouts(each) {
  if (!isWaiting(each)) return status(each.state === 'DROPPED' ? 'wait' : 'ok', t(`state.${each.state}`));
  if (!each.here) return status('wait', t('away'));
  const lacks = lacking(each);
  return lacks.length === 0 ? status('ok', t('devices.ready')) : status('attention', lacks.join(', '));
}

/** What is not as it should be with their devices, in words. Who was not asked for their loudspeaker lacks nothing. */
function lacking({ camera, microphone, speaker, connection }) {
  if (![camera, microphone].some(word => word && word !== 'UNTRIED')) return [t('devices.untried')];
  const missing = (word, key) => (word === 'MISSING' ? [t(key)] : []);
  return [...missing(camera, 'devices.no-camera'), ...missing(microphone, 'devices.no-microphone'), ...missing(speaker, 'devices.no-sound'),
    ...connection === 'WEAK' ? [t('devices.weak')] : connection === 'BLOCKED' ? [t('devices.no-relay')] : []];
}

/** The name and, unless it is a patient's, the role that the others see. */
export const shownAs = ({ role, displayName }) => (role === 'PATIENT' ? t('shown-as', { name: displayName }) : t('shown-as-role', { name: displayName, role: t(`role.${role}`) }));

const held = ({ at, text }) => (text ? t('held-since', { time: time(at), text }) : t('held-since.plain', { time: time(at) }));

/** Somebody who waits. `acts` = {admit, hold, deny}, each gets the person; the one to be let in next has the filled button. */
export function person(each, { now, next, acts }) {
  const waits = isWaiting(each);
  return html`<div class="row" data-participant=${each.participant}>
    ${waits ? html`<div class="waited"><span class="large">${amount(minutes(each.waitingSince ?? now, now), 'minute')}</span></div>` : nothing}
    <div class="grow"><strong>${each.label}</strong> <span class="second">${shownAs(each)}</span>
      <span class="row second"><span>${each.role === 'PATIENT' ? t('appointment', { time: time(each.startsAt) })
        : t('appointment-of', { time: time(each.startsAt), name: each.patientLabel })}</span>
        ${whereabouts(each)}</span>
      ${each.state === 'HELD' && each.message ? html`<span class="second">${status('parked', held(each.message))}</span>` : nothing}</div>
    ${waits ? html`<div class="buttons">
      ${button(t('host.deny'), { kind: 'bare', about: each.label, press: () => acts.deny(each) })}
      ${button(t('host.hold'), { about: each.label, press: () => acts.hold(each) })}
      ${button(t('host.admit'), { kind: next ? 'filled' : 'outlined', about: each.label, press: () => acts.admit(each) })}
    </div>` : nothing}
  </div>`;
}

/** Why something did not happen, as the server says. */
export function whyMissed({ why, by }) {
  if (why === 'FULL') return t('missed.full');
  if (why !== 'IN') return t(`missed.${why}`);
  return by ? t('missed.in-by', { name: by }) : t('missed.in');
}

/**
 * What a practitioner does with somebody who waits or was let in. Each act is done when the server has acted on it.
 *
 *     live     answers the socket
 *     go       is told who was let in
 *     missed   is told why the newest act was not done, or that it was: a sentence or ''
 */
export function acts({ live, go, missed }) {
  let refused = '';
  const act = async message => {
    refused = '';
    const done = await live().send(message);
    missed(done ? refused : t('act.missed'));
    return done && !refused;
  };
  return {
    admit: async each => await act({ type: 'admit', participant: each.participant }) && go(each),
    /** What the server says of an act that it did not do, before it says that it has acted. */
    told: message => { refused = whyMissed(message); },
    hold: async each => {
      const message = await wordsToWait(each.label);
      return message !== undefined && act({ type: 'hold', participant: each.participant, ...message && { message } });
    },
    back: each => act({ type: 'back', participant: each.participant }),
    deny: async each => await confirm({ question: t('deny.question'), text: t('deny.text', { name: each.label }), act: t('host.deny') })
      && act({ type: 'deny', participant: each.participant }),
  };
}

/** Asks for words of one's own; resolves with them, '' for none, undefined when nobody is asked to wait. */
async function wordsToWait(name) {
  let words = '';
  const content = html`<div class="field"><label for="hold-words">${t('hold.words')}</label>
    <input id="hold-words" maxlength="200" autocomplete="off" autofocus aria-describedby="hold-hint" @input=${event => { words = event.target.value.trim(); }}>
    <p class="hint" id="hold-hint">${t('hold.hint')}</p></div>`;
  return await confirm({ question: t('hold.question', { name }), content, act: t('host.hold'), tone: 'filled' }) ? words : undefined;
}

/** Said where an act was refused; without a sentence of its own, that it did not happen. */
export const missedBanner = missed => (missed ? banner('wait', missed === true ? t('act.missed') : missed) : nothing);

/** Says who has come and who has gone, of those who are in a call. */
export function sayChanges(were, are, say) {
  const isIn = all => each => all.some(one => one.participant === each.participant);
  const words = [...are.filter(each => !isIn(were)(each)).map(each => t('call.came', { name: each.name || t(`role.${each.role}`) })),
    ...were.filter(each => !isIn(are)(each)).map(each => t('call.left', { name: each.name || t(`role.${each.role}`) }))];
  if (words.length > 0) say(words.join('. '));
}
