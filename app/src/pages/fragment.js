document.addEventListener("submit", ({ target }) => {
  // A form that leads back here leads back to all of the address: what follows the # never leaves the browser, and a
  // redirect goes on with that of the form's own address.
  const action = new URL(target.action);
  if (location.hash && target.method === "post" && action.pathname !== "/form/create") {
    action.hash = location.hash;
    target.action = action;
  }
})
