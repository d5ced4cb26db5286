// Numbers that came as bytes, the lowest first, in the letters of base64.

export const decoded = (text, Kind) => new Kind(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
