// The words that our side adds to Streamlit's elements, in the page's language.

import { PAGE_WORDS } from "./words.js";

export const pageWords = () => PAGE_WORDS[document.documentElement.lang.split("-")[0]] ?? PAGE_WORDS.en;
export const everyLanguage = () => Object.values(PAGE_WORDS);
