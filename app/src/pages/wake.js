(async (js, wasm) => {
  // What says "Connecting…" says what is wrong instead, and offers to try again.
  const say = (kind) => {
    for (const words of document.querySelectorAll("[data-asleep]")) words.hidden = words.dataset.asleep !== kind;
  };
  addEventListener("click", ({ target }) => target.closest?.("[data-again]") && location.reload());
  const slow = setTimeout(() => say("slow"), 20_000);
  try {
    const mod = await import(js);
    await mod.default({ module_or_path: wasm });
    mod.hydrate();
    for (const island of document.querySelectorAll("leptos-island")) await mod[island.dataset.component]?.(island);
  } catch (error) {
    console.error(error);
    say(typeof WebAssembly === "undefined" ? "never" : "failed");
    return;
  } finally {
    clearTimeout(slow);
  }
  document.documentElement.dataset.awake = "";
  // Not in a frame: that is another site's page. Who cannot have one does without.
  if (self === top) await navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
})
