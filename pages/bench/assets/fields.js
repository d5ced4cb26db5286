// What every text field of the page has, the bench's and Streamlit's.
//
// The server hangs up on a browser that sends more than a megabyte at once. What was pasted into a
// field by mistake is cut before that, and then refused in the learner's words.
//
// A phone begins a text with a capital, and "Sum" is no function; it mends what it takes for a word.
// Its keyboard for numbers has no minus on some: the one for texts has.

const LONGEST = 100_000; // characters, of which no field takes more than some thousand
const PLAIN = { autocapitalize: "none", autocorrect: "off", spellcheck: "false", inputmode: "text" };
const TEXT_FIELDS = "textarea, input:not([type]), input[type=text], input[type=number]";

// Before the keyboard comes up, by touch and by key.
for (const kind of ["pointerdown", "focusin"]) {
  addEventListener(
    kind,
    (event) => {
      const field = event.composedPath()[0];
      if (!field.matches?.(TEXT_FIELDS)) return;
      if (field.maxLength < 0) field.maxLength = LONGEST;
      for (const [name, value] of Object.entries(PLAIN)) {
        if (!field.hasAttribute(name) || name === "autocapitalize") field.setAttribute(name, value);
      }
    },
    { capture: true },
  );
}
