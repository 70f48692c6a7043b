// Runs before any script of the page: writes down what live regions say, and each breach of a content policy.
(() => {
  window.__said = [];
  window.__broken = [];
  window.__ran = 0;
  window.addEventListener("securitypolicyviolation", (e) => window.__broken.push(`${e.violatedDirective} ${e.blockedURI}`));
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  const voice = (node) => {
    for (let at = node; at; at = at.parentNode) {
      if (at.nodeType !== 1) continue;
      if (at.getAttribute("aria-live") === "off") return null;
      if (at.getAttribute("aria-hidden") === "true") return null;
      const role = at.getAttribute("role");
      if (["log", "status", "alert"].includes(role)) return role;
    }
    return null;
  };
  const heard = (changes) => {
    for (const change of changes) {
      const spoken = change.type === "characterData" ? [change.target] : [...change.addedNodes];
      const role = voice(change.target);
      for (const node of spoken) {
        const loud = role ? [node] : (node.parentElement?.querySelectorAll?.("[role=alert]") ?? []);
        for (const one of loud) if (clean(one.textContent)) window.__said.push([role ?? "alert", clean(one.textContent)]);
      }
    }
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    new MutationObserver(heard).observe(root, { subtree: true, childList: true, characterData: true });
    return root;
  };
})();
