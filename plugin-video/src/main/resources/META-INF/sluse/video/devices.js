// SPDX-License-Identifier: Apache-2.0
// Camera, microphone and loudspeaker of this browser.

/**
 * Camera and microphone, as far as they are there; never throws.
 *
 *     answers          {stream, camera, microphone, denied: {camera, microphone}}; denied: there, and the browser may not use it
 */
export async function devices({ picture = true } = {}) {
  const wishes = picture ? [{ audio: true, video: { width: 1280, height: 720 } }, { audio: true }, { video: true }] : [{ audio: true }];
  const refused = new Set();
  const found = stream => {
    const camera = stream.getVideoTracks().length > 0;
    const microphone = stream.getAudioTracks().length > 0;
    return { stream, camera, microphone, denied: { camera: !camera && refused.has('video'), microphone: !microphone && refused.has('audio') } };
  };
  for (const wish of wishes) {
    try {
      return found(await navigator.mediaDevices.getUserMedia(wish));
    } catch (refusal) {
      if (refusal.name === 'NotAllowedError') Object.keys(wish).forEach(kind => refused.add(kind));
    }
  }
  return found(new MediaStream());
}

/** Plays two soft tones; also wakes a sleeping audio output. */
export function chime() {
  const context = new AudioContext();
  [523, 659].forEach((frequency, index) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.15, context.currentTime + index * 0.25);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + index * 0.25 + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + index * 0.25);
    tone.stop(context.currentTime + index * 0.25 + 0.45);
  });
  setTimeout(() => context.close(), 1500);
}

/** "We hear you" needs this much in a row: three looks, 100 ms apart. */
const looks = 3;
const loud = 0.01;

/** Listens to the stream: `heard(level, speech)` at each look, the level from 0 to 6, speech true after 300 ms of it. Answers what ends it. */
export function listen(stream, heard) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let inARow = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = Math.hypot(...samples) / Math.sqrt(samples.length);
    inARow = level > loud ? inARow + 1 : 0;
    heard(Math.min(6, Math.round(Math.sqrt(level / loud) * 2)), inARow >= looks);
  }, 100);
  return () => {
    clearInterval(timer);
    context.close();
  };
}

/**
 * How the relay can be reached: 'GOOD' over UDP, 'WEAK' over TCP or TLS only, 'BLOCKED' not at all. Asks for an address at the relay, sends nothing
 * through it, and gives it back at once.
 */
export async function reach(iceServers) {
  const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  const ways = new Set();
  try {
    peer.createDataChannel('check');
    const gathered = new Promise(resolve => {
      setTimeout(resolve, 8000);
      peer.onicecandidate = ({ candidate }) => {
        if (candidate?.type === 'relay') ways.add(candidate.relayProtocol ?? 'udp');
        if (!candidate || ways.has('udp')) resolve();
      };
    });
    await peer.setLocalDescription();
    await gathered;
  } finally {
    peer.close();
  }
  return ways.has('udp') ? 'GOOD' : ways.size > 0 ? 'WEAK' : 'BLOCKED';
}
