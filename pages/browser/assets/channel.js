// Edits on their way to the server: one message in flight, the newest values waiting behind it.
// A message that is not answered (a phone between two networks) is sent again; the server takes
// each sequence number once.

const PATIENCE = 3000; // ms

export class Channel {
  constructor(changed) {
    this.changed = changed;
    this.sequence = Date.now();
    this.inFlight = null; // { sequence, patches }
    this.waiting = [];
    this.send = null;
  }

  // The edits that no answer has shown yet, oldest first.
  get pending() {
    return [...(this.inFlight?.patches ?? []), ...this.waiting];
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
    if (sequence === this.inFlight?.sequence) {
      this.inFlight = null;
      clearTimeout(this.timer);
      this.pump();
    }
    this.changed();
  }

  pump() {
    if (this.inFlight === null && this.waiting.length > 0) {
      this.sequence += 1;
      this.inFlight = { sequence: this.sequence, patches: this.waiting };
      this.waiting = [];
      this.transmit(this.inFlight, 1);
    }
    this.changed();
  }

  // The page is left: what was not answered is not sent again from there.
  close() {
    clearTimeout(this.timer);
  }

  transmit(message, attempt) {
    this.send({ ...message, attempt });
    this.timer = setTimeout(() => this.transmit(message, attempt + 1), PATIENCE);
  }
}
