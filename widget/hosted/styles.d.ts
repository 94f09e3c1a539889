/** vite writes it beside the script; the page's markup names it. */
declare module '*/hosted.css';
