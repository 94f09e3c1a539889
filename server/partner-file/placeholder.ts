/** The forms of the guide come filled in with these. */
export const isPlaceholder = (text: string): boolean => /YOUR_[A-Z0-9_]+/.test(text);
