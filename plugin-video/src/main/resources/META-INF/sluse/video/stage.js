// SPDX-License-Identifier: Apache-2.0
// The call's surface: the other one large, oneself in a corner, the tools under it. Used by both sides.

import { html, icon, messages, nothing } from 'kit';

const t = messages('video');

/** Mutes a kind of track, or lets it through again. */
function toggle(stream, kind) {
  const tracks = stream.getTracks().filter(track => track.kind === kind);
  const on = !tracks.some(track => track.enabled);
  tracks.forEach(track => { track.enabled = on; });
}

const isOn = (stream, kind) => stream.getTracks().some(track => track.kind === kind && track.enabled);

/** One tool: its sign over its word. */
export function tool(word, sign, press, { pressed, kind = '' } = {}) {
  return html`<button type="button" class=${`tool ${kind}`} aria-pressed=${pressed ?? nothing} @click=${press}>${icon(sign)}<span>${word}</span></button>`;
}

/** Microphone and camera. */
export function ownTools(stream, changed) {
  const heard = isOn(stream, 'audio');
  const seen = isOn(stream, 'video');
  return html`${tool(heard ? t('call.mute') : t('call.muted'), heard ? 'microphone' : 'microphone-off',
    () => { toggle(stream, 'audio'); changed(); }, { kind: heard ? '' : 'off' })}
    ${tool(seen ? t('call.camera') : t('call.camera-off'), seen ? 'camera' : 'camera-off',
      () => { toggle(stream, 'video'); changed(); }, { kind: seen ? '' : 'off' })}`;
}

/** The two pictures. */
export function stage({ remote, own, name, state }) {
  return html`<div class="stage">
    <video class=${`other ${state === 'lost' ? 'dim' : ''}`} data-side="other" autoplay playsinline .srcObject=${remote} aria-label=${t('call.picture-of', { name })}></video>
    ${state === 'connected' ? nothing : html`<p class="stage-words">${t(`call.${state}`, { name })}</p>`}
    <video class="own" data-side="own" autoplay playsinline .muted=${true} .srcObject=${own} aria-label=${t('call.picture-own')}></video>
    <p class="stage-name">${name}</p>
  </div>`;
}
