// SPDX-License-Identifier: Apache-2.0
// A page of the operator's console: the same house, without a clinic. Its calls go below /api/operate/.

import { StaffPage, messages } from 'kit';

export const t = messages('operate');

export class OperatorPage extends StaffPage {
  static plugin = 'operate';
  static door = '';
}

/** What each state of a module looks like, and its word. */
export const states = {
  ON: ['ok', 'modules.on'],
  PENDING: ['partly', 'modules.not-ready'],
  OFF: ['off', 'modules.off'],
  DRAINING: ['partly', 'modules.draining'],
  HELD_BACK: ['wait', 'modules.held-back'],
  KILLED: ['attention', 'modules.stopped'],
  QUARANTINED: ['refused', 'plugins.quarantined'],
};
