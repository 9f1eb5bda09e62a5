// Puts a chat onto a page of yours:
//
//   <script src="https://chat.example.org/embed.js" data-chat="Vq3nT8-zKw_2" async></script>
//
// data-chat      the chat's id or link; without it, the page on which one is started
// data-name      what the visitor is called; they can change it until they join
// data-theme     light, dark or auto (as the visitor's system has it)
// data-identity  a JWT of yours that says who they are; it is handed over by postMessage, to the chat's origin alone
// data-height    the frame's height, 36rem if you do not say; its width is that of the place where the script stands
//
// The server must name your page's origin in EMBED_ORIGINS. On a page that has the frame already (data-frame="id" of an
// iframe) it only hands over the rest.
(() => {
  const script = document.currentScript;
  const { chat = "", name = "", theme = "auto", identity = "", height = "36rem", frame: known } = script.dataset;
  const home = new URL(script.src).origin;
  const link = /^[\w-]{12}$/.test(chat) ? `/instant-chat/${chat}` : chat || "/start";
  const address = new URL(link, home);
  if (address.origin !== home) return console.error("Instant Chat: data-chat is no chat of", home);

  const frame = (known && document.getElementById(known)) || document.createElement("iframe");
  const tell = () => frame.contentWindow?.postMessage({ type: "instant-chat", name, theme, identity }, home);
  // Each page that the chat shows is told anew; while it shows a page of another origin, the browser tells nobody.
  frame.addEventListener("load", tell);
  if (frame.isConnected) return tell();
  frame.src = address.href;
  frame.title = "Chat";
  frame.allow = "microphone; clipboard-write; web-share";
  frame.setAttribute(
    "sandbox",
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
  );
  frame.style.cssText = "display:block;width:100%;min-width:20rem;border:0;border-radius:1rem";
  frame.style.height = height;
  script.after(frame);
})();
