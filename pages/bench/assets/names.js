// What a class is called.

import { filled } from "./dom.js";

// The learner's name of a class, or the default one; `index` counts from 0.
export const className = (data, words, index) => data.names[index] || filled(words.class_name, { number: index + 1 });
