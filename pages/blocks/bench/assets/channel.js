// Edits on their way to the server: one message in flight, the newest values waiting behind it.

export class Channel {
  constructor(changed) {
    this.changed = changed;
    this.sequence = Date.now();
    this.inFlight = null;
    this.waiting = [];
    this.send = null;
  }

  get idle() {
    return this.inFlight === null && this.waiting.length === 0;
  }

  // A later value for the same thing, in the same gesture, replaces the one that still waits.
  propose(patch) {
    const last = this.waiting.at(-1);
    const same = last && ["kind", "index", "gesture"].every((key) => last[key] === patch[key]);
    if (same && "value" in patch) this.waiting.pop();
    this.waiting.push(patch);
    this.pump();
  }

  acknowledge(sequence) {
    if (sequence === this.inFlight) {
      this.inFlight = null;
      this.pump();
    }
    this.changed();
  }

  pump() {
    if (this.inFlight === null && this.waiting.length > 0) {
      this.sequence += 1;
      this.inFlight = this.sequence;
      this.send({ sequence: this.sequence, patches: this.waiting });
      this.waiting = [];
    }
    this.changed();
  }
}
