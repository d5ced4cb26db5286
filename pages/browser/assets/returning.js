// Streamlit drops an element and brings it back where one run follows close upon another: the part
// that stood moves into the new place then, with its pending edits and the focus. That may take as
// long as the run does: a server that has just started is slow.

const RETURN = 1000; // ms
const running = () => document.querySelector("[data-test-script-state=notRunning]") === null;

// What a component shows has a `root`, the element that is `held` by the focus, and `leave()`.
export class Returning {
  dropped = null; // the part that may come back

  drop(part) {
    this.dropped = part;
    const leave = () => {
      if (this.dropped !== part) return;
      if (running()) return void setTimeout(leave, RETURN);
      this.dropped = null;
      part.leave();
    };
    setTimeout(leave, RETURN);
  }

  // The dropped part in its new place, where it `fits` there; else null.
  taken(parent, fits) {
    const part = this.dropped;
    if (part === null || !fits(part)) return null;
    this.dropped = null;
    parent.append(part.root);
    if (document.activeElement === document.body) part.held?.focus({ preventScroll: true });
    return part;
  }

  stays(part) {
    if (this.dropped === part) this.dropped = null;
  }
}
