// Keeps what every page is made of, and shows a page of its own where there is no connection. What people say is never
// here: pages, the API, pictures and recordings all go to the server, each time.
const OFFLINE = "/offline";
const CACHE = `shell-${SHELL.at(-1)}`;

addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([OFFLINE, ...SHELL]);
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener("activate", (event) => {
  const takeOver = async () => {
    const old = (await caches.keys()).filter((name) => name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(takeOver());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    const page = async () => {
      try {
        return (await event.preloadResponse) ?? (await fetch(request));
      } catch (error) {
        const offline = await caches.match(OFFLINE);
        if (!offline) throw error;
        return offline;
      }
    };
    event.respondWith(page());
    return;
  }
  const { origin, pathname } = new URL(request.url);
  if (origin === location.origin && SHELL.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  }
});

// A notification leads back to the chat that it is of.
addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = event.notification.data;
  const goThere = async () => {
    const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((client) => client.url === url);
    await (there ? there.focus() : clients.openWindow(url));
  };
  event.waitUntil(goThere());
});
