// SPDX-License-Identifier: Apache-2.0
// How a call is for this person, from what the browser counts, in words too coarse to tell anything else.

/** How often it is looked, in milliseconds. */
const every = 5000;

/** Bounds of NONE and SOME: shares of what was lost and of the time that pictures stood still, and seconds there and back (ITU-T G.114 for each way). */
const bounds = { loss: [0.01, 0.05], delay: [0.15, 0.4], freezes: [0.005, 0.05] };

const grade = (value, [some, much]) => (value < some ? 'NONE' : value < much ? 'SOME' : 'MUCH');
const sum = (all, of) => all.reduce((total, each) => total + each[of], 0);

/** Looks at all connections of a call, those too that were replaced since, and says how it has been so far whenever that is another than it said last. */
export class Quality {
  #connections;
  #say;
  #timer;
  #counts = new Map();
  #said;

  /** @param say  gets {loss, delay, freezes: NONE SOME MUCH, way: DIRECT RELAYED} */
  constructor(connections, say) {
    this.#connections = connections;
    this.#say = say;
  }

  start() {
    this.#timer ??= setInterval(() => this.#look(), every);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look() {
    for (const { peer } of this.#connections) {
      const counted = count(await peer.getStats());
      if (counted) this.#counts.set(peer, counted);
    }
    const all = [...this.#counts.values()];
    // While what is counted arrived, the call may have ended.
    if (all.length === 0 || !this.#timer) return;
    const words = {
      loss: grade(sum(all, 'lost') / Math.max(1, sum(all, 'sent')), bounds.loss),
      delay: grade(sum(all, 'delays') / Math.max(1, sum(all, 'answers')), bounds.delay),
      freezes: grade(sum(all, 'still') / Math.max(1, sum(all, 'seconds')), bounds.freezes),
      way: all.some(each => each.relayed) ? 'RELAYED' : 'DIRECT',
    };
    const text = JSON.stringify(words);
    if (text === this.#said) return;
    this.#said = text;
    this.#say(words);
  }
}

/** What a connection has counted since it began; undefined before it carries anything. */
function count(report) {
  const all = new Map([...report.values()].map(one => [one.id, one]));
  const of = type => [...all.values()].filter(one => one.type === type);
  const pair = all.get(of('transport')[0]?.selectedCandidatePairId);
  const arriving = of('inbound-rtp').filter(one => one.packetsReceived > 0);
  if (!pair || arriving.length === 0) return undefined;
  const lost = arriving.reduce((total, one) => total + Math.max(0, one.packetsLost), 0);
  const pictures = arriving.filter(one => one.kind === 'video');
  return {
    lost, sent: lost + sum(arriving, 'packetsReceived'),
    delays: pair.totalRoundTripTime ?? 0, answers: pair.responsesReceived ?? 0,
    still: pictures.reduce((total, one) => total + (one.totalFreezesDuration ?? 0), 0),
    seconds: pictures.reduce((total, one) => total + (one.totalInterFrameDelay ?? 0), 0),
    relayed: [pair.localCandidateId, pair.remoteCandidateId].some(id => all.get(id)?.candidateType === 'relay'),
  };
}
