/**
 * On a help page itself: everything works without this. It opens the chat where somebody wants to talk, and closes
 * the frame the page is shown in when Escape is pressed there.
 */

const framed = window.parent !== window;
const tell = (message: object) => {
  // Only the company's own sites may show the page in a frame; the browser sees to that.
  if (framed) window.parent.postMessage(message, "*");
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape") tell({ warmlineHelp: "close" });
});

function talk(): void {
  const wish = document.querySelector<HTMLElement>("[data-warmline-talk]");
  if (!wish) return;
  const told = JSON.parse(wish.dataset.warmlineTalk ?? "{}") as Record<string, string>;
  if (framed) {
    // A site with a chat closes this frame and opens that; any other leaves the ways that stand here.
    tell({ warmlineHelp: "talk", told });
    return;
  }
  const opening = wish.querySelector<HTMLElement>(".opening");
  if (opening) opening.hidden = false;
  // The launcher takes commands from before it has loaded.
  if (!window.Warmline) {
    const early: [string, unknown?][] = [];
    window.Warmline = Object.assign((...command: [string, unknown?]) => void early.push(command), { q: early });
  }
  window.Warmline("start", told);
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", talk);
else talk();

export {};
