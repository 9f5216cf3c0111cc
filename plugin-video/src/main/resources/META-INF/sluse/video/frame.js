// SPDX-License-Identifier: Apache-2.0
// A conversation that is held at a provider: its page in a frame of ours, and what is said about the way of picture and sound.

import { html, icon, messages, nothing } from 'kit';

const t = messages('video');

/**
 * Where a conversation goes, as the server's `admitted` says; the page draws it and changes with it.
 *
 *     page        is drawn again by `requestUpdate`
 *     release()   camera and microphone are let go, since the frame wants them
 */
export class Way {
  /** {address, by}; undefined where browsers find each other by themselves, and before there is a room. */
  frame;

  /** Why there is no way in: a sentence, or ''. */
  none = '';

  /** How many the provider says are in its room; undefined before it has. */
  people;

  /** Whether the provider's room is locked, so that whoever is let in here knocks there once more. */
  isLocked = false;

  #path = 'P2P_E2EE';
  #page;
  #release;

  constructor(page, release) {
    this.#page = page;
    this.#release = release;
  }

  /** @returns whether browsers find each other by our own signalling */
  admitted({ provider, path, frame }) {
    this.#path = path;
    this.isLocked = provider === 'WHEREBY';
    this.none = '';
    if (frame && !this.frame) this.#release();
    this.frame = frame;
    this.#page.requestUpdate();
    return provider === 'BUILT_IN';
  }

  refused(sentence) {
    this.none = sentence;
    this.#page.requestUpdate();
  }

  inRoom({ people }) {
    this.people = people;
    this.#page.requestUpdate();
  }

  /** Nobody is in it any more. */
  left() {
    this.frame = undefined;
    this.people = undefined;
  }

  /** Who could see and hear it on its way, in words. */
  drawPath() {
    return html`<span class="protected">${icon(this.#path === 'SFU_HOP' ? 'connection' : 'lock')} ${
      this.#path === 'SFU_HOP' ? t('path.SFU_HOP', { name: this.frame?.by ?? t('path.provider') }) : t('path.P2P_E2EE')}</span>`;
  }

  /** The provider's page. It learns no address of ours but the server's, and gets camera, microphone and screen and nothing more. */
  draw() {
    return this.frame ? html`<iframe class="frame" src=${this.frame.address} title=${t('frame.title', { name: this.frame.by })}
      allow="camera; microphone; display-capture; fullscreen; autoplay; screen-wake-lock" referrerpolicy="no-referrer"></iframe>` : nothing;
  }
}
