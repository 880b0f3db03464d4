// The sound of the dance, off until it is asked for: a pulse while the manager
// is there, a note for each deal, and silence when the music stops.

import { h } from "./dom.mjs";
import { icon } from "./player.mjs";

const beat = 2; // weeks between two pulses
const tones = [392, 493.88, 587.33, 659.25]; // Hz, of the floors from left to right: a chord when all have deals

export class Sound {
  constructor(words, stages) {
    this.stages = stages;
    const name = words.t("watch.sound");
    this.button = h(
      "button",
      { type: "button", id: "sound", class: "round", "aria-pressed": "false", "aria-label": name, title: name, onclick: () => this.turn() },
      icon("M3,8h3l4,-4v12l-4,-4h-3zM13,7q2,3 0,6M15.5,4.5q4,5.5 0,11"),
    );
  }

  turn() {
    this.on = !this.on;
    this.button.setAttribute("aria-pressed", String(this.on));
    if (!this.on) this.context?.suspend();
    else (this.context ??= new AudioContext()).resume();
  }

  leave() {
    this.context?.close();
  }

  /** Plays what happens between two moments of a dance that goes on. */
  hear(before, at) {
    if (!this.on || at <= before || at - before > beat) return;
    const { form } = this.stages[0];
    const playing = form.weeks[Math.min(form.weeks.length, Math.max(1, Math.floor(at))) - 1].p;
    if (playing && Math.floor(before / beat) !== Math.floor(at / beat)) this.tone(98, 0.09, 0.14, 0);
    this.stages.forEach((stage, k) => {
      const side = this.stages.length > 1 ? (2 * k) / (this.stages.length - 1) - 1 : 0;
      for (const life of stage.lives) if (life.deal > before && life.deal <= at) this.tone(tones[k % tones.length], 0.16, 0.9, side);
    });
  }

  tone(hertz, loud, seconds, side) {
    const { context } = this;
    const now = context.currentTime;
    const source = new OscillatorNode(context, { frequency: hertz, type: "triangle" });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.linearRampToValueAtTime(loud, now + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0005, now + seconds);
    source.connect(gain).connect(new StereoPannerNode(context, { pan: 0.7 * side })).connect(context.destination);
    source.start(now);
    source.stop(now + seconds);
  }
}
